"""What a list of the API shows is exactly what its objects answer for, for everybody.

Every list of the description stands in LISTS with the address of its objects, or in
WITHOUT with the reason why it has none: a new list cannot escape.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lantoa.access.vocabulary import Role
from lantoa.gateway.describing import described
from lantoa.gateway.mounting import api
from tests.factories import MandateFactory, PersonFactory, sign_in
from tests.factories.conferences import ConclusionFactory, ConferenceFactory
from tests.factories.documents import ClauseFactory, PaperFactory
from tests.gateway.rows import numbers

BASE = "/api/v1"


@dataclass(frozen=True)
class Pair:
    """A list, the address of its objects, and where the rows of a list hang."""

    objects: str
    model: str
    parent: str = ""  # ORM path from the row to what the list's address names


LISTS = {
    "/conferences": Pair("/conferences/{}", "conferences.Conference"),
    "/conferences/{conference_id}/items": Pair(
        "/conferences/items/{}", "conferences.AgendaItem", "conference"
    ),
    "/conferences/{conference_id}/venues": Pair(
        "/conferences/venues/{}", "conferences.Venue", "conference"
    ),
    "/conferences/{conference_id}/roll-calls": Pair(
        "/conferences/roll-calls/{}", "conferences.RollCall", "conference"
    ),
    "/conferences/{conference_id}/turns": Pair(
        "/conferences/turns/{}", "conferences.Turn", "conference"
    ),
    "/conferences/{conference_id}/conclusions": Pair(
        "/conferences/conclusions/{}", "conferences.Conclusion", "conference"
    ),
    "/conferences/{conference_id}/opening-reports": Pair(
        "/conferences/opening-reports/{}", "conferences.OpeningReport", "conference"
    ),
    "/tasks": Pair("/tasks/{}", "plans.Task"),
    "/tasks/parts": Pair("/tasks/parts/{}", "plans.TaskParty"),
    "/tasks/obligations": Pair("/tasks/obligations/{}", "plans.Obligation"),
    "/tasks/obligations/{obligation_id}/progress": Pair(
        "/tasks/progress/{}", "plans.Progress", "obligation"
    ),
    "/tasks/obligations/{obligation_id}/extensions": Pair(
        "/tasks/extensions/{}", "plans.ExtensionRequest", "obligation"
    ),
    "/papers": Pair("/papers/{}", "documents.Paper"),
    "/papers/types": Pair("/papers/types/{}", "documents.DocumentType"),
    "/papers/{paper_id}/clauses": Pair(
        "/papers/clauses/{}", "documents.Clause", "paper"
    ),
    "/organisations/units": Pair("/organisations/units/{}", "organisations.Unit"),
    "/organisations/bodies": Pair("/organisations/bodies/{}", "organisations.Body"),
    "/organisations/councils": Pair(
        "/organisations/councils/{}", "organisations.Council"
    ),
    "/organisations/councils/{body_id}/seats": Pair(
        "/organisations/seats/{}", "organisations.CouncilSeat", "council"
    ),
    "/organisations/bodies/{body_id}/superiors": Pair(
        "/organisations/lines/{}", "organisations.ReportsTo", "body"
    ),
    "/organisations/bodies/{body_id}/subordinates": Pair(
        "/organisations/lines/{}", "organisations.ReportsTo", "superior"
    ),
    "/organisations/calendar-days": Pair(
        "/organisations/calendar-days/{}", "organisations.CalendarDay"
    ),
    "/reorganisations": Pair("/reorganisations/{}", "organisations.Reorganisation"),
    "/notices": Pair("/notices/{}", "notices.Notice"),
    "/files": Pair("/files/{}", "files.StoredFile"),
    "/administration/mandates": Pair("/administration/mandates/{}", "access.Mandate"),
    "/administration/people": Pair("/administration/people/{}", "identity.Person"),
    "/mandates": Pair("/mandates/{}", "access.Mandate"),
}
WITHOUT = {
    "/tasks/boards/{paper_id}": "numbers, counted over the list of obligations",
    "/tasks/silent": "groups of obligations, which have their own address",
    "/tasks/to-judge": "a choice of reports and requests, each with its own address",
    "/tasks/{task_id}/versions": "parts of the task",
    "/tasks/obligations/{obligation_id}/milestones": "parts of the obligation",
    "/papers/{paper_id}/versions": "parts of the paper",
    "/papers/{paper_id}/chain": "papers, which have their own address",
    "/organisations/units/{unit_id}/names": "parts of the unit",
    "/organisations/units/{unit_id}/successions": "parts of the unit",
    "/organisations/bodies/{body_id}/successions": "parts of the body",
    "/reorganisations/{reorganisation_id}/changes": "parts of the reorganisation",
}


def listing() -> Iterator[str]:
    for path, operations in described(api)["paths"].items():
        told = operations.get("get", {}).get("responses", {}).get("200", {})
        schema = told.get("content", {}).get("application/json", {}).get("schema", {})
        if schema.get("$ref", "").rpartition("/")[2].startswith("Listed"):
            yield path.removeprefix(BASE)


def test_every_list_has_its_objects_or_says_why_not():
    assert sorted(listing()) == sorted({**LISTS, **WITHOUT})


WHO = ["anonymous", "nobody", *Role.values]
_AT_THE_VENUE = {Role.REPRESENTATIVE, Role.DELEGATE, Role.OFFICER}


class World:
    """Two of everything, some of it hidden, and one person of every kind."""

    def __init__(self) -> None:
        _other, _numbers = numbers()
        _mandate, found = numbers()
        self.found = found | {"body_id": found["council_id"]}
        bodies = apps.get_model("organisations.Body").objects
        host, room = (bodies.get(pk=found[name]) for name in ("host_id", "body_id"))
        hidden = PaperFactory(keeper=host, issuer=host, public=False)
        ClauseFactory(paper=hidden)
        ClauseFactory(paper=PaperFactory(public=False))
        held = ConferenceFactory(host=host, live=True, open_to_public=False)
        ConclusionFactory(conference=held)
        self.clients = {"anonymous": Client(), "nobody": Client()}
        self.clients["nobody"].force_login(PersonFactory())
        for role in Role:
            at = room if role in _AT_THE_VENUE else host
            mandate = MandateFactory(role=role, body=at)
            self.clients[role.value] = sign_in(Client(), mandate)

    def listed(self, who: str, path: str) -> set[int]:
        """Return the numbers that a list shows somebody, over all its pages."""
        shown: list[int] = []
        page: int | None = 1
        while page is not None:
            asked: dict[str, Any] = {"page": page, "limit": 50}
            if path == "/administration/mandates":
                asked["force"] = "now"
            answer = self.clients[who].get(f"{BASE}{path}", asked)
            if answer.status_code != 200:
                return set()
            told = answer.json()
            shown += [each["id"] for each in told["items"]]
            page = told["next"]
        assert len(shown) == len(set(shown)) == told["count"]
        return set(shown)

    def answered(self, who: str, pair: Pair, rows: list[int]) -> set[int]:
        """Return the numbers of *rows* whose object answers somebody."""
        return {pk for pk in rows if self.status(who, pair.objects.format(pk)) == 200}

    def status(self, who: str, path: str) -> int:
        return self.clients[who].get(f"{BASE}{path}").status_code


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(LISTS))
def test_a_list_shows_what_its_objects_answer_for(path, world):
    pair = LISTS[path]
    rows = apps.get_model(pair.model)._default_manager
    held: dict[Any, list[int]] = {}
    parents = rows.values_list("pk", pair.parent) if pair.parent else None
    for pk, parent in parents or (
        (pk, None) for pk in rows.values_list("pk", flat=True)
    ):
        held.setdefault(parent, []).append(pk)
    assert held

    for who in WHO:
        for parent, pks in held.items():
            name = path[path.find("{") : path.find("}") + 1] if "{" in path else "{}"
            shown = world.listed(who, path.replace(name, str(parent)))
            assert shown == world.answered(who, pair, pks), (who, parent)


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted({**LISTS, **WITHOUT}))
def test_a_list_costs_the_same_however_long(path, world):
    client = world.clients["administrator" if "admin" in path else "secretariat"]
    address = BASE + re.sub(r"{(\w+)}", lambda m: str(world.found[m[1]]), path)

    costs = []
    for limit in (1, 50):
        with CaptureQueriesContext(connection) as asked:
            client.get(address, {"limit": limit})
        costs.append(len(asked))

    assert costs[0] == costs[1]
