"""The API: every package's router, signed in by session, refusals in words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import django_auth

from lantoa.conferences.api import router as conferences
from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.plans.api import router as tasks

api = NinjaAPI(
    title="Lan Tỏa",
    version="1",
    description="Every POST carries an Idempotency-Key of at most 70 characters.",
    auth=django_auth,
    urls_namespace="api",
    docs_url=None,
)
api.add_router("/conferences", conferences)
api.add_router("/tasks", tasks)


def _words(
    request: HttpRequest, error: Exception, message: str, status: int
) -> HttpResponse:
    said = {"kind": type(error).__name__, "message": message}
    return api.create_response(request, said, status=status)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer a refusal with its own words: 403 or 409."""
    status = 403 if isinstance(error, NotPermitted) else 409
    return _words(request, error, str(error), status)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer for what is not there, or not within reach."""
    message = _("Không tìm thấy, hoặc không thuộc phạm vi của chức danh đang dùng.")
    return _words(request, error, message, 404)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer whoever is not signed in."""
    return _words(request, error, _("Hãy đăng nhập."), 401)


@api.exception_handler(HttpError)
def unparsed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what is no JSON at all."""
    message = _("Hệ thống không đọc được dữ liệu gửi lên: hãy gửi JSON, mã hóa UTF-8.")
    return _words(request, error, message, error.status_code)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer what cannot be read as the command it wants to be."""
    message = _("Dữ liệu gửi lên chưa đúng. Hãy xem từng trường ở “errors”.")
    said = {"kind": "ValidationError", "message": message, "errors": error.errors}
    return api.create_response(request, said, status=422)
