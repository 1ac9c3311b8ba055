"""The peers of our live hub, each carrying the same bytes on the same machine."""
