"""The one door to stored files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lantoa.files import queries
from lantoa.files.serving import attachment
from lantoa.kernel.actor import Actor


@require_safe
def download(request: HttpRequest, file_id: int) -> HttpResponse:
    """Hand out a file that the actor may read, as an attachment."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return attachment(get_object_or_404(queries.readable_by(actor), pk=file_id))
