"""Working on what is owed, as short as tests want to say it."""

from datetime import timedelta

from lantoa.journal.models import Entry
from lantoa.plans import actions
from lantoa.plans.actions import MilestoneText
from lantoa.plans.models import Obligation
from lantoa.plans.states import state_on
from tests.factories import NINE, TODAY, actor_with

LATER = NINE + timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"

PLAN = MilestoneText(title="Lập kế hoạch", product="Kế hoạch", due_on=TODAY)
TRAIN = MilestoneText(title="Tập huấn", product="Danh sách dự tập huấn")


def doer(obligation):
    """Return somebody who works for the lead body."""
    body = obligation.party.body
    return actor_with("tasks.receive", "tasks.read", "files.store", body=body)


def judge(obligation):
    """Return somebody who judges for the acceptor."""
    return actor_with("tasks.accept", "tasks.read", body=obligation.task.acceptor)


def plan(obligation, *milestones, reason="", at=NINE, **given):
    return actions.set_plan(
        actor=doer(obligation),
        obligation=obligation,
        milestones=milestones,
        reason=reason,
        at=at,
        **given,
    )


def report(obligation, text="Đã gửi kế hoạch.", at=NINE, **given):
    said = {"content": None, "file_name": ""} | given
    return actions.report_progress(
        actor=doer(obligation), obligation=obligation, text=text, at=at, **said
    )


def accept(progress, at=LATER):
    actor = judge(progress.obligation)
    return actions.accept_completion(actor=actor, progress=progress, at=at)


def give_back(progress, reason="Thiếu danh sách kèm theo.", at=LATER):
    return actions.return_completion(
        actor=judge(progress.obligation), progress=progress, reason=reason, at=at
    )


def ask(obligation, due_on=NEXT_WEEK, reason="Mưa lũ chia cắt đường.", at=NINE):
    return actions.ask_extension(
        actor=doer(obligation),
        obligation=obligation,
        due_on=due_on,
        reason=reason,
        at=at,
    )


def decide(request, *, granted=True, reason="Đồng ý.", at=LATER):
    return actions.decide_extension(
        actor=judge(request.obligation),
        request=request,
        granted=granted,
        reason=reason,
        at=at,
    )


def facts():
    return list(Entry.objects.order_by("pk").values_list("name", flat=True))


def state(obligation, day=TODAY):
    rows = Obligation.objects.annotate(state=state_on(day))
    return rows.get(pk=obligation.pk).state


def texts(obligation):
    return [MilestoneText.of(m) for m in obligation.milestones.filter(dropped=False)]
