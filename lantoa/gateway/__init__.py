"""The door for machines: one API over the same actions and queries as the pages."""
