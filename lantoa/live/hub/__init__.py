"""The live hub: one LISTEN, one rendering per class, the same bytes to all.

Raw ASGI, so that thousands of open streams cost no thread and no task switch: Django
only renders. The pieces, from the database to the line: `listening` hears of commits,
`rendering` runs fragments in threads, `boards` keep what every class sees now,
`frames` are the bytes, `streams` carry them, `beats` collects heartbeats, and `doors`
is the ASGI application in front of all.
"""
