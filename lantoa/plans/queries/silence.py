"""Who has said nothing: lead bodies that did not receive, or did not acknowledge."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Count, F, Min, Q, QuerySet

from lantoa.documents.models import Paper
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.organisations import queries as organisations
from lantoa.organisations.models import Body
from lantoa.plans.queries.lists import Asked, SeenObligation, listed

if TYPE_CHECKING:
    Groups = QuerySet[SeenObligation, dict[str, Any]]

ORDERS = {
    "lau": ("since", "task__clause__paper_id", "party__body__sort_key"),
    "co-quan": ("party__body__sort_key", "since", "task__clause__paper_id"),
    "so-viec": ("-number", "since", "party__body__sort_key"),
}
_AT_ONCE = 500  # names read in one statement


@dataclass(frozen=True, slots=True)
class Silence:
    """A body that has not answered for what a paper set it.

    Attributes:
        unreceived: how many of the ``number`` tasks nobody there has even opened.
        since: when the oldest of them was dispatched.
        working_days: how many working days have gone by since.
    """

    body: Body
    paper: Paper
    number: int
    unreceived: int
    since: datetime
    working_days: int


def silent_groups(
    actor: Actor, asked: Asked, on: date, *, order: str = "", unopened: bool = False
) -> "Groups":
    """Return what is silent by lead body and paper, the longest silent first.

    Args:
        order: a key of ORDERS.
        unopened: only what nobody there has even received.
    """
    rows = listed(actor, asked.but(silent=True), on)
    if actor.body_id is not None:
        rows = rows.exclude(party__body=actor.body_id)
    if unopened:
        rows = rows.filter(party__received_at=None)
    groups = (
        rows.order_by()
        .values("party__body_id", "task__clause__paper_id")
        .annotate(
            number=Count("pk"),
            unreceived=Count("pk", filter=Q(party__received_at=None)),
            since=Min("task__dispatched_at"),
            sort=F("party__body__sort_key"),
        )
        .order_by(*ORDERS.get(order, ORDERS["lau"]))
    )
    return cast("Groups", groups)


def named(groups: Iterable[dict[str, Any]], on: date) -> Iterator[Silence]:
    """Yield the groups with their names and working days; three statements for 500."""
    rest = iter(groups)
    days = organisations.calendar()
    gone = cache(lambda since: days.between(since, on))  # many share one day
    while some := list(islice(rest, _AT_ONCE)):
        bodies = Body.objects.in_bulk({each["party__body_id"] for each in some})
        papers = Paper.objects.select_related("type").in_bulk(
            {each["task__clause__paper_id"] for each in some}
        )
        for each in some:
            since: datetime = each["since"]
            yield Silence(
                body=bodies[each["party__body_id"]],
                paper=papers[each["task__clause__paper_id"]],
                number=each["number"],
                unreceived=each["unreceived"],
                since=since,
                working_days=gone(since.astimezone(HANOI).date()),
            )
