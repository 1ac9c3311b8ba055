"""Whether the program and its database answer."""

import tomllib
from functools import cache

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
    return JsonResponse({"ok": True, "version": version(), "database": database})


@cache
def version() -> str:
    """Return the version of the program."""
    project = tomllib.loads((settings.BASE / "pyproject.toml").read_text())["project"]
    return str(project["version"])
