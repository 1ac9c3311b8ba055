"""A fact, actions and a reaction that only tests have."""

from dataclasses import dataclass
from datetime import date, datetime

from lantoa.journal.events import Event
from lantoa.journal.reacting import reacts_to
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.refusal import Refused
from lantoa.organisations.models import Body
from tests.factories import BodyFactory


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried(Event):
    """Something was tried."""

    name = "tests.tried"
    body_id: int | None = None
    venue_ids: tuple[int, ...] = ()
    note: str = ""
    due_on: date | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Event):
    """Something that screens show."""

    name = "tests.shown"
    conference_id: int
    note: str = ""

    @property
    def topic(self) -> str:
        return f"conference:{self.conference_id}"


@action
def enter(*, actor: Actor, name: str, fails: bool = False) -> Body:
    body = BodyFactory(name=name)
    record(Tried(body_id=body.pk, note=name), by=actor)
    if fails:
        raise Refused
    return body


@action
def enter_two(*, actor: Actor, names: tuple[str, str]) -> list[Body]:
    return [enter(actor=actor, name=name) for name in names]


@action
def keep_silent(*, actor: Actor) -> Body:
    return BodyFactory(name="không ai biết")


@action
def find_nothing_to_do(*, actor: Actor) -> None:
    unchanged()


@action
def answer(*, actor: Actor, value: object) -> object:
    record(Tried(), by=actor)
    return value


seen: list[Tried] = []


@reacts_to(Tried)
def remember(fact: Tried) -> None:
    seen.append(fact)
