"""Every address of ours, for every role: who gets which class of answer.

The expected answers stand in matrix.txt, one line an address: its name, the answers to
GET, the answers to POST (a command that says nothing), in the order of WHO. A new view
has no line and fails here; write the lines anew by MATRIX=write, and read the difference
before you keep it.
"""

import os
import re
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lantoa.access.vocabulary import Role
from lantoa.conferences.models import OpeningClause, OpeningReport, OpeningVersion
from lantoa.organisations.models import Council, CouncilSeat, ReportsTo
from lantoa.plans.models import ExtensionRequest, Progress
from lantoa.plans.vocabulary import Verdict
from tests.factories import (
    NINE,
    TODAY,
    BodyFactory,
    MandateFactory,
    PersonFactory,
    below,
    sign_in,
)
from tests.factories.conferences import (
    ConclusionFactory,
    ItemFactory,
    RollCallFactory,
    TurnFactory,
    VenueFactory,
)
from tests.factories.documents import ClauseFactory, PaperFactory
from tests.factories.organisations import ProvinceFactory
from tests.factories.plans import ObligationFactory, PartyFactory, TaskFactory
from tests.kernel.rows import any_row

TABLE = Path(__file__).with_name("matrix.txt")
WHO = ["anonymous", "nobody", *Role.values]
ANSWERS = {
    "o": "the page, or done",
    "l": "sign in first",
    "r": "led elsewhere",
    "?": "asked what was meant",
    "x": "not permitted",
    "-": "not there for you",
    ".": "not by this method",
    "c": "not now",
}
CODES = {200: "o", 201: "o", 204: "o", 400: "?", 415: "?", 422: "?", 401: "l",
         403: "x", 404: "-", 405: ".", 409: "c"}  # fmt: skip


def addresses(resolver: URLResolver, space: str = "", route: str = ""):
    for each in resolver.url_patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", here, each.callback
        else:
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from addresses(each, space + inner, here)


ADDRESSES = {
    name: route
    for name, route, view in addresses(get_resolver())
    if view.__module__.startswith("lantoa.") or name.startswith("api:")
}


def expected() -> dict[str, tuple[str, str]]:
    rows = (line.split() for line in TABLE.read_text().splitlines())
    return {row[0]: (row[1], row[2]) for row in rows if row and row[0] in ADDRESSES}


def test_every_address_has_its_line_and_every_line_its_address():
    if os.environ.get("MATRIX") == "write":
        pytest.skip("the lines are being written")
    lines = [line.split()[0] for line in TABLE.read_text().splitlines()[1:]]

    assert lines == sorted(ADDRESSES)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_who_gets_what(name, world):
    url = world.address(ADDRESSES[name])
    got = (
        "".join(letter(world, who, "get", url) for who in WHO),
        "".join(letter(world, who, "post", url) for who in WHO),
    )
    if os.environ.get("MATRIX") == "write":
        write(name, got)
        return

    assert got == expected()[name]


def letter(world: "World", who: str, method: str, url: str) -> str:
    """Return the class of an answer; what the request did is taken back."""
    with transaction.atomic():
        response = world.ask(who, method, url)
        transaction.set_rollback(True)
    if response.status_code in {301, 302}:
        return "l" if "/tai-khoan/login/" in response.headers["Location"] else "r"
    return CODES[response.status_code]


def write(name: str, got: tuple[str, str]) -> None:
    lines = TABLE.read_text().splitlines()[1:] if TABLE.exists() else []
    rows = {line.split()[0]: line for line in lines if line.split()[0] in ADDRESSES}
    rows[name] = f"{name:34} {got[0]} {got[1]}"
    head = f"# GET and POST for: {' '.join(WHO)}"
    TABLE.write_text("\n".join([head, *(rows[n] for n in sorted(rows))]) + "\n")


