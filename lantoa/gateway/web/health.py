"""Whether the program and its database answer."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 with what runs here when the database answers, 503 when not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            database = cursor.fetchone()[0]
    except DatabaseError:
        return JsonResponse({"ok": False, "database": None}, status=503)
    return JsonResponse({"ok": True, "version": settings.VERSION, "database": database})
