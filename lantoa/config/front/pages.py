"""Running Django, a WSGI application, in a thread: whole body in, whole answer out."""

import gzip
import io
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, cast

import brotli

from lantoa.live.asgi import Headers, Scope

MEMORY = 1 << 20  # bytes of an answer held in memory before the disk is used
WORTH_PACKING = 600  # bytes
PACKABLE = re.compile(rb"text/|application/(json|javascript|xml|geo\+json)|image/svg")

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


@dataclass(slots=True)
class Answer:
    """A complete answer; the content is bytes, or an open file when it is long."""

    status: int
    headers: Headers
    content: bytes | IO[bytes]

    def get(self, name: bytes) -> bytes | None:
        """Return the header called *name* (lower case)."""
        return next((value for key, value in self.headers if key == name), None)


def environ(scope: Scope, body: IO[bytes] | None, size: int) -> Environ:
    """Return the request as WSGI (PEP 3333) wants it."""
    host, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    found: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port or 80),
        "REMOTE_ADDR": str(client[0]),
        "REMOTE_PORT": str(client[1]),
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body or io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for key, value in scope["headers"]:
        if b"_" in key or key in {b"content-length", b"transfer-encoding"}:
            continue  # an underscore could pass itself off as a dash
        name = key.decode("latin-1").upper().replace("-", "_")
        name = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        text = value.decode("latin-1")
        if name in found:
            text = f"{found[name]}{'; ' if key == b'cookie' else ','}{text}"
        found[name] = text
    return found


def run(app: Wsgi, request: Environ) -> Answer:
    """Return the whole answer of *app*; called in a thread."""
    said: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        said["status"] = int(status[:3])
        said["headers"] = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in headers
        ]

    result = app(request, start_response)
    try:
        content = _gather(result)
    finally:
        close = getattr(result, "close", None)
        if close is not None:
            close()
    answer = Answer(said["status"], said["headers"], content)
    _pack(answer, request.get("HTTP_ACCEPT_ENCODING", ""))
    return answer


def _gather(result: Iterable[bytes]) -> bytes | IO[bytes]:
    pieces: list[bytes] = []
    size = 0
    spill: IO[bytes] | None = None
    for piece in result:
        size += len(piece)
        if spill is not None:
            spill.write(piece)
        elif size > MEMORY:
            spill = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115 - handed on
            spill.writelines([*pieces, piece])
        else:
            pieces.append(piece)
    return b"".join(pieces) if spill is None else spill


def _pack(answer: Answer, accepted: str) -> None:
    """Compress a page for those who can read it: weak lines are the normal case."""
    content = answer.content
    if not isinstance(content, bytes) or len(content) < WORTH_PACKING:
        return
    kind = answer.get(b"content-type")
    if answer.get(b"content-encoding") or not kind or not PACKABLE.match(kind):
        return
    answer.headers = [
        (key, b"W/" + value if key == b"etag" and value[:2] != b"W/" else value)
        for key, value in answer.headers
        if key != b"content-length"
    ]
    answer.headers.append((b"vary", b"Accept-Encoding"))
    if "br" in (each.partition(";")[0].strip() for each in accepted.split(",")):
        answer.content = brotli.compress(content, quality=5)
        answer.headers.append((b"content-encoding", b"br"))
    elif "gzip" in accepted:
        answer.content = gzip.compress(content, 6, mtime=0)
        answer.headers.append((b"content-encoding", b"gzip"))
