"""A machine's token makes the actor of a request to the API."""

from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from lantoa.access.reach import actor_under
from lantoa.gateway.actions import note_use
from lantoa.gateway.models import AccessToken
from lantoa.gateway.queries import opened_by
from lantoa.gateway.vocabulary import PREFIX, SHOWN
from lantoa.kernel.dates import HANOI

API = "/api/"
MOST_FAILURES = 60  # a minute, from one address or for one beginning of a secret
_MINUTE = 60  # seconds
_LONGEST = 100  # characters of a secret


class TokenMiddleware:
    """Set ``request.actor`` by ``Authorization: Bearer lt_…``; a wrong one is a 401.

    Only failures are counted, and a right token is never held up by them: sixty-three
    venues may share an address, and a secret is too long to be guessed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.headers.get("Authorization")
        if said is None or not request.path_info.startswith(API):
            return self.get_response(request)
        token = token_said(said)
        if token is None:
            return refuse(request, said)
        note_use(token, at=timezone.now())
        request.token = token  # type: ignore[attr-defined]
        request.actor = actor_under(token.mandate)  # type: ignore[attr-defined]
        return self.get_response(request)


def token_said(header: str) -> AccessToken | None:
    """Return the token in force that a header carries."""
    scheme, _blank, secret = header.strip().partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret.startswith(PREFIX):
        return None
    if len(secret) > _LONGEST or not secret.isascii():
        return None
    return opened_by(secret, timezone.now().astimezone(HANOI).date())


def refuse(request: HttpRequest, header: str) -> HttpResponse:
    """Answer a token that opens nothing: 401, or 429 when it comes too often."""
    secret = header.partition(" ")[2].strip()
    tried = [f"api-address:{request.META.get('REMOTE_ADDR', '')}"]
    if secret.startswith(PREFIX) and secret.isascii():
        beginning = secret[: len(PREFIX) + SHOWN]
        tried.append(f"api-secret:{''.join(filter(str.isalnum, beginning))}")
    if max(map(_failures, tried)) > MOST_FAILURES:
        text = _("Quá nhiều lần dùng mã truy cập sai. Hãy chờ một phút rồi thử lại.")
        said = {"kind": "TooManyFailures", "message": text}
        headers = {"Retry-After": str(_MINUTE)}
        return _answer(said, 429, headers)
    text = _("Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi.")
    said = {"kind": "TokenUnknown", "message": text}
    headers = {"WWW-Authenticate": 'Bearer realm="Lan Toa"'}
    return _answer(said, 401, headers)


def _answer(said: dict[str, str], status: int, headers: dict[str, str]) -> HttpResponse:
    readable = {"ensure_ascii": False}
    return JsonResponse(
        said, status=status, headers=headers, json_dumps_params=readable
    )


def _failures(key: str) -> int:
    """Count a failure; return how many there were within the minute."""
    cache.add(key, 0, timeout=_MINUTE)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two
        return 1
