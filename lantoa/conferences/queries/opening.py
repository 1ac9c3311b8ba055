"""The report at the opening: what was asked, what was done, by whom, what is late."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse

from lantoa.conferences.models import (
    Conference,
    OpeningClause,
    OpeningReport,
    OpeningVersion,
)
from lantoa.documents.models import Clause, Paper
from lantoa.kernel.actor import Actor
from lantoa.organisations.models import Body
from lantoa.plans import queries as plans
from lantoa.plans.models import Task
from lantoa.plans.vocabulary import DONE_STATES, MapView, Stage, WorkState

# The bodies that a report names; whoever works in time is only counted.
NAMED = (
    WorkState.OVERDUE,
    WorkState.DONE_LATE,
    WorkState.NOT_RECEIVED,
    WorkState.NOT_ACKNOWLEDGED,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many obligations of a clause are in which state, and at whom."""

    states: Mapping[WorkState, int] = field(default_factory=dict)
    bodies: Mapping[WorkState, list[int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return how many obligations there are."""
        return sum(self.states.values())

    @property
    def done(self) -> int:
        """Return how many are done, in time or late."""
        return sum(self.states.get(state, 0) for state in DONE_STATES)

    @property
    def overdue(self) -> int:
        """Return how many are overdue and not done."""
        return self.states.get(WorkState.OVERDUE, 0)

    @property
    def open(self) -> int:
        """Return how many are neither done nor overdue."""
        return self.total - self.done - self.overdue

    def stored(self) -> dict[str, Any]:
        """Return the figures as JSON."""
        return {
            "states": {state.value: count for state, count in self.states.items()},
            "bodies": {state.value: pks for state, pks in self.bodies.items()},
        }

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Figures":
        """Return the figures that were stored."""
        return cls(
            {WorkState(key): count for key, count in stored["states"].items()},
            {WorkState(key): pks for key, pks in stored["bodies"].items()},
        )


@dataclass(frozen=True, slots=True)
class Line:
    """How many were in a state when it was told, and are today."""

    state: WorkState
    told: int
    now: int
    clause: Clause

    @property
    def moved(self) -> bool:
        """Return whether the number is another one today."""
        return self.told != self.now

    @property
    def href(self) -> str:
        """Return the address of the list of today's."""
        return list_of(self.clause, self.state)


@dataclass(frozen=True, slots=True)
class ReportedClause:
    """A clause in the report: as it was told, as it is now, and who is named."""

    row: OpeningClause
    task: Task | None  # what it asked, by when
    remark: str
    told: Figures
    now: Figures
    named: list[tuple[WorkState, list[Body]]]

    @property
    def moved(self) -> bool:
        """Return whether today's figures are others than those told."""
        return self.told.states != self.now.states

    @property
    def lines(self) -> list[Line]:
        """Return the states that occur, then or today."""
        return [
            Line(state, told, now, self.row.clause)
            for state in WorkState
            if (told := self.told.states.get(state, 0))
            | (now := self.now.states.get(state, 0))
        ]

    @property
    def href(self) -> str:
        """Return the address of the list of all that the clause obliges to."""
        return list_of(self.row.clause)


def list_of(clause: Clause, state: WorkState | None = None) -> str:
    """Return the address of the list of just the obligations that are counted here."""
    asked: dict[str, Any] = {"dieu-khoan": clause.pk}
    asked |= {"tinh-trang": state.value} if state else {}
    asked |= {"ban-do": MapView.TODAY.value, "cap": Stage.DIRECT.value}
    return f"{reverse('plans:list')}?{urlencode(asked)}"


def reports(conference: Conference) -> QuerySet[OpeningReport]:
    """Return the conference's reports on earlier conclusions, oldest paper first."""
    return (
        conference.opening_reports.select_related("about__type", "about__issuer")
        .annotate(versions_made=Count("versions"))
        .order_by("about__issued_on", "pk")
    )


def last_version(report: OpeningReport) -> OpeningVersion:
    """Return the version of the report that counts."""
    return OpeningVersion.objects.filter(report=report).latest("number")


def reportable(actor: Actor, conference: Conference) -> QuerySet[Paper]:
    """Return the papers with tasks that a report of *conference* may be about.

    Those whose tasks the actor reads, not yet reported here, the newest first.
    """
    tasks = plans.visible_to(actor).filter(
        clause__paper=OuterRef("pk"), derived_from__isnull=True
    )
    there = conference.opening_reports.values("about")
    return (
        Paper.objects.filter(Exists(tasks))
        .exclude(pk__in=there)
        .exclude(pk=conference.paper_id or 0)
        .select_related("type", "issuer")
        .order_by("-issued_on", "-pk")
    )


def figures_of(clause_ids: Iterable[int], day: date) -> dict[int, Figures]:
    """Return the figures of clauses on a day, in one statement."""
    wanted = list(clause_ids)
    states: defaultdict[int, Counter[WorkState]] = defaultdict(Counter)
    bodies: defaultdict[int, defaultdict[WorkState, list[int]]] = defaultdict(
        lambda: defaultdict(list)
    )
    standing = plans.standing(wanted, day).values_list(
        "task__clause_id", "held_by", "state"
    )
    for clause_id, body_id, said in standing:
        state = WorkState(said)
        states[clause_id][state] += 1
        if state in NAMED:
            bodies[clause_id][state].append(body_id)
    return {
        pk: Figures(
            dict(states[pk]),
            {state: sorted(set(pks)) for state, pks in bodies[pk].items()},
        )
        for pk in wanted
    }


def told(
    report: OpeningReport, version: OpeningVersion, day: date
) -> list[ReportedClause]:
    """Return the report clause by clause: as *version* told it, and as it is now."""
    rows = list(report.clauses.select_related("clause", "carried__conference"))
    now = figures_of([row.clause_id for row in rows], day)
    stored = {
        row.pk: version.content.get(str(row.clause_id), {"states": {}, "bodies": {}})
        for row in rows
    }
    names = _bodies(stored.values())
    asked = tasks_of([row.clause_id for row in rows])
    found = []
    for row in rows:
        figures = Figures.read(stored[row.pk])
        found.append(
            ReportedClause(
                row=row,
                task=asked.get(row.clause_id),
                remark=stored[row.pk].get("remark", ""),
                told=figures,
                now=now[row.clause_id],
                named=[
                    (state, [names[pk] for pk in figures.bodies[state] if pk in names])
                    for state in NAMED
                    if figures.bodies.get(state)
                ],
            )
        )
    return found


def task_clauses(paper: Paper) -> list[Clause]:
    """Return the clauses of *paper* that set tasks, in their order."""
    tasks = Task.objects.filter(clause=OuterRef("pk"), derived_from__isnull=True)
    return list(Clause.objects.filter(Exists(tasks), paper=paper).order_by("position"))


def tasks_of(clause_ids: list[int]) -> dict[int, Task]:
    """Return one task of each clause: all of a clause say the same."""
    tasks = Task.objects.filter(
        clause__in=clause_ids, derived_from__isnull=True, succeeds__isnull=True
    )
    return {
        task.clause_id: task
        for task in tasks.order_by("clause_id", "-pk").distinct("clause_id")
    }


def _bodies(stored: Iterable[Mapping[str, Any]]) -> dict[int, Body]:
    wanted = {
        pk for each in stored for pks in each.get("bodies", {}).values() for pk in pks
    }
    return Body.objects.order_by("sort_key").in_bulk(wanted)
