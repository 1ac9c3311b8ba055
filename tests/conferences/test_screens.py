"""The fragments of the live screens: what each says, to whom, at which cost."""

import re
from datetime import timedelta

import pytest
from django.test import RequestFactory

from lantoa.conferences.actions import agenda, floor, lines, rollcall, running
from lantoa.conferences.models import RollCall, Venue
from lantoa.conferences.vocabulary import (
    ItemState,
    LineState,
    Presence,
    RequestClass,
    TurnState,
)
from lantoa.conferences.web import maps
from lantoa.live.fragments import Viewer, families
from lantoa.live.pages import screen
from tests.factories import NINE
from tests.factories.conferences import (
    ConferenceFactory,
    ItemFactory,
    TurnFactory,
    VenueFactory,
    chair_of,
    secretary_of,
    speaker_of,
)
from tests.organisations.conftest import reference  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

EVERYBODY = {
    "tile": 3,
    "attendance": 1,
    "speaker": 3,
    "item": 2,
    "agenda": 2,
    "roll-call": 1,
    "news": 3,
}
FOLLOWING = {"queue": 1}
DESK = {
    "state-desk": 1,
    "agenda-desk": 2,
    "floor-desk": 4,
    "queue-desk": 3,
    "roll-desk": 4,
    "lines-desk": 1,
    "conclusions-desk": 2,
}


@pytest.fixture
def conference():
    return ConferenceFactory(live=True)


def shown(conference, family, authority="public", part=0):
    """Return the HTML of one fragment, as the hub renders it."""
    found = families(conference.topic, authority, [family])
    assert found, f"{authority} may not have {family}"
    pieces = found[0].pieces(conference.pk, None, Viewer(authority))
    return pieces[f"{family}-{part}" if part else family].html


