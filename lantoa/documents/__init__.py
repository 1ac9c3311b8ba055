"""The register of official papers (văn bản) and their clauses (điều, khoản, mục)."""
