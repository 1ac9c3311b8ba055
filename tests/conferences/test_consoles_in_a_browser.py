"""The consoles under a finger, a keyboard, a bad line, and without scripts.

The hub is not needed here: what a press did is looked up in the database.
"""

from importlib.resources import files

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from lantoa.access.vocabulary import Role
from lantoa.conferences.models import RollCall, Turn, Venue
from lantoa.conferences.vocabulary import LineState, Presence, TurnState
from lantoa.journal.models import Entry
from tests.factories import NINE, MandateFactory, sign_in
from tests.factories.conferences import (
    ConferenceFactory,
    ItemFactory,
    TurnFactory,
    VenueFactory,
)
from tests.ui.conftest import chromium  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect = pytest.importorskip("playwright.sync_api").expect

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()


@pytest.fixture
def conference():
    found = ConferenceFactory(live=True)
    ItemFactory.create_batch(2, conference=found)
    return found


@pytest.fixture
def venue(conference):
    return VenueFactory(
        conference=conference, name="Lạng Sơn", expected=24, column=6, row=2
    )


@pytest.fixture
def window(chromium, live_server):  # noqa: F811 - the fixture
    """Give a function that opens a page as whoever holds the mandate."""
    contexts = []

    def open_window(name, *args, mandate=None, **options):
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        if mandate is not None:
            cookie = sign_in(Client(), mandate).cookies[settings.SESSION_COOKIE_NAME]
            known = {"name": cookie.key, "value": cookie.value, "url": live_server.url}
            context.add_cookies([known])
        page = context.new_page()
        page.goto(reverse(name, args=args))
        return page

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def chair(conference):
    return MandateFactory(role=Role.CHAIR, body=conference.host)


@pytest.fixture
def speaker(venue):
    return MandateFactory(role=Role.REPRESENTATIVE, body=venue.body)


def answered(page):
    """Return what waits for the answer to the next command."""
    return page.expect_response(lambda answer: answer.request.method == "POST")


def test_single_keys_press_the_buttons_but_never_while_typing(
    window, conference, venue, chair
):
    TurnFactory(venue=venue)
    page = window("conferences:console", conference.pk, mandate=chair)

    page.focus("#minutes")
    page.keyboard.press("d")
    assert not RollCall.objects.exists()
    page.select_option("#minutes", "5")
    page.evaluate("document.activeElement.blur()")
    with answered(page):
        page.keyboard.press("d")
    assert RollCall.objects.get().closed_at is None
    with answered(page):
        page.keyboard.press("m")
    turn = Turn.objects.get()
    assert (turn.state, turn.length.seconds) == (TurnState.SPEAKING, 300)


def test_the_keys_can_be_switched_off(window, conference, chair):
    page = window("conferences:console", conference.pk, mandate=chair)
    page.keyboard.press("?")
    page.uncheck("[data-keys-switch]")
    page.evaluate("document.activeElement.blur()")

    page.keyboard.press("d")
    page.reload()
    page.keyboard.press("d")

    expect(page.locator("[data-keys-switch]")).not_to_be_checked()
    assert not RollCall.objects.exists()


def test_a_refusal_is_said_in_its_own_words(window, conference, chair):
    page = window("conferences:console", conference.pk, mandate=chair)
    with answered(page):
        page.click("#lever-roll")
    with answered(page):
        page.click("#lever-roll")

    expect(page.locator("toast-note")).to_contain_text("Đang điểm danh")
    assert RollCall.objects.count() == 1


def test_an_answer_survives_a_bad_line_and_counts_once(
    window, conference, venue, speaker
):
    page = window("conferences:venue_console", conference.pk, venue.pk, mandate=speaker)
    fallen = []

    def break_the_line_once(route):
        if fallen:
            route.continue_()
            return
        fallen.append(route.fetch().status)  # carried out, but never answered
        route.abort()

    page.route("**/co-mat/", break_the_line_once)
    page.fill("#presence-form [name=headcount]", "31")
    page.click("#presence-form button")

    expect(page.locator("toast-note.toast--good")).to_be_visible(timeout=15_000)
    assert fallen == [204]
    assert Venue.objects.get().headcount == 31
    said = Entry.objects.filter(name="conferences.presence_confirmed")
    assert said.count() == 1


def test_the_consoles_work_without_scripts(window, conference, venue, chair, speaker):
    plain = {"java_script_enabled": False}
    mine = window(
        "conferences:venue_console", conference.pk, venue.pk, mandate=speaker, **plain
    )
    mine.fill("#presence-form [name=headcount]", "31")
    mine.click("#presence-form button")
    assert Venue.objects.get().presence == Presence.PRESENT
    mine.fill("#ask-form [name=topic]", "Mô hình ở vùng biên giới")
    mine.click("#ask-form button")
    expect(mine.locator(".own-call [data-when=next]")).to_be_visible()

    desk = window("conferences:console", conference.pk, mandate=chair, **plain)
    desk.click("#lever-give")
    expect(desk.locator("#floor-desk")).to_have_attribute("data-state", "speaking")
    desk.click("#lever-end")
    assert Turn.objects.get().state == TurnState.DONE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_every_screen_is_accessible_and_fits(
    window, conference, venue, chair, speaker, size, scheme
):
    lost = VenueFactory(
        conference=conference,
        name="Cà Mau",
        line=LineState.LOST,
        line_changed_at=NINE,
        column=1,
        row=19,
    )
    guest = VenueFactory(conference=conference, name="Bộ Tư pháp")
    for each in (lost, guest):
        TurnFactory(venue=each)
    TurnFactory(venue=venue, state=TurnState.SPEAKING, started_at=NINE, resumed_at=NINE)
    RollCall.objects.create(conference=conference, number=1, opened_at=NINE)
    width, height = size
    options = {
        "viewport": {"width": width, "height": height},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }
    pk = conference.pk
    for page in (
        window("watch:conference", pk, **options),
        window("watch:hall", pk, **options),
        window("conferences:console", pk, mandate=chair, **options),
        window("conferences:venue_console", pk, venue.pk, mandate=speaker, **options),
    ):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1:visible").count() == 1
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [
            (broken["id"], [node["html"] for node in broken["nodes"]])
            for broken in found["violations"]
        ] == []
