from functools import partial

import pytest

from lantoa.conferences.actions import rehearsing, venues
from lantoa.conferences.models import Venue
from lantoa.conferences.vocabulary import (
    Check,
    CheckState,
    ConferenceState,
    NothingToInvite,
    NotInvited,
    NotPreparing,
    VenueExists,
    VenueKind,
)
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations.vocabulary import BodyRule
from tests.conferences.facts import facts, last_fact
from tests.factories import NINE, BodyFactory
from tests.factories.conferences import (
    IN_2020,
    TODAY_34,
    ConferenceFactory,
    VenueFactory,
    chair_of,
    secretary_of,
    speaker_of,
)
from tests.organisations.conftest import reference  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("start", "provinces", "ministries"), [(IN_2020, 63, 22), (TODAY_34, 34, 17)]
)
def test_a_rule_gives_every_province_of_the_day_one_venue_and_one_tile(
    start, provinces, ministries
):
    conference = ConferenceFactory(planned_start=start)
    actor = secretary_of(conference)

    for _ in range(2):  # the second time finds nothing to do
        for rule in BodyRule:
            venues.add_venues_by_rule(
                actor=actor, conference=conference, rule=rule, at=NINE
            )

    of = conference.venues.filter
    assert of(kind=VenueKind.PROVINCE).count() == provinces
    assert of(kind=VenueKind.MINISTRY).count() == ministries
    tiles = set(of(kind=VenueKind.PROVINCE).values_list("column", "row"))
    assert len(tiles) == provinces
    assert None not in {place for tile in tiles for place in tile}
    assert facts() == ["venues_added", "venues_added"]


@pytest.mark.usefixtures("reference")
def test_hue_bears_its_name_of_the_day():
    for start, name in [(IN_2020, "Thừa Thiên Huế"), (TODAY_34, "Huế")]:
        conference = ConferenceFactory(planned_start=start)
        venues.add_venues_by_rule(
            actor=secretary_of(conference),
            conference=conference,
            rule=BodyRule.PROVINCES,
            at=NINE,
        )
        assert conference.venues.filter(name=name).count() == 1


def test_bodies_of_a_list_get_venues_once():
    conference = ConferenceFactory()
    bodies = BodyFactory.create_batch(2)
    actor = secretary_of(conference)

    added = venues.add_venues(
        actor=actor, conference=conference, bodies=[*bodies, bodies[0]], at=NINE
    )

    assert [venue.body for venue in added] == bodies
    with pytest.raises(VenueExists):
        venues.add_venues(actor=actor, conference=conference, bodies=bodies, at=NINE)
    assert facts() == ["venues_added"]


def test_a_venue_leaves_the_list_until_the_conference_begins():
    venue = VenueFactory(conference=ConferenceFactory(invited=True))
    begun = VenueFactory()

    venues.remove_venue(actor=secretary_of(venue.conference), venue=venue, at=NINE)

    assert facts() == ["venue_removed"]
    with pytest.raises(NotPreparing):
        venues.remove_venue(actor=secretary_of(begun.conference), venue=begun, at=NINE)
    assert list(Venue.objects.all()) == [begun]


def test_inviting_reaches_those_not_yet_invited():
    conference = ConferenceFactory()
    first, second = VenueFactory.create_batch(2, conference=conference, invited_at=None)
    actor = secretary_of(conference)

    venues.invite(actor=actor, conference=conference, at=NINE)
    late = VenueFactory(conference=conference, invited_at=None)
    venues.invite(actor=actor, conference=conference, at=NINE)
    again = venues.invite(actor=actor, conference=conference, at=NINE)

    assert again.state == ConferenceState.INVITED
    assert facts() == ["venues_invited", "venues_invited"]
    assert last_fact().payload["venue_ids"] == [late.pk]
    assert not conference.venues.filter(invited_at=None).exists()
    assert {first.pk, second.pk, late.pk} == set(
        conference.venues.values_list("pk", flat=True)
    )


