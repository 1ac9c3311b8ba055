"""Keeps screens current (màn hình trực tiếp).

A live page is a set of named fragments (mảnh), each a pure function of the database for
one class of viewers (authority x language). After commits the hub renders what was
touched once per class and sends the same bytes to all who watch.
"""
