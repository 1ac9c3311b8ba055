from datetime import date

import pytest
from django.db import IntegrityError, transaction

from lantoa.access.models import Mandate
from lantoa.access.reach import actor_under
from lantoa.access.vocabulary import Role
from lantoa.conferences.actions import conclusions
from lantoa.conferences.models import Conclusion
from lantoa.conferences.vocabulary import (
    AlreadyIssued,
    ClauseIncomplete,
    ConferenceState,
    NotConfirmed,
    NotYetHeld,
    TwoPeopleNeeded,
)
from lantoa.documents.models import Paper
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations.vocabulary import BodyKind, BodyRule
from lantoa.plans.models import Task, TaskParty
from lantoa.plans.vocabulary import DayOutOfReach, PartyRole, Recurrence
from tests.conferences.facts import facts
from tests.factories import NINE, BodyFactory, MandateFactory
from tests.factories.conferences import (
    ConclusionFactory,
    ConferenceFactory,
    VenueFactory,
    chair_of,
    secretary_of,
    speaker_of,
)
from tests.factories.documents import DocumentTypeFactory, PaperFactory

pytestmark = pytest.mark.django_db


def words(**said):
    given = {
        "heading": "Ban hành kế hoạch",
        "work": "Ban hành kế hoạch năm 2021.",
        "lead": None,
        "lead_rule": BodyRule.PROVINCES,
        "coordinating": [],
        "deadline_text": "Quý I",
        "due_on": date(2021, 3, 31),
        "product": "Kế hoạch",
        "at": NINE,
    }
    return given | said


def draft(conference, actor=None, **said):
    return conclusions.draft_conclusion(
        actor=actor or secretary_of(conference), conference=conference, **words(**said)
    )


@pytest.fixture
def conference():
    return ConferenceFactory(live=True, host__kind=BodyKind.COUNCIL)


def test_a_draft_with_a_mistyped_year_is_refused(conference):
    with pytest.raises(DayOutOfReach):
        draft(conference, due_on=date(2202, 3, 31))

    assert not Conclusion.objects.exists()


def test_a_draft_waits_for_the_chair(conference):
    helper = BodyFactory()
    actor = secretary_of(conference)

    drafted = draft(conference, actor, coordinating=[helper])
    second = draft(conference, actor, lead=BodyFactory(), lead_rule=None)

    assert (drafted.position, second.position) == (1, 2)
    assert (drafted.drafted_by, drafted.confirmed) == (actor.person_id, False)
    assert list(drafted.coordinating.all()) == [helper]
    assert facts() == ["conclusion_drafted"] * 2


@pytest.mark.parametrize(
    "said",
    [
        {"work": "  "},
        {"deadline_text": ""},
        {"lead_rule": None},
    ],
)
def test_a_draft_says_work_lead_and_deadline(conference, said):
    with pytest.raises(ClauseIncomplete):
        draft(conference, **said)


def test_a_draft_has_one_lead_or_a_rule_not_both(conference):
    with pytest.raises(ClauseIncomplete):
        draft(conference, lead=BodyFactory())


def test_neither_chair_nor_venue_drafts(conference):
    venue = VenueFactory(conference=conference)

    for actor in (chair_of(conference), speaker_of(venue)):
        with pytest.raises(NotPermitted):
            draft(conference, actor)


def test_the_chair_confirms_and_gives_back(conference):
    drafted = draft(conference)
    chair = chair_of(conference)

    for _ in range(2):
        confirmed = conclusions.confirm_conclusion(
            actor=chair, conclusion=drafted, at=NINE
        )
    assert (confirmed.confirmed_by, confirmed.confirmed_at) == (chair.person_id, NINE)
    for _ in range(2):
        returned = conclusions.return_conclusion(
            actor=chair, conclusion=drafted, at=NINE
        )

    assert not returned.confirmed
    assert facts() == [
        "conclusion_drafted", "conclusion_confirmed", "conclusion_returned",
    ]  # fmt: skip


