"""What Prometheus and the operator's watch may ask; never the public."""

from functools import wraps
from hmac import compare_digest
from typing import Protocol

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from lantoa.operations.exposition import exposition
from lantoa.operations.figures import own_name
from lantoa.operations.state import look
from lantoa.operations.warnings import warnings

LOOPBACK = {"127.0.0.1", "::1"}
NAMES = {"127.0.0.1", "localhost", "[::1]"}
# Who sends one of these stands behind a proxy, whatever the address says.
PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


class View(Protocol):
    def __call__(self, request: HttpRequest) -> HttpResponse: ...


def may_measure(request: HttpRequest) -> bool:
    """Return whether a request carries METRICS_TOKEN, or was made on this machine.

    Behind a proxy (HTTPS=yes) everybody comes from this machine: then only the token
    counts.
    """
    token = settings.METRICS_TOKEN
    said = request.headers.get("Authorization", "")
    if token and compare_digest(said.encode(), f"Bearer {token}".encode()):
        return True
    return (
        not settings.SECURE
        and request.META.get("REMOTE_ADDR") in LOOPBACK
        and not any(name in request.headers for name in PASSED_ON)
        and request.get_host().rsplit(":", 1)[0] in NAMES
    )


def for_measuring(view: View) -> View:
    """Let a view be there only for those who may measure."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not may_measure(request):
            raise Http404
        return view(request)

    return guarded


@never_cache
@require_safe
@for_measuring
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with every figure, of every process on this database."""
    return HttpResponse(exposition(own_name()), content_type=CONTENT_TYPE_LATEST)


@never_cache
@require_safe
@for_measuring
def ready(request: HttpRequest) -> HttpResponse:
    """Answer how everything stands: 503 while people are losing something."""
    try:
        state = look(timezone.now())
    except DatabaseError:
        return JsonResponse({"ok": False, "warnings": ["no_database"]}, status=503)
    found = warnings(state)
    ok = all(warning.tone != "bad" for warning in found)
    said = {
        "ok": ok,
        "warnings": [warning.name for warning in found],
        "jobs_waiting": state.waiting,
        "jobs_failed": state.failed,
        "job_oldest_seconds": round(state.oldest),
        "entries_unsealed": state.sealed.waiting,
        "head": state.sealed.head,
        "workers": len(state.workers),
        "streams": state.streams,
        "disk_free_bytes": state.disk.free,
        "backup_at": state.backup.occurred_at if state.backup else None,
    }
    return JsonResponse(said, status=200 if ok else 503)
