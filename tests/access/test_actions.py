"""Every action of the product refuses who may not: nobody writes a new one without it."""

import inspect
import io
from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from django.db.models import Model

from lantoa.access.roles import ROLES
from lantoa.conferences.actions.rehearsing import CheckResult
from lantoa.conferences.models import AgendaItem, Venue
from lantoa.conferences.vocabulary import Check, CheckState
from lantoa.documents.actions import Changes, load_document_types
from lantoa.journal.writing import ACTIONS
from lantoa.kernel.actor import ANONYMOUS, system_actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.kernel.rule import RULES
from lantoa.live.models import Beat
from lantoa.plans.models import Task
from tests.factories import NINE, TODAY, BodyFactory, PersonFactory, actor_with
from tests.factories.conferences import ItemFactory, TurnFactory, VenueFactory
from tests.kernel.rows import any_row

OURS = sorted(name for name in ACTIONS if name.startswith("lantoa."))

# Held anywhere, these are held everywhere.
ANYWHERE = {"access.grant", "identity.keep", "operations.keep", "operations.read"}
CAPABILITIES = (
    {capability for held in ROLES.values() for capability in held}
    | {rule.capability for rule in RULES}
) - ANYWHERE

# What is done for anybody, and why.
FOR_ANYBODY = {
    "lantoa.access.actions.mandates.make_first_administrator": "once, in an empty house",
}

_REFERENCE = "facts about the whole country have no body of their own"
FOR_KEEPERS = {
    name: _REFERENCE for name in OURS if ".organisations.actions.reference." in name
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", OURS)
def test_the_public_acts_nowhere(name):
    if name in FOR_ANYBODY:
        pytest.skip(FOR_ANYBODY[name])
    with pytest.raises(NotPermitted):
        ACTIONS[name](actor=ANONYMOUS, **arguments(name))


@pytest.mark.django_db
@pytest.mark.parametrize("name", OURS)
def test_nobody_acts_beyond_their_bodies(name):
    """The actor holds everything that is held at a body, at a body of their own."""
    if name in FOR_ANYBODY:
        pytest.skip(FOR_ANYBODY[name])
    if name in FOR_KEEPERS:
        pytest.skip(FOR_KEEPERS[name])
    elsewhere = actor_with(*CAPABILITIES, body=BodyFactory())

    with pytest.raises(NotPermitted):
        ACTIONS[name](actor=elsewhere, **arguments(name))


def presented_item() -> AgendaItem:
    venue = VenueFactory()
    item = ItemFactory(conference=venue.conference, presenter_venue=venue)
    TurnFactory(venue=venue, item=item)
    return item


def heard_venue() -> Venue:
    venue = VenueFactory()
    Beat.objects.create(subject=venue.subject, at=NINE)
    return venue


# Where there is nothing to do, nothing is refused: these are given something.
GIVEN: dict[str, Callable[[], dict[str, Any]]] = {
    "conferences.actions.floor.end_presenting": lambda: {"item": presented_item()},
    "conferences.actions.floor.let_present": lambda: {"item": presented_item()},
    "conferences.actions.lines.watch_lines": lambda: heard_venue() and {},
    "conferences.actions.rehearsing.rehearse_venue": lambda: {
        "results": [CheckResult(Check.SOUND, CheckState.GOOD)]
    },
    "plans.actions.revising.adopt_revisions": lambda: {"tasks": [any_row(Task)]},
    "plans.actions.revising.keep_wordings": lambda: {"tasks": [any_row(Task)]},
}


def arguments(name: str) -> dict[str, Any]:
    """Return arguments of the right kinds for an action, its actor left out."""
    PersonFactory()  # no house is empty here
    load_document_types(actor=system_actor("documents.types"), at=NINE)
    found = plain_arguments(name)
    return found | GIVEN.get(name.removeprefix("lantoa."), dict)()


def plain_arguments(name: str) -> dict[str, Any]:
    perform = inspect.unwrap(ACTIONS[name])
    hints = get_type_hints(perform)
    return {
        parameter.name: value_of(hints[parameter.name])
        for parameter in inspect.signature(perform).parameters.values()
        if parameter.name != "actor" and parameter.default is inspect.Parameter.empty
    }


def value_of(hint: Any) -> Any:
    kinds = get_args(hint) if get_origin(hint) else ()
    hint = next((kind for kind in kinds if kind is not type(None)), hint) if (
        type(None) in kinds
    ) else hint  # fmt: skip
    kind = get_origin(hint) or hint
    if not isinstance(kind, type):
        raise TypeError(f"no value for {hint}")
    if issubclass(kind, Model):
        return any_row(kind)
    if issubclass(kind, Enum):
        return next(iter(kind))
    if issubclass(kind, Changes):
        return Changes()
    for one, value in (
        (datetime, NINE),
        (date, TODAY),
        (bool, False),
        (int, 1),
        (str, "lời văn"),
        (io.IOBase, io.BytesIO(b"x")),
        (Iterable, []),
    ):
        if issubclass(kind, one):
            return value
    return io.BytesIO(b"x")
