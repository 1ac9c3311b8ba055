"""The catalogue, and the pages for when something is wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_GET

from lantoa.kernel.trace import current
from lantoa.ui.rendering import toast
from lantoa.ui.web import samples

FAILURE = 500


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "ui/catalogue.html", samples.catalogue(request))


@require_GET
def hall(request: HttpRequest) -> HttpResponse:
    """Show the screen of a hall with sample content."""
    return render(request, "ui/catalogue_hall.html", samples.hall())


@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """Show an official paper with sample content."""
    return render(request, "ui/catalogue_paper.html", samples.paper())


def _entrance(request: HttpRequest, status: int) -> str:
    """Return where a stranger may sign in and come back to the page asked for."""
    reader = getattr(request, "user", None)
    if status not in {403, 404} or reader is None or reader.is_authenticated:
        return ""
    back = {"next": request.get_full_path()} if request.method == "GET" else {}
    return reverse("account_login", query=back)


def _may_retry(request: HttpRequest, status: int) -> bool:
    return request.method == "GET" and status != 404  # noqa: PLR2004


def _trouble(
    request: HttpRequest, status: int, title: str, what: str, todo: str
) -> HttpResponse:
    request_id = current().request_id
    if getattr(request, "htmx", None):
        if status == FAILURE:
            todo = f"{todo} {_('Mã yêu cầu: %(id)s.') % {'id': request_id}}"
        return toast(f"{what} {todo}", status=status)
    given = {
        "title": title,
        "entrance": _entrance(request, status),
        "code": str(status),
        "request_id": request_id,
        "what": what,
        "todo": todo,
        "retry": request.get_full_path() if _may_retry(request, status) else "",
    }
    # Our own failure may be the session's or the database's: the page asks neither.
    asked = None if status == FAILURE else request
    return HttpResponse(
        render_to_string("ui/trouble.html", given, asked), status=status
    )


@requires_csrf_token
def bad_request(
    request: HttpRequest, exception: Exception | None = None
) -> HttpResponse:
    """Answer a request that can't be understood."""
    return _trouble(
        request,
        400,
        _("Yêu cầu không hợp lệ"),
        str(exception or "") or _("Hệ thống không đọc được yêu cầu vừa gửi."),
        _("Hãy tải lại trang rồi gửi lại."),
    )


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that the actor's mandate doesn't allow."""
    return _trouble(
        request,
        403,
        _("Không thuộc thẩm quyền"),
        str(exception or "")
        or _("Chức danh đang dùng không được xem hoặc làm việc này."),
        _("Nếu có nhiều chức danh, hãy chuyển sang chức danh phù hợp ở đầu trang."),
    )


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address where nothing stands for this actor."""
    return _trouble(
        request,
        404,
        _("Không tìm thấy trang"),
        _("Địa chỉ này không có, đã chuyển, hoặc chức danh đang dùng không xem được."),
        _("Hãy kiểm tra lại địa chỉ, hoặc dùng chức danh phù hợp."),
    )


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when we have failed; nothing here may fail again."""
    return _trouble(
        request,
        FAILURE,
        _("Hệ thống gặp lỗi"),
        _("Lỗi thuộc về hệ thống và đã được ghi lại; dữ liệu đã lưu không bị mất."),
        _("Hãy thử lại sau ít phút. Nếu lỗi còn, hãy báo bộ phận kỹ thuật."),
    )


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token doesn't fit: an old page or cookies turned off."""
    return _trouble(
        request,
        403,
        _("Trang đã mở quá lâu"),
        _("Biểu mẫu này được mở từ phiên làm việc trước, nên chưa được nhận."),
        _("Hãy mở lại trang, kiểm tra trình duyệt có nhận cookie, rồi gửi lại."),
    )
