"""The conference for machines: the same queries and actions as the pages."""
