"""The user guide names what there is: pictures, pages, and words of the screens."""

import re
import sys
from pathlib import Path

import pytest

from lantoa.desk.guides import COMMUNE, GUIDES
from lantoa.portal import guide

TOOLS = Path(__file__).parents[2] / "tools"
PAGES = sorted(guide.FOLDER.glob("*.md"))
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#]+)[^)]*\)")
QUOTED = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)  # bold: the words of the screen
PLACE = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")  # what is filled in; the guide says …
MOST = 120 * 1024  # bytes


def plain(text):
    """Return a text as the screen shows it, … for what differs from case to case."""
    return PLACE.sub("…", re.sub(r"<[^>]+>", "", text)).strip()


@pytest.fixture(scope="module")
def said():
    """Give every text of the product."""
    sys.path.insert(0, str(TOOLS))
    try:
        import catalogue

        texts = [text for _, text in catalogue.marked()]
    finally:
        sys.path.remove(str(TOOLS))
    singular = {text if isinstance(text, str) else text[0] for text in texts}
    return {plain(text) for text in singular}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_a_page_quotes_stands_on_a_screen(path, said):
    quoted = [" ".join(each.split()) for each in QUOTED.findall(path.read_text())]

    assert [each for each in quoted if plain(each) not in said] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_links_lead_somewhere(path):
    links = [each for each in LINK.findall(path.read_text()) if "://" not in each]

    assert [each for each in links if not (path.parent / each).is_file()] == []


def test_every_picture_is_there_and_is_used_and_described():
    named = [found for path in PAGES for found in PICTURE.findall(path.read_text())]

    assert {address for _, address in named} == {
        f"images/{path.name}" for path in guide.IMAGES.iterdir()
    }
    assert all(words for words, _ in named)


def test_every_picture_can_be_made_anew(monkeypatch):
    pytest.importorskip("playwright")
    monkeypatch.syspath_prepend(str(TOOLS))
    import guide_pictures

    made = {f"{name}.webp" for name in guide_pictures.PICTURES}
    assert made == {path.name for path in guide.IMAGES.iterdir()}


def test_pictures_are_light_enough_for_a_bad_line():
    heavy = [p.name for p in guide.IMAGES.iterdir() if p.stat().st_size > MOST]

    assert heavy == []


def test_every_role_has_its_page():
    wanted = {page for page, _ in [COMMUNE, *GUIDES.values()]}

    assert wanted == set(guide.names())
