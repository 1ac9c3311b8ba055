"""The bytes that go down a stream: server-sent events in HTTP chunks."""

import json
from collections.abc import Iterable, Mapping
from typing import Any


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
