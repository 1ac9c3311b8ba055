"""One of everything that the API names by number, and who may do everything with it."""

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from lantoa.access.models import Mandate
from lantoa.access.roles import EVERYWHERE, ROLES
from lantoa.access.vocabulary import Role
from lantoa.documents.models import PaperVersion
from lantoa.documents.queries import content_of
from lantoa.organisations.models import Council, CouncilSeat
from lantoa.organisations.vocabulary import SeatRole
from tests.factories import NINE, BodyFactory, MandateFactory
from tests.factories.conferences import (
    ConclusionFactory,
    ConferenceFactory,
    ItemFactory,
    RollCallFactory,
    TurnFactory,
    VenueFactory,
)
from tests.factories.documents import ClauseFactory, PaperFactory
from tests.factories.organisations import ProvinceFactory, ReportsToFactory
from tests.factories.plans import PartyFactory, TaskFactory
from tests.kernel.rows import any_row

CAPABILITIES = sorted({name for held in ROLES.values() for name in held})


def grant_everything(monkeypatch: Any) -> None:
    """Let the secretariat do everything, everywhere, for the length of a test."""
    every = dict.fromkeys(CAPABILITIES, EVERYWHERE)
    monkeypatch.setitem(ROLES, Role.SECRETARIAT, every)


def numbers() -> tuple[Mandate, dict[str, int]]:
    """Make one of everything; return who acts, and the number for each name."""
    host, room = BodyFactory(), BodyFactory()
    mandate = MandateFactory(role=Role.SECRETARIAT, body=host)
    other = MandateFactory(role=Role.OFFICER, body=room)
    venue = VenueFactory(conference__host=host, body=room)
    conference = venue.conference
    paper = PaperFactory(keeper=host, issuer=host)
    clause = ClauseFactory(paper=paper)
    PaperVersion.objects.create(
        paper=paper, number=1, content=content_of(paper), office="Thư ký", at=NINE
    )
    party = PartyFactory(task=TaskFactory(clause=clause, dispatcher=host), body=host)
    council = Council.objects.create(body=BodyFactory(kind="council"), level="central")
    seat = CouncilSeat.objects.create(
        council=council, role=SeatRole.MEMBER, body=room, office="Ủy viên"
    )
    file = any_row(apps.get_model("files.StoredFile"))
    file.owner = host.pk
    file.save()
    found = {
        "conference_id": conference.pk,
        "venue_id": venue.pk,
        "item_id": ItemFactory(conference=conference).pk,
        "turn_id": TurnFactory(venue=venue).pk,
        "roll_call_id": RollCallFactory(conference=conference).pk,
        "conclusion_id": ConclusionFactory(conference=conference).pk,
        "paper_id": paper.pk,
        "clause_id": clause.pk,
        "type_id": paper.type_id,
        "unit_id": ProvinceFactory().pk,
        "body_id": room.pk,
        "council_id": council.pk,
        "seat_id": seat.pk,
        "line_id": ReportsToFactory(body=room, superior=host).pk,
        "file_id": file.pk,
        "mandate_id": other.pk,
        "person_id": other.person_id,
        "task_id": party.task_id,
        "party_id": party.pk,
        "host_id": host.pk,
    }
    ConferenceFactory(host=host)
    return mandate, found


def in_a_year() -> date:
    """Return a day on which a token of today may still open."""
    return timezone.localdate() + timedelta(days=300)
