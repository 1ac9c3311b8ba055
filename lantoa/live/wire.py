"""The connection beneath a request, lent by a server that knows how (see the front)."""

import asyncio
from collections.abc import Callable
from typing import Final

from lantoa.live.asgi import Scope

EXTENSION: Final = "lantoa.wire"


class Wire:
    """The connection beneath one request."""

    __slots__ = ("on_stop", "transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.on_stop: Callable[[], None] | None = None

    def abort(self) -> None:
        """Drop the connection and whatever is still to be sent."""
        self.transport.abort()


def wire_of(scope: Scope) -> Wire | None:
    """Return the wire beneath the request; None under another server."""
    found: Wire | None = scope.get("extensions", {}).get(EXTENSION)
    return found
