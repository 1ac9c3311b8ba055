"""What the other provinces did with the clause that had a date: illustrative."""

from datetime import UTC, datetime, timedelta

from lantoa.access.models import Mandate
from lantoa.access.reach import actor_under
from lantoa.config.demo import article, people, story
from lantoa.config.demo.lang_son import PLAN_CLAUSE
from lantoa.documents.models import Paper
from lantoa.kernel.actor import Actor
from lantoa.plans import actions as plans
from lantoa.plans.models import Task, TaskParty
from lantoa.plans.vocabulary import PartyRole

FIRST = datetime(2021, 2, 22, 3, 0, tzinfo=UTC)
LATE = datetime(2021, 4, 12, 3, 0, tzinfo=UTC)
_EVERY_LATE = 9  # provinces
_EVERY_NEVER = 20
_NOTES = 4  # every so many provinces say something of the continuous work, too


def report(paper: Paper, held: dict[str, Mandate]) -> None:
    """Let every other province report its plan: most in time, some late, few never."""
    council = actor_under(held[people.SECRETARIAT])
    by_body = people.representatives(held)
    parties = (
        TaskParty.objects.filter(
            task__clause__paper=paper,
            task__clause__label=PLAN_CLAUSE,
            task__derived_from=None,
            role=PartyRole.LEAD,
        )
        .exclude(body__slug=article.LANG_SON)
        .select_related("body", "task")
        .order_by("pk")
    )
    for number, party in enumerate(parties, start=1):
        if number % _EVERY_NEVER == 0 or _is_silent(party):
            continue
        late = number % _EVERY_LATE == 0
        at = (LATE if late else FIRST) + timedelta(days=number % 30)
        worker = actor_under(by_body[party.body_id])
        reported = plans.report_progress(
            actor=worker,
            obligation=party.obligations.get(),
            text=f"{party.body.name} đã ban hành kế hoạch thực hiện Quyết định số "
            "1521/QĐ-TTg (dữ liệu trình diễn).",
            content=None,
            file_name="",
            completes=True,
            at=at,
        )
        plans.accept_completion(
            actor=council, progress=reported, at=at + timedelta(days=3)
        )
        if number % _NOTES == 0:
            _go_on(paper, worker, party, at)


def _go_on(paper: Paper, worker: Actor, party: TaskParty, at: datetime) -> None:
    """Note progress in the continuous work, which has no end of its own."""
    tasks = Task.objects.filter(
        clause__paper=paper, derived_from=None, parties__body=party.body
    ).exclude(clause__label=PLAN_CLAUSE)
    for task in tasks.order_by("pk")[:2]:
        plans.report_progress(
            actor=worker,
            obligation=task.obligations.get(),
            text="Đã đưa vào chương trình công tác năm 2021 (dữ liệu trình diễn).",
            content=None,
            file_name="",
            at=at + timedelta(days=5),
        )


def _is_silent(party: TaskParty) -> bool:
    return any(party.body.name.endswith(name) for name in story.SILENT)
