"""What holds whatever people do, in whichever order: a small country at work.

A council gives work to two provinces; provinces, districts and communes derive, reword,
adopt, keep, acknowledge, plan, report, accept and return at random, wherever they may.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lantoa.access.vocabulary import Role
from lantoa.kernel.refusal import Refused
from lantoa.organisations.models import ReportsTo
from lantoa.plans import actions, queries
from lantoa.plans.models import Obligation, Progress, Task, TaskParty
from lantoa.plans.states import state_on
from lantoa.plans.vocabulary import PartyRole, Verdict, WorkState
from tests.factories import NINE, BodyFactory, actor_as, below
from tests.factories.documents import ClauseFactory

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "derive",
                "derive",
                "revise",
                "adopt",
                "keep",
                "acknowledge",
                "plan",
                "report",
                "complete",
                "accept",
                "return",
            ]
        ),
        st.integers(0, 40),
        st.integers(0, 40),
    ),
    min_size=4,
    max_size=14,
)


class Country:
    """A council, two provinces, two districts each with a commune; an officer in all."""

    def __init__(self):
        self.council = BodyFactory()
        self.bodies, self.above = [], {}
        for _ in range(2):
            province = BodyFactory()
            district = below(province)
            commune = below(district)
            self.bodies += [province, district, commune]
            self.above |= {district.pk: province.pk, commune.pk: district.pk}
        self.provinces = [self.bodies[0], self.bodies[3]]
        self.secretary = actor_as(Role.SECRETARIAT, self.council)
        self.officers = {body.pk: actor_as(Role.OFFICER, body) for body in self.bodies}
        self.moment = NINE
        actions.dispatch(
            actor=self.secretary,
            dispatcher=self.council,
            orders=[
                actions.Order(
                    clause=ClauseFactory(),
                    lead=province,
                    work="Xây dựng kế hoạch",
                    deadline_text="Quý I",
                )
                for province in self.provinces
            ],
            at=self.moment,
        )

    def actor(self, body_id):
        if body_id == self.council.pk:
            return self.secretary
        return self.officers[body_id]

    def step(self, what, first, second):
        """Let whoever may do *what* to one of the tasks; a refusal changes nothing."""
        self.moment += timedelta(hours=1)
        tasks = list(Task.objects.order_by("pk"))
        task = tasks[first % len(tasks)]
        lead = TaskParty.objects.get(task=task, role=PartyRole.LEAD)
        owed = Obligation.objects.get(task=task)
        said = actions.Wording(work=f"Việc {first}.{second}", deadline_text="Quý II")
        given = {"at": self.moment}
        by_lead = {"actor": self.actor(lead.body_id), **given}
        by_dispatcher = {"actor": self.actor(task.dispatcher_id), **given}
        pending = (
            Progress.objects.filter(verdict=Verdict.PENDING).order_by("pk").first()
        )
        note = {"content": None, "file_name": "", "obligation": owed}
        match what:
            case "derive":
                lines = ReportsTo.objects.filter(superior=lead.body_id)
                under = [line.body for line in lines.select_related("body")]
                leads = [*under, lead.body][second % 2 :]
                actions.derive(task=task, wording=said, leads=leads, **by_lead)
            case "revise":
                actions.revise_task(
                    task=task, wording=said, reason="Điều chỉnh", **by_dispatcher
                )
            case "adopt":
                actions.adopt_revision(task=task, wording=said, **by_dispatcher)
            case "keep":
                actions.keep_wording(task=task, reason="Phù hợp", **by_dispatcher)
            case "acknowledge":
                actions.acknowledge(party=lead, **by_lead)
            case "plan":
                mark = actions.MilestoneText(title="Mốc", product="Sản phẩm")
                actions.set_plan(
                    obligation=owed, milestones=[mark], reason="Lần đầu", **by_lead
                )
            case "report" | "complete":
                actions.report_progress(
                    text="Đã làm", completes=what == "complete", **note, **by_lead
                )
            case "accept" if pending:
                judge = self.actor(pending.obligation.task.acceptor_id)
                actions.accept_completion(actor=judge, progress=pending, **given)
            case "return" if pending:
                judge = self.actor(pending.obligation.task.acceptor_id)
                actions.return_completion(
                    actor=judge, progress=pending, reason="Thiếu", **given
                )

    def may_read(self, body_id, task):
        """Return, from the tree alone, whether an officer of a body reads a task."""
        reached = {body_id}
        while more := {b for b, up in self.above.items() if up in reached} - reached:
            reached |= more
        leads = TaskParty.objects.filter(task=task).values_list("body_id", flat=True)
        upstream = {task.dispatcher_id}
        if task.origin is not None:
            upstream.add(task.origin.dispatcher_id)
        return bool(reached & ({*leads} | upstream))


def wordings():
    return {task.pk: (task.work, task.version) for task in Task.objects.all()}


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_whatever_is_done_the_house_stands(steps):
    before = transaction.savepoint()
    country = Country()
    for what, first, second in steps:
        said = wordings()
        touched = sorted(said)[first % len(said)]
        try:
            with transaction.atomic():
                country.step(what, first, second)
        except Refused:
            assert wordings() == said
        # Nothing that was said is overwritten but by its own dispatcher, with a version.
        for pk, (work, version) in wordings().items():
            if pk in said and (work, version) != said[pk]:
                assert what in {"revise", "adopt"}
                assert pk == touched
                assert version == said[pk][1] + 1
    leads = TaskParty.objects.filter(role=PartyRole.LEAD)
    assert leads.count() == Task.objects.count()

    day = country.moment.date()
    states = list(
        Obligation.objects.annotate(now=state_on(day)).values_list("now", flat=True)
    )
    assert len(states) == Obligation.objects.count()
    assert set(states) <= set(WorkState.values)

    for body in country.bodies:
        officer = country.actor(body.pk)
        seen = set(queries.visible_to(officer).values_list("pk", flat=True))
        oracle = {t.pk for t in Task.objects.all() if country.may_read(body.pk, t)}
        assert seen == oracle
        owed = queries.obligations_visible_to(officer)
        assert set(owed.values_list("task_id", flat=True)) == oracle
    transaction.savepoint_rollback(before)
