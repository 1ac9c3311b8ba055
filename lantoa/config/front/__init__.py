"""The weak-line front: what stands between slow clients and Django's few threads.

A request body is complete, and on disk if it is long, before a thread is taken; an
answer is complete before it is sent; files are streamed without a thread; every wait
for a client has an end.
"""
