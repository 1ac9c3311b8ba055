"""The words of ASGI, with types, and two plain answers."""

from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

TEXT = b"text/plain; charset=utf-8"
REFUSALS = {
    HTTPStatus.BAD_REQUEST: "Yêu cầu không hợp lệ. (bad request)",
    HTTPStatus.FORBIDDEN: "Phiên xem đã kết thúc hoặc không được phép. (forbidden)",
    HTTPStatus.NOT_FOUND: "Không tìm thấy. (not found)",
    HTTPStatus.METHOD_NOT_ALLOWED: "Không hỗ trợ cách gửi này. (method not allowed)",
    HTTPStatus.REQUEST_TIMEOUT: (
        "Đường truyền quá chậm, máy chủ chưa nhận đủ dữ liệu. (the line is too slow)"
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Dữ liệu gửi lên quá lớn. (too large)",
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: (
        "Phần yêu cầu nằm ngoài tệp. (beyond the end of the file)"
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: "Hệ thống gặp lỗi. (the system has failed)",
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Hệ thống đang bận, xin thử lại sau ít giây. (busy, try again in a few seconds)"
    ),
}


def header(scope: Scope, name: bytes) -> bytes | None:
    """Return the request's header called *name* (lower case), if it has one."""
    for key, value in scope["headers"]:
        if key == name:
            found: bytes = value
            return found
    return None


async def refuse(
    send: Send,
    status: HTTPStatus,
    *,
    more: bool = False,
    headers: Headers | None = None,
) -> None:
    """Answer with *status* and its short text, and close the connection."""
    text = REFUSALS[status].encode()
    head = [
        (b"content-type", TEXT),
        (b"content-length", b"%d" % len(text)),
        (b"connection", b"close"),
        *(headers or []),
    ]
    await send({"type": "http.response.start", "status": int(status), "headers": head})
    await send({"type": "http.response.body", "body": text, "more_body": more})
