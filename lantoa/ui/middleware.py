"""The headers of every answer, and refusals turned into their own words."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.kernel.trace import current
from lantoa.ui.rendering import toast

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


class SecurityHeadersMiddleware:
    """Send the content security policy: everything from ourselves, nothing inline.

    What was made for somebody signed in is kept by nobody on the way, and a browser
    asks again before it shows it: on a shared computer the next one may be another.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class ChosenLanguageMiddleware:
    """Speak Vietnamese, unless the reader has chosen another language.

    What the browser prefers doesn't count: many officials' browsers come in English.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


class RefusalMiddleware:
    """Answer a Refused with its own words, in the form the asker can use.

    403 for NotPermitted, else 409: a page; to htmx a toast, so that nothing typed is
    lost; to the API, JSON. A redirect answered to htmx becomes a whole navigation.
    What the database cannot keep, a NUL in a text or a number too great, is a 400.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "htmx", None) and isinstance(
            response, HttpResponseRedirectBase
        ):
            # The browser would follow it unseen, and htmx swap a page into a part.
            moved = HttpResponse(status=204, headers={"HX-Redirect": response.url})
            moved.cookies = response.cookies
            return moved
        return response

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        if isinstance(error, DataError):
            log.warning("not kept, from %s: %s", request.path_info, error)
            said = _(
                "Nội dung gửi lên có ký tự hoặc con số không lưu được. "
                "Hãy quay lại, xem từng ô rồi gửi lại."
            )
            error, status = Refused(said), 400
        elif isinstance(error, Refused):
            status = 403 if isinstance(error, NotPermitted) else 409
        else:
            return None
        if request.path_info.startswith("/api/"):
            answer = {"refusal": type(error).__name__, "message": str(error)}
            return JsonResponse(answer, status=status)
        if getattr(request, "htmx", None):
            return toast(error.message, status=status)
        given = {"message": error, "request_id": current().request_id}
        return render(request, "ui/refusal.html", given, status=status)
