"""The report at the opening: figures of a day, versions, its item, what is carried on."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lantoa.access.vocabulary import Role
from lantoa.conferences.actions import conclusions, opening
from lantoa.conferences.models import Conclusion, OpeningReport
from lantoa.conferences.queries import opening as queries
from lantoa.conferences.vocabulary import (
    AlreadyCarried,
    AlreadyPlaced,
    AlreadyReported,
    ItemKind,
    NotConclusions,
    RemarkedMeanwhile,
)
from lantoa.kernel.refusal import NotPermitted
from lantoa.plans.vocabulary import WorkState
from tests.conferences.facts import facts
from tests.factories import NINE, BodyFactory, MandateFactory, send, sign_in
from tests.factories.conferences import (
    ConferenceFactory,
    VenueFactory,
    chair_of,
    secretary_of,
    speaker_of,
)
from tests.factories.documents import ClauseFactory, PaperFactory
from tests.factories.plans import ObligationFactory, PartyFactory, TaskFactory

pytestmark = pytest.mark.django_db

DUE = date(2026, 3, 1)  # nine days before NINE
LATER = NINE + timedelta(days=1)


@pytest.fixture
def conference():
    return ConferenceFactory()


@pytest.fixture
def clause(conference):
    return ClauseFactory(paper=PaperFactory(issuer=conference.host), heading="Kế hoạch")


def owe(clause, **given):
    party = PartyFactory(task=TaskFactory(clause=clause))
    return ObligationFactory(party=party, **given)


def drafted(conference, clause, at=NINE):
    return opening.draft_opening_report(
        actor=secretary_of(conference), conference=conference, about=clause.paper, at=at
    )


def test_a_report_counts_what_was_done_and_names_who_is_late(conference, clause):
    owe(clause, due_on=DUE, completed_on=DUE, accepted_at=NINE)
    late = owe(clause, due_on=DUE)
    owe(clause, due_on=date(2026, 4, 1))

    report = drafted(conference, clause)

    version = queries.last_version(report)
    (told,) = queries.told(report, version, version.as_of)
    assert told.told.states == {
        WorkState.DONE_IN_TIME: 1,
        WorkState.OVERDUE: 1,
        WorkState.NOT_RECEIVED: 1,
    }
    assert (told.told.done, told.told.overdue, told.told.open) == (1, 1, 1)
    assert dict(told.named)[WorkState.OVERDUE] == [late.party.body]
    assert facts() == ["opening_report_drafted"]


def test_derived_tasks_are_not_counted_and_successors_count_once(conference, clause):
    first = owe(clause, passed_at=NINE)
    taker = PartyFactory(task=TaskFactory(clause=clause, succeeds=first.task))
    ObligationFactory(party=taker, due_on=DUE)
    derived = TaskFactory(
        clause=clause, derived_from=first.task, derived_version=1, origin=first.task
    )
    ObligationFactory(party=PartyFactory(task=derived))

    (told,) = queries.figures_of([clause.pk], NINE.date()).values()

    assert told.states == {WorkState.OVERDUE: 1}
    assert told.bodies == {WorkState.OVERDUE: [taker.body_id]}


def test_each_number_opens_the_list_that_it_counts(client, conference, clause):
    first = owe(clause, due_on=DUE)
    derived = TaskFactory(
        clause=clause, derived_from=first.task, derived_version=1, origin=first.task
    )
    ObligationFactory(party=PartyFactory(task=derived), due_on=DUE)
    report = drafted(conference, clause)
    (told,) = queries.told(report, queries.last_version(report), NINE.date())
    secretary = MandateFactory(role=Role.SECRETARIAT, body=conference.host)
    sign_in(client, secretary)

    (line,) = told.lines
    shown = client.get(line.href).context["listed"]

    assert line.now == shown.paginator.count == 1


def test_an_update_is_a_next_version_and_the_first_one_stays(conference, clause):
    owed = owe(clause, due_on=DUE)
    report = drafted(conference, clause)
    owed.completed_on, owed.accepted_at = date(2026, 3, 11), LATER
    owed.save()

    opening.update_opening_report(
        actor=secretary_of(conference),
        report=report,
        remarks={clause.pk: " Cần đôn đốc. "},
        at=LATER,
    )

    first, second = report.versions.all()
    before, after = (first.content[str(clause.pk)], second.content[str(clause.pk)])
    assert (before["states"], before["remark"]) == ({"overdue": 1}, "")
    assert (after["states"], after["remark"]) == ({"done-late": 1}, "Cần đôn đốc.")


def test_of_two_who_remark_at_once_neither_undoes_the_other(conference, clause):
    other = ClauseFactory(paper=clause.paper)
    owe(clause)
    owe(other)
    report = drafted(conference, clause)

    def remark(first, second):
        opening.update_opening_report(
            actor=secretary_of(conference),
            report=report,
            remarks={clause.pk: first, other.pk: second},
            seen=1,
            at=LATER,
        )

    remark("Đã làm tốt.", "")
    remark("", "Cần đôn đốc.")
    with pytest.raises(RemarkedMeanwhile):
        remark("Còn chậm.", "")

    assert [row.remark for row in report.clauses.all()] == [
        "Đã làm tốt.",
        "Cần đôn đốc.",
    ]
    assert report.versions.count() == 3


def test_a_remark_of_several_lines_can_be_changed(conference, clause):
    owe(clause)
    report = drafted(conference, clause)
    report.clauses.update(remark="Một.\r\nHai.")  # as browsers end their lines

    opening.update_opening_report(
        actor=secretary_of(conference),
        report=report,
        remarks={clause.pk: "Ba."},
        at=LATER,
    )

    assert report.clauses.get().remark == "Ba."


def test_a_report_is_about_conclusions_with_tasks_and_made_once(conference, clause):
    with pytest.raises(NotConclusions):
        drafted(conference, clause)
    owe(clause)
    drafted(conference, clause)
    with pytest.raises(AlreadyReported):
        drafted(conference, clause)


def test_the_report_has_one_item_on_the_agenda(conference, clause):
    owe(clause)
    report = drafted(conference, clause)
    said = {"minutes": 15, "presenter_office": "Cơ quan thường trực", "at": NINE}
    secretary = secretary_of(conference)

    item = opening.place_opening_report(actor=secretary, report=report, **said)

    assert (item.kind, item.minutes) == (ItemKind.REPORT, 15)
    assert str(clause.paper) in item.title
    with pytest.raises(AlreadyPlaced):
        opening.place_opening_report(actor=secretary, report=report, **said)


def test_the_chair_carries_a_clause_over_and_can_confirm_it(conference, clause):
    owe(clause)
    lead, friend = BodyFactory.create_batch(2)
    earlier = Conclusion.objects.create(
        conference=ConferenceFactory(host=conference.host),
        position=1,
        work="Ban hành kế hoạch",
        lead=lead,
        deadline_text="Quý I",
        drafted_by=1,
        confirmed_by=2,
        confirmed_at=NINE,
        clause=clause,
    )
    earlier.coordinating.add(friend)
    report = drafted(conference, clause)
    chair = chair_of(conference)
    (row,) = report.clauses.all()
    said = {"work": "Ban hành kế hoạch", "deadline_text": "Quý II", "due_on": None}

    draft = opening.carry_over(actor=chair, reported=row, at=NINE, **said)

    assert (draft.lead, list(draft.coordinating.all())) == (lead, [friend])
    assert draft.carried_from == row
    assert conclusions.confirm_conclusion(
        actor=chair, conclusion=draft, at=NINE
    ).confirmed
    with pytest.raises(AlreadyCarried):
        opening.carry_over(actor=chair, reported=row, at=NINE, **said)


def test_only_the_desk_makes_reports(conference, clause):
    owe(clause)
    venue = VenueFactory(conference=conference)
    with pytest.raises(NotPermitted):
        opening.draft_opening_report(
            actor=speaker_of(venue), conference=conference, about=clause.paper, at=NINE
        )


def test_delegates_read_a_report_once_it_is_on_the_agenda(client, conference, clause):
    owe(clause)
    venue = VenueFactory(conference=conference)
    report = drafted(conference, clause)
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=venue.body))
    address = reverse("conferences:opening_report", args=[report.pk])

    assert client.get(address).status_code == 404
    opening.place_opening_report(
        actor=secretary_of(conference),
        report=report,
        minutes=15,
        presenter_office="",
        at=NINE,
    )

    assert client.get(address).status_code == 200
    printed = client.get(reverse("conferences:opening_print", args=[report.pk]))
    assert printed.status_code == 200  # a body may owe several, so tasks are counted
    assert "0/1 nhiệm vụ đã hoàn thành" in printed.content.decode()


def test_the_secretariat_drafts_remarks_places_and_carries_on_pages(
    client, conference, clause
):
    owe(clause, due_on=DUE)
    sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=conference.host))
    here = reverse("conferences:opening", args=[conference.pk])
    assert str(clause.paper) in client.get(here).content.decode()

    send(client, here, {"about": clause.paper_id})
    report = OpeningReport.objects.get()
    address = reverse("conferences:opening_report", args=[report.pk])
    send(client, address, {f"nhan-xet-{clause.pk}": "Cần đôn đốc."})
    shown = client.get(address).content.decode()
    assert "Cần đôn đốc." in shown
    assert f"?dieu-khoan={clause.pk}&amp;tinh-trang=overdue" in shown

    send(
        client,
        reverse("conferences:opening_place", args=[report.pk]),
        {"minutes": "15"},
    )
    assert conference.items.get().opening_report == report

    (row,) = report.clauses.all()
    carry = reverse("conferences:opening_carry", args=[row.pk])
    wrong = send(client, carry, {"work": "Ban hành kế hoạch", "deadline_text": ""})
    assert wrong.status_code == 422
    assert "Ban hành kế hoạch" in wrong.content.decode()
    send(
        client,
        carry,
        {"work": "Ban hành", "deadline_text": "Thường xuyên", "due_on": ""},
    )
    assert conference.conclusions.get().work == "Ban hành"


@pytest.mark.parametrize("number", [1, 3])
def test_a_report_takes_the_same_statements_for_any_number_of_clauses(
    conference, django_assert_num_queries, number
):
    paper = PaperFactory(issuer=conference.host)
    for _ in range(number):
        owe(ClauseFactory(paper=paper), due_on=DUE)
    report = opening.draft_opening_report(
        actor=secretary_of(conference), conference=conference, about=paper, at=NINE
    )
    version = queries.last_version(report)
    with django_assert_num_queries(4):
        assert len(queries.told(report, version, version.as_of)) == number