def words(html):
    """Return the text of HTML, its white space evened."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def crowd(conference, number):
    """Make so many venues, each waiting for the floor, one with its line lost."""
    for _ in range(number):
        TurnFactory(venue=VenueFactory(conference=conference))
        ItemFactory(conference=conference)
    Venue.objects.filter(conference=conference).update(presence=Presence.PRESENT)
    Venue.objects.filter(pk=conference.venues.first().pk).update(
        line=LineState.LOST, line_changed_at=NINE
    )
    RollCall.objects.create(conference=conference, number=1, opened_at=NINE)


@pytest.mark.parametrize("number", [3, 63])
@pytest.mark.parametrize(
    ("family", "authority", "queries"),
    [(name, "public", count) for name, count in (EVERYBODY | FOLLOWING).items()]
    + [(name, "chair", count) for name, count in DESK.items()],
)
def test_a_family_costs_the_same_queries_with_3_venues_and_with_63(
    conference, number, family, authority, queries, django_assert_num_queries
):
    crowd(conference, number)
    found = families(conference.topic, authority, [family])[0]

    with django_assert_num_queries(queries):
        found.pieces(conference.pk, None, Viewer(authority))


@pytest.mark.parametrize("authority", ["public", "delegate", "venue"])
def test_the_levers_are_for_chair_and_secretariat_only(conference, authority):
    mine = {family.name for family in families(conference.topic, authority)}
    theirs = {family.name for family in families(conference.topic, "secretariat")}

    assert not mine & set(DESK)
    assert set(DESK) < theirs


def test_what_the_chair_sees_holds_no_token_and_no_form(conference):
    crowd(conference, 3)
    html = "".join(shown(conference, family, "chair") for family in DESK)

    assert 'form="lenh"' in html
    assert "<form" not in html
    assert "csrfmiddlewaretoken" not in html


def test_a_tile_says_its_state_in_words_and_its_place(conference):
    first, second = VenueFactory.create_batch(2, conference=conference)
    actor = speaker_of(second)
    floor.ask_for_floor(
        actor=speaker_of(first),
        venue=first,
        klass=RequestClass.GENERAL,
        topic="Một",
        at=NINE,
    )
    rollcall.confirm_presence(actor=actor, venue=second, headcount=24, at=NINE)
    floor.ask_for_floor(
        actor=actor, venue=second, klass=RequestClass.GENERAL, topic="Hai", at=NINE
    )

    html = shown(conference, "tile", part=second.pk)

    assert 'data-state="queued" data-place="2"' in html
    assert words(html) == "Chờ phát biểu, thứ 2, 24 người"


def test_a_tile_knows_the_latest_roll_call_it_answered(conference):
    venue = VenueFactory(conference=conference)
    chair = chair_of(conference)
    for number in (1, 2):
        roll_call = rollcall.open_roll_call_round(
            actor=chair, conference=conference, at=NINE
        )
        rollcall.confirm_presence(
            actor=speaker_of(venue), venue=venue, headcount=20, at=NINE
        )
        html = shown(conference, "tile", part=venue.pk)
        assert f'data-round="{number}"' in html
        rollcall.close_roll_call(actor=chair, roll_call=roll_call, at=NINE)


def test_one_answer_touches_one_tile(conference):
    venue = VenueFactory(conference=conference)
    found = families(conference.topic, "public", ["tile"])[0]
    said = {
        "conference_id": conference.pk,
        "venue_id": venue.pk,
        "headcount": 3,
        "roll_call_id": None,
    }

    parts = found.parts_touched("conferences.presence_confirmed", said)

    assert parts == {venue.pk}


def test_a_roll_call_of_63_stays_small_for_a_venue(conference):
    venues = VenueFactory.create_batch(63, conference=conference)
    Venue.objects.update(presence=Presence.PRESENT, headcount=45)

    tiles = [shown(conference, "tile", "venue", part=each.pk) for each in venues[:1]]
    attendance = shown(conference, "attendance", "venue")

    # One answer sends a tile and the figures; JSON and framing add some ninety bytes.
    assert 63 * (len(tiles[0].encode()) + len(attendance.encode()) + 90) < 20_000


def test_the_queue_is_the_same_on_every_screen(conference):
    for _ in range(12):
        TurnFactory(venue=VenueFactory(conference=conference))
    order = re.compile(r'data-order="(\w+)"')

    public = shown(conference, "queue")
    desk = shown(conference, "queue-desk", "chair")

    assert order.search(public)[1] == order.search(desk)[1]
    assert public.count("<li") == 8
    assert "và 4 lượt đăng ký nữa" in public
    assert desk.count("<li") == 12


def test_levers_place_a_turn_within_its_class(conference):
    technical = TurnFactory(
        venue=VenueFactory(conference=conference), klass=RequestClass.TECHNICAL
    )
    turns = [TurnFactory(venue=VenueFactory(conference=conference)) for _ in range(2)]

    html = shown(conference, "queue-desk", "chair")

    assert f'id="up-{technical.pk}"' not in html
    assert f'id="up-{turns[0].pk}"' not in html
    assert f'id="down-{turns[0].pk}"' in html
    assert f'id="up-{turns[1].pk}"' in html
    assert f'id="down-{turns[1].pk}"' not in html


def test_the_speaker_stands_with_a_clock_that_travels_as_an_instant(conference):
    turn = TurnFactory(venue__conference=conference, venue__name="Lạng Sơn")
    floor.give_floor(actor=chair_of(conference), turn=turn, minutes=7, at=NINE)

    html = shown(conference, "speaker")

    assert f'data-venue="{turn.venue_id}" data-state="speaking"' in html
    assert "Điểm cầu Lạng Sơn" in html
    assert 'limit="420"' in html
    assert re.search(r'from="[^"]+T[^"]+"', html)
    assert html == shown(conference, "speaker")


def test_a_paused_clock_stands(conference):
    turn = TurnFactory(venue__conference=conference)
    chair = chair_of(conference)
    floor.give_floor(actor=chair, turn=turn, at=NINE)
    floor.pause_floor(actor=chair, turn=turn, at=NINE + timedelta(seconds=90))

    html = shown(conference, "speaker")

    assert 'paused accumulated="90"' in html
    assert "from=" not in html


def test_a_lost_speaker_gives_the_chair_the_choice(conference):
    turn = TurnFactory(venue__conference=conference)
    floor.give_floor(actor=chair_of(conference), turn=turn, at=NINE)
    lines.set_line(
        actor=secretary_of(conference),
        venue=turn.venue,
        line=LineState.LOST,
        heard=NINE,
        at=NINE,
    )

    desk = shown(conference, "floor-desk", "chair")

    assert 'data-state="lost"' in desk
    assert 'id="lever-resume"' in desk
    assert 'id="lever-pass"' in desk
    assert 'data-state="lost"' in shown(conference, "speaker")
    assert turn.venue.name in shown(conference, "lines-desk", "chair")


def test_the_agenda_shows_planned_against_actual(conference):
    item = ItemFactory(conference=conference, minutes=20)
    chair = chair_of(conference)
    agenda.start_item(actor=chair, item=item, at=NINE + timedelta(minutes=5))
    agenda.finish_item(actor=chair, item=item, at=NINE + timedelta(minutes=17))

    said = words(shown(conference, "agenda"))

    assert "20′" in said
    assert "thực tế 12′" in said


def test_the_running_item_can_be_suspended_and_the_next_started(conference):
    first, second = ItemFactory.create_batch(2, conference=conference)
    agenda.start_item(actor=chair_of(conference), item=first, at=NINE)

    html = shown(conference, "agenda-desk", "secretariat")

    assert f"/muc/{first.pk}/tam-dung/" in html
    assert f"/muc/{second.pk}/bat-dau/" in html
    assert first.state == ItemState.PLANNED  # the row in hand is not the one written
    assert second.title in shown(conference, "item")


def test_news_is_who_speaks_or_the_roll_call_and_nothing_that_ticks(conference):
    assert words(shown(conference, "news")) == "Hội nghị đang diễn ra."
    rollcall.open_roll_call_round(
        actor=chair_of(conference), conference=conference, at=NINE
    )
    assert words(shown(conference, "news")) == "Đang điểm danh lượt 1."
    turn = TurnFactory(
        venue__conference=conference, venue__name="Cà Mau", topic="Ngư dân"
    )
    floor.give_floor(actor=chair_of(conference), turn=turn, at=NINE)
    assert words(shown(conference, "news")) == "Điểm cầu Cà Mau phát biểu: Ngư dân."


def test_the_roll_desk_names_who_has_not_answered(conference):
    here, silent = VenueFactory.create_batch(2, conference=conference)
    rollcall.open_roll_call_round(
        actor=chair_of(conference), conference=conference, at=NINE
    )
    rollcall.confirm_presence(actor=speaker_of(here), venue=here, headcount=9, at=NINE)

    html = shown(conference, "roll-desk", "chair")

    assert f'<li data-venue="{silent.pk}">' in html
    assert f'<li data-venue="{here.pk}">' not in html
    assert "1 điểm cầu chưa trả lời" in html


def test_closing_leaves_no_lever(conference):
    TurnFactory(venue__conference=conference)
    ItemFactory(conference=conference)
    running.close_conference(actor=chair_of(conference), conference=conference, at=NINE)

    html = "".join(shown(conference, family, "chair") for family in DESK)

    assert 'form="lenh"' not in html
    assert conference.turns.get().state == TurnState.PASSED


def test_fragments_render_in_every_state_of_a_conference():
    for trait in ({}, {"invited": True}, {"live": True}, {"closed": True}):
        conference = ConferenceFactory(**trait)
        VenueFactory(conference=conference)
        live = screen(conference.topic, [*EVERYBODY, *DESK], Viewer("chair"))
        assert set(live.pieces) == {*EVERYBODY, *DESK}


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("year", [2020, 2026])
def test_the_two_archipelagos_are_on_every_map(year):
    conference = ConferenceFactory(planned_start=NINE.replace(year=year))

    found = maps.of_conference(conference, RequestFactory().get("/"))

    assert len(found.isles_rows) == 2
    assert found.isles_column