def test_two_people_make_a_conclusion(conference):
    """Somebody with both mandates drafts under one and may not confirm under the other."""
    secretariat = MandateFactory(role=Role.SECRETARIAT, body=conference.host)
    chair = MandateFactory(
        role=Role.CHAIR, body=conference.host, person=secretariat.person
    )
    drafted = draft(conference, actor_under(secretariat))

    with pytest.raises(TwoPeopleNeeded):
        conclusions.confirm_conclusion(
            actor=actor_under(chair), conclusion=drafted, at=NINE
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Conclusion.objects.update(confirmed_by=chair.person_id, confirmed_at=NINE)
    assert Mandate.objects.count() == 2


def test_the_secretariat_doesnt_confirm(conference):
    drafted = draft(conference)

    for step in (conclusions.confirm_conclusion, conclusions.return_conclusion):
        with pytest.raises(NotPermitted):
            step(actor=secretary_of(conference), conclusion=drafted, at=NINE)


def test_whoever_revises_is_the_author_and_the_chair_looks_again(conference):
    drafted = draft(conference)
    conclusions.confirm_conclusion(
        actor=chair_of(conference), conclusion=drafted, at=NINE
    )
    editor, lead = secretary_of(conference), BodyFactory()

    revised = conclusions.revise_conclusion(
        actor=editor, conclusion=drafted, **words(lead=lead, lead_rule=None)
    )

    assert (revised.lead, revised.lead_rule, revised.confirmed) == (lead, "", False)
    assert revised.drafted_by == editor.person_id
    with pytest.raises(ClauseIncomplete):
        conclusions.revise_conclusion(
            actor=editor, conclusion=drafted, **words(work="")
        )


def test_a_draft_is_dropped_by_the_secretariat_only(conference):
    drafted = draft(conference)

    with pytest.raises(NotPermitted):
        conclusions.remove_conclusion(
            actor=chair_of(conference), conclusion=drafted, at=NINE
        )
    conclusions.remove_conclusion(
        actor=secretary_of(conference), conclusion=drafted, at=NINE
    )

    assert not Conclusion.objects.exists()
    assert facts() == ["conclusion_drafted", "conclusion_removed"]


def confirmed(conference, **given):
    return ConclusionFactory(
        conference=conference, confirmed_by=2_000_000, confirmed_at=NINE, **given
    )


def issue(conference, actor=None):
    return conclusions.issue_conclusions(
        actor=actor or chair_of(conference), conference=conference, at=NINE
    )


@pytest.fixture
def notice_type():
    return DocumentTypeFactory()


def test_issuing_makes_a_paper_with_its_clauses_and_a_task_for_each_lead(
    conference, notice_type
):
    directive, helper = PaperFactory(), BodyFactory()
    conference.directives.create(paper=directive)
    first = confirmed(conference, due_on=date(2026, 6, 30), product="Kế hoạch")
    second = confirmed(conference, deadline_text="thường xuyên", heading="")
    second.coordinating.set([helper])

    issued = issue(conference)

    paper = issued.paper
    assert paper.code == "01/TB-HĐPH"
    assert paper.summary.startswith("Kết luận của chủ trì tại hội nghị trực tuyến")
    assert list(paper.implements.all()) == [directive]
    assert [clause.text for clause in paper.clauses.order_by("position")] == [
        (
            f"{first.work}\nChủ trì: {first.lead}; Thời hạn: {first.deadline_text}; "
            "Sản phẩm, kết quả: Kế hoạch."
        ),
        (
            f"{second.work}\nChủ trì: {second.lead}; Phối hợp: {helper}; "
            "Thời hạn: thường xuyên."
        ),
    ]
    one, two = Task.objects.order_by("pk")
    assert (one.clause.label, one.due_on, one.product) == (
        "1", date(2026, 6, 30), "Kế hoạch",
    )  # fmt: skip
    assert (two.recurrence, two.topic) == (Recurrence.CONTINUOUS, conference.topic)
    roles = {party.body: party.role for party in two.parties.all()}
    assert roles == {second.lead: PartyRole.LEAD, helper: PartyRole.COORDINATING}
    assert facts() == ["conclusions_issued"]


def test_a_lead_that_also_coordinates_is_its_lead_only(conference, notice_type):
    both = BodyFactory()
    confirmed(conference, lead=both).coordinating.set([both])

    issue(conference)

    assert TaskParty.objects.get().role == PartyRole.LEAD


def test_a_live_conference_is_concluded_when_it_closes(conference, notice_type):
    confirmed(conference)

    assert issue(conference).state == ConferenceState.LIVE


def test_a_closed_conference_is_concluded_at_once(notice_type):
    conference = ConferenceFactory(closed=True)
    confirmed(conference)

    assert issue(conference).state == ConferenceState.CONCLUDED


def test_the_secretariat_issues_what_the_chair_confirmed(conference, notice_type):
    confirmed(conference)

    assert issue(conference, secretary_of(conference)).paper is not None


def test_nothing_or_an_unconfirmed_conclusion_is_not_issued(conference, notice_type):
    with pytest.raises(NotConfirmed):
        issue(conference)
    confirmed(conference)
    ConclusionFactory(conference=conference)
    with pytest.raises(NotConfirmed):
        issue(conference)
    assert not Paper.objects.exists()


def test_conclusions_come_after_the_beginning(notice_type):
    conference = ConferenceFactory(invited=True)
    confirmed(conference)

    with pytest.raises(NotYetHeld):
        issue(conference)


def test_a_venue_doesnt_issue(conference, notice_type):
    confirmed(conference)
    venue = VenueFactory(conference=conference)

    with pytest.raises(NotPermitted):
        issue(conference, speaker_of(venue))


def test_what_was_issued_stands(conference, notice_type):
    drafted = confirmed(conference)
    issue(conference)
    by = {"actor": secretary_of(conference), "conclusion": drafted}

    for step in (
        lambda: issue(conference),
        lambda: draft(conference),
        lambda: conclusions.revise_conclusion(**by, **words()),
        lambda: conclusions.remove_conclusion(**by, at=NINE),
    ):
        with pytest.raises(AlreadyIssued):
            step()
    assert Paper.objects.count() == 1


def test_there_is_no_paper_without_its_tasks(conference, notice_type):
    """A rule that names nobody leaves no order to dispatch, and so no paper either."""
    confirmed(conference, lead=None, lead_rule=BodyRule.MINISTRIES)

    with pytest.raises(Exception, match="cơ quan nào chủ trì"):
        issue(conference)

    conference.refresh_from_db()
    assert conference.paper is None
    assert not Paper.objects.exists()
