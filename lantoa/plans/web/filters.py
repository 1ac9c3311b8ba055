"""What a list is asked for, as it stands in an address, in words and in a form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.documents import queries as documents
from lantoa.documents.models import Clause
from lantoa.kernel.actor import Actor
from lantoa.organisations.models import Body
from lantoa.organisations.queries import unit_named
from lantoa.plans.queries import Asked, visible_to
from lantoa.plans.queries.boards import Counts
from lantoa.plans.queries.lists import NOWHERE, ORDERS, map_day
from lantoa.plans.vocabulary import MapView, Stage, WorkState
from lantoa.ui.parts import Share

LONGEST = 100  # letters of a search
DIGITS = 18  # of a number in an address

Choice = TypeVar("Choice", bound=TextChoices)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is asked for, in words, and the address without it."""

    label: str
    text: str
    without: str


def read(query: QueryDict) -> Asked:
    """Return what an address asks for; what can't be understood doesn't matter."""
    order = query.get("xep", "")
    return Asked(
        view=_one_of(MapView, query.get("ban-do", "")),
        paper=_number(query.get("van-ban", "")),
        clause=_number(query.get("dieu-khoan", "")),
        states=frozenset(
            WorkState(said)
            for said in query.getlist("tinh-trang")
            if said in WorkState.values
        ),
        body=_number(query.get("don-vi", "")),
        province=_number(query.get("tinh", "")),
        stage=_one_of(Stage, query.get("cap", "")),
        origin=_number(query.get("nguon", "")),
        dispatcher=_number(query.get("ben-giao", "")),
        silent=query.get("im-lang") == "co",
        text=query.get("q", "").replace("\0", "").strip()[:LONGEST],
        order=order if order.removeprefix("-") in ORDERS else "",
    )


def parameters(asked: Asked) -> list[tuple[str, str]]:
    """Return what is asked for as the parameters of an address, in a steady order."""
    numbers = [
        ("van-ban", asked.paper),
        ("dieu-khoan", asked.clause),
        ("don-vi", asked.body),
        ("tinh", asked.province),
        ("nguon", asked.origin),
        ("ben-giao", asked.dispatcher),
    ]
    words = [
        ("ban-do", asked.view.value if asked.view else ""),
        ("cap", asked.stage.value if asked.stage else ""),
        ("im-lang", "co" if asked.silent else ""),
        ("q", asked.text),
        ("xep", asked.order),
    ]
    return [
        *((name, str(number)) for name, number in numbers if number is not None),
        *(("tinh-trang", state.value) for state in WorkState if state in asked.states),
        *((name, word) for name, word in words if word),
    ]


def query_of(asked: Asked) -> str:
    """Return what is asked for as the query of an address, with its "?"."""
    given = parameters(asked)
    return f"?{urlencode(given)}" if given else ""


def address(asked: Asked, name: str = "plans:list") -> str:
    """Return the address of the list of what is asked for."""
    return reverse(name) + query_of(asked)


def in_state(asked: Asked, *states: WorkState) -> Asked:
    """Return it in just these states; all of them without one."""
    return asked.but(states=frozenset(states))


def parts(counts: Counts) -> list[Share]:
    """Return counts as the parts of a whole, without links: a bar has none."""
    return [
        Share(state=state.value, label=state.label, number=number)
        for state, number in counts.by_state.items()
        if number
    ]


def shares(counts: Counts, asked: Asked, *, zeros: bool = False) -> list[Share]:
    """Return counts as the parts of a whole, each number opening its list."""
    return [
        Share(
            state=state.value,
            label=state.label,
            number=counts[state],
            href=address(in_state(asked, state)),
            current=asked.states == {state},
        )
        for state in WorkState
        if counts[state] or zeros
    ]


def said(actor: Actor, asked: Asked, on: date) -> list[Said]:
    """Return what is asked for in words; what the actor may not read has no name."""
    found: list[tuple[str, str | int | bool | None, dict[str, object]]] = [
        (_("Văn bản"), asked.paper and _paper(actor, asked.paper), {"paper": None}),
        (_("Mục"), asked.clause and _clause(actor, asked.clause), {"clause": None}),
        (_("Cơ quan chủ trì"), asked.body and _body(asked.body), {"body": None}),
        (_("Địa bàn"), _province(asked, on), {"province": None}),
        (
            _("Nhiệm vụ gốc"),
            asked.origin and _task(actor, asked.origin),
            {"origin": None},
        ),
        (
            _("Tình trạng"),
            ", ".join(str(s.label) for s in WorkState if s in asked.states),
            {"states": frozenset()},
        ),
        (
            _("Cơ quan giao"),
            asked.dispatcher and _body(asked.dispatcher),
            {"dispatcher": None},
        ),
        (_("Xác nhận"), asked.silent and _("chưa xác nhận"), {"silent": False}),
        (_("Cách giao"), asked.stage and str(asked.stage.label), {"stage": None}),
        (_("Bản đồ"), asked.view and str(asked.view.label), {"view": None}),
        (_("Tìm"), asked.text and f"“{asked.text}”", {"text": ""}),
    ]
    return [
        Said(label, str(text), address(asked.but(**without)))
        for label, text, without in found
        if text
    ]


def in_one_line(parts: Iterable[Said]) -> str:
    """Return what is asked for as one line of a sheet or of a printed page."""
    told = "; ".join(f"{part.label}: {part.text}" for part in parts)
    return told or _("Tất cả nhiệm vụ được xem")


def _paper(actor: Actor, pk: int) -> str:
    paper = documents.visible_to(actor).filter(pk=pk).first()
    return str(paper) if paper else _("số %s") % pk


def _clause(actor: Actor, pk: int) -> str:
    papers = documents.visible_to(actor).values("pk")
    clause = Clause.objects.filter(pk=pk, paper__in=papers).first()
    return str(clause) if clause else _("số %s") % pk


def _body(pk: int) -> str:
    body = Body.objects.filter(pk=pk).first()
    return body.name if body else _("số %s") % pk


def _province(asked: Asked, on: date) -> str:
    if asked.province is None:
        return ""
    if asked.province == NOWHERE:
        return _("Cơ quan trung ương, ngoài bản đồ các tỉnh")
    unit = unit_named(asked.province, map_day(asked.view, on))
    return unit.full_name if unit else _("số %s") % asked.province


def _task(actor: Actor, pk: int) -> str:
    task = visible_to(actor).filter(pk=pk).first()
    return task.work[:LONGEST] if task else _("số %s") % pk


def _number(word: str) -> int | None:
    return (
        int(word)
        if word.isascii() and word.isdecimal() and len(word) <= DIGITS
        else None
    )


def _one_of(kind: type[Choice], word: str) -> Choice | None:
    return kind(word) if word in {each.value for each in kind} else None