def test_nobody_is_invited_to_nothing():
    conference = ConferenceFactory()

    with pytest.raises(NothingToInvite):
        venues.invite(actor=secretary_of(conference), conference=conference, at=NINE)


def test_neither_chair_nor_venue_makes_the_list():
    venue = VenueFactory(conference=ConferenceFactory(invited=True))
    held = venue.conference
    steps = [
        partial(venues.invite, conference=held),
        partial(venues.remove_venue, venue=venue),
        partial(venues.add_venues, conference=held, bodies=[venue.body]),
        partial(venues.add_venues_by_rule, conference=held, rule=BodyRule.MINISTRIES),
    ]

    for actor in (chair_of(held), speaker_of(venue)):
        for step in steps:
            with pytest.raises(NotPermitted):
                step(actor=actor, at=NINE)
    assert facts() == []


def answer(actor, venue, **said):
    given = {
        "room": "Hội trường",
        "lead_office": "Phó Chủ tịch",
        "contact": "Trưởng phòng",
        "technician": "",
        "expected": 20,
        "delegates": ["Giám đốc Sở", " "],
        "delegations": [],
    }
    return venues.answer_invitation(actor=actor, venue=venue, at=NINE, **(given | said))


def test_the_last_answer_counts_as_a_whole():
    venue, district = VenueFactory(), BodyFactory()
    actor = speaker_of(venue)

    answer(
        actor, venue, delegations=[venues.Seat(district, 5), venues.Seat(district, 6)]
    )
    assert [(d.body, d.headcount) for d in venue.delegations.all()] == [(district, 6)]
    answer(actor, venue, room="Phòng khác", expected=9)

    venue.refresh_from_db()
    assert (venue.room, venue.expected, venue.answered_at) == ("Phòng khác", 9, NINE)
    assert [each.office for each in venue.delegates.all()] == ["Giám đốc Sở"]
    assert not venue.delegations.exists()
    assert facts() == ["invitation_answered", "invitation_answered"]


def test_the_secretariat_answers_for_a_venue_but_no_other_venue_does():
    venue = VenueFactory()
    other = VenueFactory(conference=venue.conference)

    answer(secretary_of(venue.conference), venue)

    with pytest.raises(NotPermitted):
        answer(speaker_of(other), venue)


def test_an_uninvited_venue_doesnt_answer():
    venue = VenueFactory(conference=ConferenceFactory(), invited_at=None)

    with pytest.raises(NotInvited):
        answer(speaker_of(venue), venue)


def test_nobody_answers_when_the_conference_is_over():
    venue = VenueFactory(conference=ConferenceFactory(closed=True))

    with pytest.raises(NotPreparing):
        answer(speaker_of(venue), venue)


def test_a_check_is_noted_and_repeating_it_changes_nothing():
    venue = VenueFactory()
    actor = speaker_of(venue)

    for _ in range(2):
        row = venues.check_venue(
            actor=actor, venue=venue, check=Check.SOUND, state=CheckState.FAULT,
            note=" vọng ", at=NINE,
        )  # fmt: skip

    assert (row.state, row.note, row.checked_at) == (CheckState.FAULT, "vọng", NINE)
    assert facts() == ["venue_checked"]


def test_a_rehearsal_is_noted_at_once_with_a_fact_for_each_change():
    venue = VenueFactory()
    results = [rehearsing.CheckResult(check, CheckState.GOOD) for check in Check]

    rehearsing.rehearse_venue(
        actor=secretary_of(venue.conference), venue=venue, results=results[:3], at=NINE
    )
    rehearsing.rehearse_venue(
        actor=secretary_of(venue.conference), venue=venue, results=results, at=NINE
    )

    assert facts() == ["venue_checked"] * len(Check)


def test_another_venue_doesnt_enter_checks():
    venue = VenueFactory()
    other = VenueFactory(conference=venue.conference)

    with pytest.raises(NotPermitted):
        venues.check_venue(
            actor=speaker_of(other), venue=venue, check=Check.SOUND,
            state=CheckState.GOOD, at=NINE,
        )  # fmt: skip
