"""The door for machines: one API over the same actions and queries as the pages.

A machine comes in by a token (mã truy cập) of one mandate.
"""
