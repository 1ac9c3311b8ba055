"""The web process: uvicorn on a socket that the supervisor opened and keeps.

The socket outlives a killed process: whoever connects meanwhile waits a moment instead
of being refused.
"""

import resource
import socket

import uvicorn

from lantoa.config.front.protocol import FrontProtocol

BACKLOG = 4096  # connections waiting to be accepted, while all watchers come back
# Seconds a connection may stay open unused: longer than a proxy before us keeps one
# (nginx 60, Caddy 120), which else sends a command into a line that is just closing.
KEEP_ALIVE = 150
STOP_PATIENCE = 3  # seconds for open requests; streams never end by themselves


def serve(descriptor: int) -> None:
    """Serve the program on the listening socket *descriptor* until told to stop."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:  # a descriptor for each watcher
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    config = uvicorn.Config(
        "lantoa.config.asgi:application",
        access_log=False,
        backlog=BACKLOG,
        http=FrontProtocol,
        log_config=None,  # its lines go where ours go
        log_level="warning",
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=STOP_PATIENCE,
        ws="none",
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])
