"""Each command from outside carries a key; this opens it around the view."""

import hashlib
import hmac
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lantoa.journal.commands import command
from lantoa.kernel.trace import current

FIELD = "_key"
MAX_KEY = 70
API = "/api/"
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_NOT_SAID = {FIELD, "csrfmiddlewaretoken"}


class CommandMiddleware:
    """Read the key from ``Idempotency-Key`` or the form, and insist on one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in _SAFE:
            return self.get_response(request)
        key = current().command_key = command_key(request)
        held = command(key, digest(request)) if key else nullcontext()
        with held:
            return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Refuse a command to one of our own views that carries no key.

        Raises:
            BadRequest: it carries none; the API refuses in its own words.
        """
        if request.method in _SAFE or not _is_ours(request) or command_key(request):
            return None
        raise BadRequest(_("Lệnh thiếu mã. Hãy tải lại trang rồi gửi lại."))


def _is_ours(request: HttpRequest) -> bool:
    """Return whether a view of ours answers; sign-in is allauth's and has no keys."""
    found = request.resolver_match
    path = found._func_path if found else ""
    return path.startswith("lantoa.") and not request.path_info.startswith(API)


def command_key(request: HttpRequest) -> str:
    """Return the key the request carries, "" if none or too long."""
    key = request.headers.get("Idempotency-Key") or request.POST.get(FIELD, "")
    return key if len(key) <= MAX_KEY else ""


def digest(request: HttpRequest) -> str:
    """Return a hash of everything the command says: address, fields, files.

    It is keyed: a form may hold a password, which nobody who reads the table of
    commands should be able to try out.
    """
    said = hmac.new(settings.SECRET_KEY.encode(), digestmod=hashlib.sha256)
    said.update(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type not in _FORMS:
        said.update(request.body)
        return said.hexdigest()
    for name, values in sorted(request.POST.lists()):
        if name not in _NOT_SAID:
            said.update(repr((name, values)).encode())
    for name, file in sorted(request.FILES.items()):
        said.update(repr((name, getattr(file, "name", ""))).encode())
        for chunk in file.chunks():  # type: ignore[union-attr]
            said.update(chunk)
        file.seek(0)  # type: ignore[union-attr]
    return said.hexdigest()
