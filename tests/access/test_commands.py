"""Role × command × state: who is let through to what, generated from every action.

The lines of commands.txt are made here from the registered actions, so that a new
action, a new role or a new state cannot escape: the table no longer agrees, and whoever
wrote it reads the difference before committing it. Write it anew with
COMMANDS=write .venv/bin/pytest tests/access/test_commands.py.

A line is an action, a state of what it is about, and a body by which somebody stands
to it; it lists the roles at that body that are let through, with what came of it:
"ok", or the refusal in that state. Roles that are not listed are not permitted.
"""

import inspect
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, models, transaction

from lantoa.access.models import Mandate
from lantoa.access.roles import ROLES
from lantoa.access.vocabulary import Role
from lantoa.conferences.models import AgendaItem, Conference, RollCall, Turn
from lantoa.conferences.vocabulary import ConferenceState, ItemState, TurnState
from lantoa.identity.models import Person
from lantoa.journal.writing import ACTIONS
from lantoa.kernel.actor import Actor, FixedReach
from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.organisations.models import Body
from lantoa.plans.models import ExtensionRequest, Obligation, Progress, TaskParty
from lantoa.plans.vocabulary import Decision, Verdict
from tests.access.test_actions import FOR_ANYBODY, OURS, arguments
from tests.factories import NINE, TODAY, BodyFactory, PersonFactory
from tests.factories.documents import PaperFactory

TABLE = Path(__file__).with_name("commands.txt")
DEPTH = 3  # foreign keys from an argument to a body
NOWHERE = "elsewhere"
AS_MADE = "-"

_HELD = {"invited_at": NINE, "started_at": NINE}
_DONE = {"completed_on": TODAY, "accepted_at": NINE}
_RUN = {"started_at": NINE, "resumed_at": NINE}
# What a row of a kind is when it is in one of its states.
STATES: dict[type[models.Model], dict[str, dict[str, Any]]] = {
    Conference: {
        ConferenceState.PREPARING: {},
        ConferenceState.INVITED: {"invited_at": NINE},
        ConferenceState.LIVE: _HELD,
        ConferenceState.CLOSED: _HELD | {"ended_at": NINE},
        ConferenceState.CONCLUDED: _HELD | {"ended_at": NINE, "paper": PaperFactory},
    },
    AgendaItem: {
        ItemState.PLANNED: {},
        ItemState.RUNNING: _RUN,
        ItemState.SUSPENDED: {"started_at": NINE},
        ItemState.DONE: {"started_at": NINE, "ended_at": NINE},
        ItemState.SKIPPED: {},
    },
    Turn: dict.fromkeys(TurnState, _RUN),
    Progress: {verdict: {"verdict": verdict, "completes": True} for verdict in Verdict},
    ExtensionRequest: {decision: {"decision": decision} for decision in Decision},
    Obligation: {
        "open": {},
        "done": _DONE,
        "passed": {"passed_at": NINE},
    },
    TaskParty: {
        "silent": {},
        "received": {"received_at": NINE},
        "acknowledged": {"received_at": NINE, "acknowledged_at": NINE},
    },
    RollCall: {"open": {}, "closed": {"closed_at": NINE}},
    Mandate: {
        "in force": {},
        "over": {
            "starts_on": TODAY - timedelta(days=9),
            "ends_on": TODAY - timedelta(days=2),
        },
    },
    Person: {"active": {"is_active": True}, "closed": {"is_active": False}},
}
UNANSWERED = (
    DatabaseError,
    ObjectDoesNotExist,
    LookupError,
    ValueError,
    AttributeError,
    TypeError,
)
_STATED = {"state", "verdict", "decision"}


def test_every_state_of_what_an_action_is_about_is_tried():
    missing = [
        (kind.__name__, field.name, value)
        for kind in {subject_type(name) for name in OURS} & set(STATES)
        for field in kind._meta.concrete_fields
        if field.name in _STATED and field.choices
        for value, _ in field.choices
        if str(value) not in {str(state) for state in STATES[kind]}
    ]
    assert not missing


@pytest.mark.django_db
def test_who_is_let_through_to_what_in_which_state():
    lines = sorted(line for name in OURS for line in lines_of(name))
    if os.environ.get("COMMANDS") == "write":
        TABLE.write_text("\n".join(lines) + "\n")
    written = TABLE.read_text().splitlines()
    assert lines == written, "read the difference, then COMMANDS=write"