class World:
    """One of everything, and one person of every kind."""

    def __init__(self) -> None:
        host, room = BodyFactory(), BodyFactory()
        line = below(host)
        venue = VenueFactory(conference__host=host, body=room)
        conference = venue.conference
        turn = TurnFactory(venue=venue)
        roll_call = RollCallFactory(conference=conference)
        paper = PaperFactory(keeper=host, public=False)
        clause = ClauseFactory(paper=paper)
        task = TaskFactory(clause=clause, dispatcher=host)
        party = PartyFactory(task=task, body=room)
        owed = ObligationFactory(party=party, due_on=date(2030, 1, 1))
        told = {"obligation": owed, "office": "Cán bộ", "at": NINE}
        progress = Progress.objects.create(
            **told, text="Xong", completes=True, verdict=Verdict.PENDING
        )
        extension = ExtensionRequest.objects.create(
            **told, asked_due_on=date(2030, 2, 1), reason="Cần thêm thời gian"
        )
        report = OpeningReport.objects.create(
            conference=conference, about=paper, drafted_by=1
        )
        reported = OpeningClause.objects.create(report=report, clause=clause)
        OpeningVersion.objects.create(
            report=report, number=1, as_of=TODAY, content={}, office="Thư ký", at=NINE
        )
        council = BodyFactory(kind="council")
        Council.objects.create(body=council, level="central")
        seat = CouncilSeat.objects.create(
            council_id=council.pk, role="member", body=room, office="Ủy viên"
        )
        file = any_row(type_of("files.StoredFile"))
        file.owner = host.pk
        file.save()
        mandate = MandateFactory(body=room)
        self.values = {
            "body_id": council.pk,
            "calendar_day_id": any_row(type_of("organisations.CalendarDay")).pk,
            "clause_id": clause.pk,
            "conclusion": ConclusionFactory(conference=conference).pk,
            "file_id": file.pk,
            "item": ItemFactory(conference=conference).pk,
            "item_pk": ItemFactory(conference=conference).pk,
            "label": clause.label,
            "line_id": ReportsTo.objects.get(body=line).pk,
            "mandate_id": mandate.pk,
            "code": "en",
            "job_id": 1,
            "kind": "merger",
            "name": "xa",
            "noun": "body",
            "notice_id": any_row(type_of("notices.Notice")).pk,
            "number": 1,
            "paper_id": paper.pk,
            "party_id": party.pk,
            "person_id": mandate.person_id,
            "pk": conference.pk,
            "seat_id": seat.pk,
            "task_id": task.pk,
            "turn": turn.pk,
            "turn_pk": turn.pk,
            "unit_id": ProvinceFactory().pk,
            "venue": venue.pk,
            "venue_pk": venue.pk,
            "conclusion_id": ConclusionFactory(conference=conference).pk,
            "conference_id": conference.pk,
            "item_id": ItemFactory(conference=conference).pk,
            "roll_call_id": roll_call.pk,
            "token_id": any_row(type_of("gateway.AccessToken")).pk,
            "turn_id": turn.pk,
            "type_id": paper.type_id,
            "venue_id": venue.pk,
            "extension_id": extension.pk,
            "obligation_id": owed.pk,
            "progress_id": progress.pk,
            "reorganisation_id": any_row(type_of("organisations.Reorganisation")).pk,
            "report_id": report.pk,
            "reported_id": reported.pk,
            "request_id": extension.pk,
            "room": room.pk,
            "host": host.pk,
        }
        self.clients = {"anonymous": Client(), "nobody": Client()}
        self.clients["nobody"].force_login(PersonFactory())
        for role in Role:
            at = room if role in _AT_THE_VENUE else host
            self.clients[role.value] = sign_in(
                Client(), MandateFactory(role=role, body=at)
            )

    def address(self, route: str) -> str:
        """Return *route* with every parameter filled in."""
        route = re.sub(r"(chuong-trinh|items)/<int:pk>", r"\1/{item}", route)
        route = re.sub(r"(ket-luan|conclusions)/<int:pk>", r"\1/{conclusion}", route)
        route = re.sub(
            r"bao-cao-mo-dau/muc/<int:pk>", "bao-cao-mo-dau/muc/{reported_id}", route
        )
        route = re.sub(r"bao-cao-mo-dau/<int:pk>", "bao-cao-mo-dau/{report_id}", route)
        route = re.sub(r"turns/<int:pk>", "turns/{turn}", route)
        route = re.sub(r"venues/<int:pk>", "venues/{venue}", route)
        route = re.sub(r"tasks/of/<int:body_id>", "tasks/of/{room}", route)
        route = re.sub(r"<str:noun>/<int:pk>", "body/{host}", route)
        route = re.sub(r"muc/<int:item_pk>/<slug:verb>", "muc/{item_pk}/bat-dau", route)
        route = re.sub(r"luot/<int:turn_pk>/<slug:verb>", "luot/{turn_pk}/moi", route)
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route).format(**self.values)

    def ask(self, who: str, method: str, url: str) -> HttpResponse:
        """Return the answer to somebody; a POST is a command with a key."""
        client = self.clients[who]
        headers = {"Idempotency-Key": uuid4().hex} if method == "post" else {}
        if url.startswith("/api/") and method == "post":
            answer = client.post(url, "{}", "application/json", headers=headers)
        else:
            answer = getattr(client, method)(url, headers=headers)
        for let_go in answer._resource_closers:  # what is streamed holds a file
            let_go()
        return answer


_AT_THE_VENUE = {Role.REPRESENTATIVE, Role.DELEGATE, Role.OFFICER}


def type_of(label: str):
    from django.apps import apps

    return apps.get_model(label)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
