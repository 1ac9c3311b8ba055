"""One rendering of a public page for all who come within the same moment.

When a conference begins, thousands open the same page in a minute. What they get may
be a moment old: the stream sends at once whatever has changed since, by its digest.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language

from lantoa.ui.requests import ActorRequest

View = Callable[..., HttpResponse]

FRESH: Final = 1.0  # seconds
MOST: Final = 64  # pages kept; beyond that all are forgotten

_kept: dict[tuple[str, ...], tuple[float, HttpResponse]] = {}


def shared(view: View) -> View:
    """Give visitors without a session the bytes that the last of them was given."""

    @wraps(view)
    def show(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return view(request, *args, **kwargs)
        key = (
            request.get_host(),
            request.get_full_path(),
            request.COOKIES.get("theme", ""),
            get_language() or "",
            request.headers.get("HX-Request", ""),
        )
        made, page = _kept.get(key, (0.0, None))
        if page is not None and time.monotonic() - made < FRESH:
            return _copy(page)
        fresh = view(request, *args, **kwargs)
        if _is_anybodys(request, fresh):
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = time.monotonic(), _copy(fresh)
        return fresh

    return show


def forget() -> None:
    """Forget every page that is kept."""
    _kept.clear()


def _is_anybodys(request: ActorRequest, page: HttpResponse) -> bool:
    own = page.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    return page.status_code == 200 and not own  # noqa: PLR2004 - OK


def _copy(page: HttpResponse) -> HttpResponse:
    return HttpResponse(page.content, headers=dict(page.items()))
