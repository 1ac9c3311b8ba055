"""Reminding of due days, once a stage; telling those whom the facts concern."""

from datetime import date, datetime, timedelta

import pytest

from lantoa.access.vocabulary import Role
from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS, system_actor
from lantoa.kernel.dates import HANOI
from lantoa.kernel.refusal import NotPermitted
from lantoa.notices.actions import SEND
from lantoa.notices.models import Notice
from lantoa.organisations.queries import calendar
from lantoa.plans import actions
from lantoa.plans.actions.reminding import stage_on
from lantoa.plans.models import Obligation, Progress, Reminder
from lantoa.plans.vocabulary import ReminderKind
from tests.factories import NINE, BodyFactory, MandateFactory, actor_with, below
from tests.factories.racing import race, work_off
from tests.plans.test_deriving import DUE, derive, given, head, lead_of
from tests.plans.test_passing import reorganise
from tests.plans.test_stale import revise

pytestmark = pytest.mark.django_db
CLOCK = system_actor("tasks.dispatch", SEND)
TUESDAY = date(2026, 6, 30)  # DUE


def remind_on(*day):
    return actions.remind(actor=CLOCK, at=datetime(*day, 6, tzinfo=HANOI))


def officer(body):
    return MandateFactory(role=Role.OFFICER, body=body).person


def told(person):
    rows = Notice.objects.filter(person_id=person.pk).order_by("pk")
    return [(each.kind, each.params.get("count")) for each in rows]


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 6, 15), None),
        (date(2026, 6, 16), ReminderKind.AHEAD),  # ten working days before
        (date(2026, 6, 24), ReminderKind.AHEAD),
        (date(2026, 6, 25), ReminderKind.SOON),
        (date(2026, 6, 29), ReminderKind.SOON),
        (date(2026, 6, 30), ReminderKind.TODAY),
        (date(2026, 7, 1), ReminderKind.OVERDUE),
    ],
)
def test_stages_count_in_working_days(today, stage):
    assert stage_on(TUESDAY, today, calendar()) == stage


def test_a_due_day_off_work_is_reminded_of_on_the_last_working_day_before():
    days, saturday = calendar(), date(2026, 6, 27)

    stages = [stage_on(saturday, date(2026, 6, n), days) for n in (25, 26, 28, 29)]

    assert stages == [
        ReminderKind.SOON,
        ReminderKind.TODAY,
        ReminderKind.TODAY,
        ReminderKind.OVERDUE,
    ]


def test_each_stage_is_told_once_and_one_notice_says_how_many():
    one, two = given(), given()
    body = lead_of(one)
    party = two.parties.get()
    party.body = body
    party.save()
    clerk, judge = officer(body), officer(one.dispatcher)

    assert remind_on(2026, 6, 1) == 0
    assert remind_on(2026, 6, 16) == 2
    assert remind_on(2026, 6, 17) == 0
    assert remind_on(2026, 6, 30) == 2  # nothing ran in between: the last stage only
    assert remind_on(2026, 7, 1) == 2
    assert remind_on(2026, 7, 2) == 0

    assert told(clerk) == [("plans.due", 2), ("plans.due", 2), ("plans.overdue", 2)]
    assert told(judge) == [("plans.overdue", 1)]
    facts = Entry.objects.filter(name="plans.due_days_reminded")
    assert [fact.payload["reminded"] for fact in facts.order_by("pk")] == [2, 2, 2]


def test_an_extended_day_is_reminded_of_anew_and_what_is_closed_is_not():
    open_, done, passed = given(), given(), given()
    Obligation.objects.filter(task=done).update(accepted_at=NINE, completed_on=DUE)
    Obligation.objects.filter(task=passed).update(passed_at=NINE)
    given(due_on=None)
    assert remind_on(2026, 7, 1) == 1

    Obligation.objects.filter(task=open_).update(due_on=DUE + timedelta(days=14))

    assert remind_on(2026, 7, 2) == 1
    assert [(r.kind, r.due_on) for r in Reminder.objects.order_by("pk")] == [
        ("overdue", DUE),
        ("ahead", DUE + timedelta(days=14)),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_reminding_costs_the_same_however_much_is_due(rows, django_assert_num_queries):
    for _ in range(rows):
        given()

    with django_assert_num_queries(11):
        remind_on(2026, 7, 1)


@pytest.mark.django_db(transaction=True)
def test_two_clocks_remind_once():
    task = given()
    clerk = officer(lead_of(task))

    answers = race(*(lambda: remind_on(2026, 7, 1) for _ in range(3)))

    assert sorted(answers) == [0, 0, 1]
    assert told(clerk) == [("plans.overdue", 1)]


def test_only_the_system_reminds():
    for actor in (ANONYMOUS, actor_with("tasks.dispatch", SEND, body=BodyFactory())):
        with pytest.raises(NotPermitted):
            actions.remind(actor=actor, at=NINE)


@pytest.mark.django_db(transaction=True)
def test_whom_the_facts_concern_is_told():
    top = given()
    own = lead_of(top)
    commune = below(own)
    above, clerk, below_ = officer(top.dispatcher), officer(own), officer(commune)

    (task,) = derive(top, commune)
    revise(top)
    worker = actor_with("tasks.receive", body=own)
    owed = Obligation.objects.get(task=top)
    said = {"content": None, "file_name": "", "completes": True, "at": NINE}
    actions.report_progress(actor=worker, obligation=owed, text="Xong", **said)
    judge = actor_with("tasks.accept", body=top.dispatcher)
    report = Progress.objects.get()
    actions.return_completion(actor=judge, progress=report, reason="Thiếu", at=NINE)
    actions.report_progress(actor=worker, obligation=owed, text="Đủ", **said)
    report = Progress.objects.order_by("pk").last()
    actions.accept_completion(actor=judge, progress=report, at=NINE)
    work_off()
    work_off()

    def kinds(person):
        return sorted(kind for kind, _ in told(person))

    assert kinds(below_) == ["plans.dispatched"]
    assert kinds(above) == ["plans.to_judge", "plans.to_judge"]
    assert kinds(clerk) == ["plans.judged"] * 2 + ["plans.revised"] * 2
    notice = Notice.objects.get(person_id=below_.pk)
    assert notice.href == f"/nhiem-vu/{task.pk}/"


@pytest.mark.django_db(transaction=True)
def test_the_taker_is_told_how_much_came():
    top = given()
    new = BodyFactory()
    clerk = officer(new)

    reorganise((lead_of(top), new))
    work_off()

    assert told(clerk) == [("plans.dispatched", 1)]
    assert head(new).may("tasks.dispatch")
