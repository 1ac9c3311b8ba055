"""One of everything that the API names by number, and who may do everything with it."""

from datetime import date
from typing import Any

from django.apps import apps

from lantoa.access.models import Mandate
from lantoa.access.roles import EVERYWHERE, ROLES
from lantoa.access.vocabulary import Role
from lantoa.conferences.models import OpeningClause, OpeningReport, OpeningVersion
from lantoa.documents.models import PaperVersion
from lantoa.documents.queries import content_of
from lantoa.notices.models import Notice
from lantoa.organisations.models import Council, CouncilSeat, Reorganisation
from lantoa.organisations.vocabulary import SeatRole
from lantoa.plans.models import ExtensionRequest, Milestone, Progress
from lantoa.plans.vocabulary import Verdict
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
from tests.factories.plans import ObligationFactory, PartyFactory, TaskFactory
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
    owed = ObligationFactory(party=party, due_on=date(2026, 6, 30))
    said = {"obligation": owed, "office": "Chuyên viên", "at": NINE}
    report = OpeningReport.objects.create(
        conference=conference, about=paper, drafted_by=mandate.person_id
    )
    OpeningVersion.objects.create(
        report=report, number=1, as_of=NINE.date(), content={}, office="Thư ký", at=NINE
    )
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
        "obligation_id": owed.pk,
        "milestone_id": Milestone.objects.create(
            obligation=owed, position=1, title="Dự thảo", product="Dự thảo kế hoạch"
        ).pk,
        "progress_id": Progress.objects.create(
            **said, text="Đã ban hành", completes=True, verdict=Verdict.PENDING
        ).pk,
        "extension_id": ExtensionRequest.objects.create(
            **said, asked_due_on=date(2026, 9, 30), reason="Chờ hướng dẫn"
        ).pk,
        "report_id": report.pk,
        "reported_id": OpeningClause.objects.create(report=report, clause=clause).pk,
        "reorganisation_id": Reorganisation.objects.create(
            title="Sắp xếp", basis="Nghị quyết", effective_on=date(2027, 1, 1)
        ).pk,
        "calendar_day_id": any_row(apps.get_model("organisations.CalendarDay")).pk,
        "notice_id": Notice.objects.create(
            person=mandate.person,
            kind="plans.overdue",
            subject=f"obligation:{owed.pk}",
            occasion="x",
            href="/nhiem-vu/",
            words="Quá hạn",
            created_at=NINE,
        ).pk,
        "host_id": host.pk,
    }
    ConferenceFactory(host=host)
    return mandate, found
