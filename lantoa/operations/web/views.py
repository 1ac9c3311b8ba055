"""The operator's page: how everything stands, what to do, and two buttons."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from procrastinate.contrib.django.models import ProcrastinateJob

from lantoa.kernel.rule import require_anywhere
from lantoa.operations import actions, queries
from lantoa.operations.state import look
from lantoa.operations.vocabulary import KEEP, READ
from lantoa.operations.warnings import warnings
from lantoa.operations.web.words import (
    backup_is_fresh,
    backup_terms,
    database_terms,
    figures,
    journal_terms,
)
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

A_PAGE = 50  # failed jobs shown


@dataclass(frozen=True, slots=True)
class Failed:
    """A failed job as the page shows it."""

    number: int
    what: str
    entry_id: int | None
    attempts: int


@require_GET
@login_required
def state(request: ActorRequest) -> HttpResponse:
    """Show how the installation stands."""
    require_anywhere(request.actor, READ)
    now = timezone.now()
    found = look(now)
    context = {
        "state": found,
        "warnings": warnings(found),
        "figures": figures(found),
        "database": database_terms(found),
        "journal": journal_terms(found),
        "backup": backup_terms(found),
        "fresh": backup_is_fresh(found),
        "version": settings.VERSION,
        "failed": [_shown(job) for job in queries.failed_jobs(A_PAGE)],
        "may_keep": request.actor.may(KEEP),
    }
    return page(request, "operations/state.html", context)


def _shown(job: ProcrastinateJob) -> Failed:
    what = str(job.args.get("reaction") or job.task_name)
    return Failed(job.pk, what, job.args.get("entry_id"), job.attempts)


@require_POST
def retry(request: ActorRequest, job_id: int) -> HttpResponse:
    """Let a failed job run again."""
    actions.retry_job(actor=request.actor, job_id=job_id, at=timezone.now())
    messages.success(request, _("Việc nền đã được xếp lại vào hàng đợi."))
    return redirect("operations:state")


@require_POST
def verify(request: ActorRequest) -> HttpResponse:
    """Have the journal held against its seals, in a worker."""
    actions.ask_verification(actor=request.actor, at=timezone.now())
    text = _("Đang kiểm tra nhật ký; kết quả hiện ở trang này sau ít phút.")
    messages.success(request, text)
    return redirect("operations:state")
