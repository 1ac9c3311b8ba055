"""The API: every package's router, ways in, refusals in words."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.constants import NOT_SET
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from lantoa.gateway.signing import A_PERSON, ANYBODY_KNOWN
from lantoa.gateway.vocabulary import KeyMissing, NotJson, NotMultipart, TokenNotEnough
from lantoa.kernel.refusal import NotPermitted, Refused

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
JSON = "application/json"
_MOUNTED: set[str] = set()
_KEY = re.compile(r"[!-~]{1,70}")


class Readable(JSONRenderer):
    """JSON with Vietnamese letters as they are."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Gateway(NinjaAPI):
    """The API; an operation is called ``package.name`` wherever it is named."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return "conferences.open"."""
        return f"{(operation.tags or ['api'])[0]}.{_name(operation)}"

    def get_operation_url_name(self, operation: Operation, router: Router) -> str:
        """Return the same for Django's addresses."""
        return self.get_openapi_operation_id(operation)


def _name(operation: Operation) -> str:
    return operation.view_func.__name__.rstrip("_")


api = Gateway(
    title="Lan Tỏa",
    version="1",
    description=(
        "The same actions and queries as the pages, under the same mandates. "
        "Every POST is a command and carries an Idempotency-Key. What is beyond the "
        "mandate's reach is not there (404); what it may not do is refused (403); what "
        "cannot be done now is refused with the way out (409). Words are Vietnamese."
    ),
    auth=ANYBODY_KNOWN,
    renderer=Readable(),
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)


def mount(routers: Sequence[tuple[str, str]]) -> None:
    """Put every package's router below its prefix.

    What manages accounts ("administration") or is a person's own choice ("personal")
    is for people who have signed in, and for no machine.

    Args:
        routers: prefix and dotted name of each, in the order in which they are tried.
    """
    for prefix, name in routers:
        if name in _MOUNTED:  # the addresses are read again after one was broken
            continue
        _MOUNTED.add(name)
        for_people = name.endswith((".administration", ".personal"))
        api.add_router(prefix, name, auth=A_PERSON if for_people else NOT_SET)


def _words(
    request: HttpRequest, error: Exception | str, message: str, status: int
) -> HttpResponse:
    kind = error if isinstance(error, str) else type(error).__name__
    return api.create_response(
        request, {"kind": kind, "message": message}, status=status
    )


def gate(run: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command in only with its key, and with content of the type asked for."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    sources = {model.__ninja_param_source__ for model in operation.models}

    @wraps(run)
    def checked(request: HttpRequest, **given: Any) -> Any:
        if request.method != "POST":
            return run(request, **given)
        wrong = _wrong_type(request.content_type or "", sources)
        if wrong is not None:
            return _words(request, wrong, str(wrong), 415)
        if not _KEY.fullmatch(request.headers.get("Idempotency-Key", "")):
            error = KeyMissing()
            return _words(request, error, str(error), 400)
        return run(request, **given)

    return checked


def _wrong_type(sent: str, sources: set[str | None]) -> Refused | None:
    if "file" in sources:
        return None if sent == MULTIPART else NotMultipart()
    if "body" in sources:
        return None if sent == JSON else NotJson()
    return NotJson() if sent in {FORM, MULTIPART} else None


api.add_decorator(gate, mode="view")


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer a refusal with its own words: 403 or 409."""
    beyond = isinstance(error, NotPermitted | TokenNotEnough)
    return _words(request, error, str(error), 403 if beyond else 409)


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def missing(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer for what is not there (any more), or not within reach."""
    message = _("Không tìm thấy, hoặc không thuộc phạm vi của chức danh đang dùng.")
    return _words(request, "NotFound", message, 404)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer whoever is not known."""
    message = _("Hãy đăng nhập, hoặc gửi kèm mã truy cập.")
    response = _words(request, "NotSignedIn", message, 401)
    response.headers["WWW-Authenticate"] = 'Bearer realm="Lan Toa"'
    return response


@api.exception_handler(HttpError)
def unparsed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what is no JSON at all, or a session's command without its CSRF token."""
    if error.status_code == 403:  # noqa: PLR2004
        message = _("Lệnh theo phiên đăng nhập cần kèm tiêu đề X-CSRFToken.")
        return _words(request, "CsrfMissing", message, 403)
    message = _("Hệ thống không đọc được dữ liệu gửi lên: hãy gửi JSON, mã hóa UTF-8.")
    return _words(request, "Unreadable", message, error.status_code)


@api.exception_handler(DataError)
def unkept(request: HttpRequest, error: DataError) -> HttpResponse:
    """Answer what the database cannot keep."""
    message = _("Nội dung gửi lên có ký tự hoặc con số không lưu được.")
    return _words(request, "NotKept", message, 400)


def _place(loc: Sequence[str | int]) -> list[str | int]:
    """Return where a field stands, as the sender knows it: without our own names."""
    ours = len(loc) > 1 and loc[1] in {"said", "asked"}
    return [loc[0], *loc[2:]] if ours else list(loc)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer what cannot be read as the command it wants to be."""
    message = _("Dữ liệu gửi lên chưa đúng. Hãy xem từng trường ở “errors”.")
    errors = [
        {"type": each["type"], "loc": _place(each["loc"]), "msg": each["msg"]}
        for each in error.errors
    ]
    said = {"kind": "ValidationError", "message": message, "errors": errors}
    return api.create_response(request, said, status=422)
