"""The register of organisations for machines; everybody may read it."""
