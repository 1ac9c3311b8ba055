"""Every write of a conference, one file for each stretch of its way."""
