"""The language in which a reader's browser is spoken to."""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

YEAR = 365 * 24 * 3600  # seconds


@require_GET
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Speak another language to this browser from now on, and show the page again.

    A plain link: nothing changes here, and a page that is the same for everybody can
    hold no token for a form.
    """
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = redirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> str:
    asked = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return "/"
    # A search on the page may have moved on since the link was written.
    seen = urlsplit(request.headers.get("Referer", ""))
    page = urlsplit(asked)
    if seen.netloc == request.get_host() and seen.path == page.path:
        return urlunsplit(("", "", page.path, seen.query, ""))
    return asked
