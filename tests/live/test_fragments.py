import re
from pathlib import Path

import pytest
from django.template import Context, Template

from lantoa import live
from lantoa.live import fragments, tickets
from lantoa.live.fragments import Viewer, dom_id, family_of, fragment, stamp
from lantoa.live.pages import screen
from lantoa.live.templatetags.live import EARLY

from .conftest import TOPIC, probes, ticket


@pytest.mark.parametrize(
    ("html", "stamped"),
    [
        ("<p>a</p>", '<p id="x-1" data-digest="D">a</p>'),
        ("  <g>\n<path/></g>\n", '<g id="x-1" data-digest="D">\n<path/></g>'),
        ('<li class="a">b</li>', '<li id="x-1" data-digest="D" class="a">b</li>'),
        ('<li id="x-1">b</li>', '<li data-digest="D" id="x-1">b</li>'),
        ('<use href="#a"/>', '<use id="x-1" data-digest="D" href="#a"/>'),
        ('<a title="1 > 0">b</a>', '<a id="x-1" data-digest="D" title="1 > 0">b</a>'),
    ],
)
def test_the_root_element_carries_id_and_digest(html, stamped):
    piece = stamp("x-1", html)
    assert piece.html == stamped.replace("D", piece.digest)
    assert len(piece.digest) == 12


def test_a_fragment_is_one_element():
    with pytest.raises(ValueError, match="x-1"):
        stamp("x-1", "chữ trơn")


def test_the_digest_is_of_the_content():
    assert stamp("a", "<p>1</p>").digest == stamp("b", "<p>1</p>").digest
    assert stamp("a", "<p>1</p>").digest != stamp("a", "<p>2</p>").digest


def test_names_lead_back_to_families():
    assert [dom_id("queue", 0), dom_id("seat-map", 12)] == ["queue", "seat-map-12"]
    assert [family_of("queue"), family_of("seat-map-12")] == ["queue", "seat-map"]


def test_two_families_cannot_share_a_name_nor_have_an_unreadable_one():
    with pytest.raises(ValueError, match="probe"):
        fragment("probe", topic="probe", touched_by={})(lambda *_: {})
    with pytest.raises(ValueError, match="Probe-1"):
        fragment("Probe-1", topic="probe", touched_by={})(probes)


def test_an_event_too_long_to_carry_touches_everything():
    (family,) = fragments.families(TOPIC, "public", ["probe"])
    assert family.parts_touched("probe.moved", {"probe_id": 3}) == {3}
    assert family.parts_touched("probe.moved", None) is None
    assert family.parts_touched("probe.noted", {"probe_id": 3}) == frozenset()


def test_a_page_renders_each_family_once_and_by_the_same_function(
    table, django_assert_num_queries
):
    with django_assert_num_queries(1):
        shown = screen(
            TOPIC, ["probe", "notes"], Viewer("public", "vi"), ticket="T", own=2
        )
    text = Template(
        "{% load live %}{% live_screen shown %}{% live_parts shown 'probe' %}|"
        "{% live_fragment shown 'probe' 2 %}|{% live_fragment shown 'notes' %}{% endlive_screen %}"
    ).render(Context({"shown": shown}))
    assert text.startswith('<live-screen topic="probe:1" want="probe" ticket="T"')
    assert ' own="2"' in text
    assert text.count("đầu dò") == 4
    assert text.endswith("||</live-screen>".replace("||", "|"))
    assert " beats>" not in text


def test_whatever_the_scripts_import_is_fetched_early():
    folder = Path(live.__file__).parent / "static" / "live"
    imported = {"worker.js"}
    for path in folder.glob("*.js"):
        imported |= set(re.findall(r'"\./(\w+\.js)"', path.read_text()))
    assert {name.removeprefix("live/") for name in EARLY} == imported


def test_a_ticket_says_what_it_was_issued_for(settings):
    text = ticket("venue", "en", mandate_id=5, subject="venue:12", lifetime=60)
    found = tickets.read(text)
    assert (found.topic, found.viewer, found.mandate_id, found.subject) == (
        TOPIC,
        Viewer("venue", "en"),
        5,
        "venue:12",
    )
    with pytest.raises(tickets.BadTicket, match="expired"):
        tickets.read(text, now=found.expires)
    settings.SECRET_KEY = "another"
    tickets._unsign.cache_clear()
    with pytest.raises(tickets.BadTicket, match="forged"):
        tickets.read(text)
