"""The bytes that go down a stream: server-sent events, packed once, in HTTP chunks.

A packed stream is one gzip member without an end: the same pieces serve every stream,
since none of them looks back at what was sent before it (RFC 1951: a stored block, or
one deflated with an empty window and flushed to a whole byte).
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

GZIP_HEAD: Final = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # RFC 1952, 2.3
WORTH_DEFLATING: Final = 120  # bytes


class News:
    """One or more events, ready for both kinds of streams."""

    __slots__ = ("chunk", "packed", "packed_chunk", "plain")

    def __init__(self, events: bytes) -> None:
        self.plain = events
        self.packed = pack(events)
        self.chunk = chunk(events)
        self.packed_chunk = chunk(self.packed)


def pack(body: bytes) -> bytes:
    """Return *body* as deflated blocks that fit into any stream at any time."""
    if len(body) < WORTH_DEFLATING:
        size = len(body)
        lengths = size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little")
        return b"\0" + lengths + body
    press = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return press.compress(body) + press.flush(zlib.Z_SYNC_FLUSH)


def event(name: str, data: Mapping[str, Any]) -> bytes:
    """Return one server-sent event."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\ndata: {text}\n\n".encode()


def chunk(body: bytes) -> bytes:
    """Return *body* as one chunk of a chunked HTTP/1.1 answer (RFC 9112, 7.1)."""
    return b"%x\r\n%b\r\n" % (len(body), body)


def change(html: Mapping[str, str], gone: Iterable[str]) -> dict[str, Any]:
    """Return what is said of changed and vanished fragments."""
    said: dict[str, Any] = {"set": html} if html else {}
    if missing := list(gone):
        said["gone"] = missing
    return said
