"""Every write of a conference, one file for each stretch of its way."""

from lantoa.conferences.actions.lines import watch_lines

__all__ = ["watch_lines"]