def lines_of(name: str) -> Iterator[str]:
    """Yield the lines of one action: for each state, and each way to stand to it."""
    short = name.removeprefix("lantoa.").replace(".actions", "")
    if name in FOR_ANYBODY:
        yield f"{short} | {AS_MADE} | anybody | {FOR_ANYBODY[name]}"
        return
    with transaction.atomic():
        given, person = arguments(name), PersonFactory()
        subject = next((v for v in given.values() if isinstance(v, models.Model)), None)
        for state, stated in states_of(subject):
            for where, body in bodies_of(given):
                let = {}
                for role in Role:
                    actor = somebody(person, role, body)
                    outcome = tried(name, given, actor, stated)
                    if outcome is not None:
                        let[role.value] = outcome
                said = ", ".join(f"{role} {what}" for role, what in let.items())
                if said or where == NOWHERE:
                    yield f"{short} | {state} | {where} | {said or 'nobody'}"
        transaction.set_rollback(True)


def states_of(
    subject: models.Model | None,
) -> Iterator[tuple[str, list[tuple[models.Model, dict[str, Any]]]]]:
    """Yield the states of an object, and those of the conference it belongs to."""
    own = STATES.get(type(subject), {}) if subject is not None else {}
    conference = getattr(subject, "conference", None)
    around = STATES[Conference] if conference is not None else {}
    for state, fields in own.items():
        changes = [(subject, _with_state(subject, state, fields))]
        if conference is not None:
            live = ConferenceState.LIVE
            changes.append((conference, _with_state(conference, live, around[live])))
        yield str(state), changes
    for state, fields in around.items():
        yield (
            f"conference {state}",
            [(conference, _with_state(conference, state, fields))],
        )
    if not own and not around:
        yield AS_MADE, []


def _with_state(
    row: models.Model, state: str, fields: dict[str, Any]
) -> dict[str, Any]:
    named = {field.name for field in row._meta.concrete_fields}
    return fields | ({"state": state} if "state" in named else {})


def bodies_of(given: dict[str, Any]) -> list[tuple[str, Body]]:
    """Return the bodies an action's arguments lead to, by their path, and a stranger."""
    found: dict[int, tuple[str, Body]] = {}
    waiting = [(name, value, 0) for name, value in given.items()]
    while waiting:
        path, value, depth = waiting.pop(0)
        if isinstance(value, Body):
            found.setdefault(value.pk, (path, value))
        elif isinstance(value, models.Model) and depth < DEPTH:
            waiting += [
                (f"{path}.{field.name}", getattr(value, field.name), depth + 1)
                for field in value._meta.concrete_fields
                if isinstance(field, models.ForeignKey)
                and getattr(value, field.attname) is not None
            ]
    return [*found.values(), (NOWHERE, BodyFactory())]


def somebody(person: Person, role: Role, body: Body) -> Actor:
    """Return a person under a role that reaches just one body."""
    grants = {
        capability: None if ways is None else frozenset({body.pk})
        for capability, ways in ROLES[role].items()
    }
    return Actor(
        office="Người thử",
        reach=FixedReach(grants),
        person_id=person.pk,
        mandate_id=1,
        body_id=body.pk,
    )


def tried(
    name: str,
    given: dict[str, Any],
    actor: Actor,
    stated: list[tuple[models.Model, dict[str, Any]]],
) -> str | None:
    """Return what came of it for an actor, None if that is not permitted."""
    before = transaction.savepoint()
    for row, fields in stated:
        values = {name: v() if callable(v) else v for name, v in fields.items()}
        type(row)._default_manager.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
    outcome: str | None = "ok"
    try:
        ACTIONS[name](actor=actor, **given)
    except NotPermitted:
        outcome = None
    except Refused as refused:
        outcome = type(refused).__name__
    except UNANSWERED:
        outcome = "let in"  # the made-up arguments lead no further
    transaction.savepoint_rollback(before)
    for row, _ in stated:
        row.refresh_from_db()
    return outcome


def subject_type(name: str) -> type[models.Model] | None:
    """Return the model of the first row an action takes."""
    hints = inspect.get_annotations(inspect.unwrap(ACTIONS[name]), eval_str=True)
    kinds = [
        hints[each]
        for each in inspect.signature(inspect.unwrap(ACTIONS[name])).parameters
        if each != "actor"
    ]
    return next(
        (k for k in kinds if isinstance(k, type) and issubclass(k, models.Model)), None
    )
