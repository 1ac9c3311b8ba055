import gzip
import re

import pytest
from fontTools.ttLib import TTFont

from lantoa.ui import fonts, stylesheet
from lantoa.ui.fonts import WEIGHTS, make

LITERAL = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|(?<![\w.-])-?\d*\.?\d+(?:px|rem|vh|vw|dvh|mm|cm|pt|ch|ms|s)\b"
)
NOT_DECLARED = re.compile(r"@page.*|@(media|container|supports)[^{]*\{")
NAMES = re.compile(r"\[[^\]]*\]|url\([^)]*\)|--[\w-]+")
KIB = 1024
TEMPLATES = stylesheet.STATIC.parents[1] / "templates"


def test_the_gathered_files_are_fresh():
    again = "run python -m lantoa.ui.stylesheet"
    assert (stylesheet.STATIC / "ui.css").read_text() == stylesheet.gathered_styles(), (
        again
    )
    assert (stylesheet.STATIC / "ui.js").read_text() == stylesheet.gathered_islands(), (
        again
    )


def test_styles_and_islands_are_small_enough_for_a_bad_line():
    assert len(gzip.compress((stylesheet.STATIC / "ui.css").read_bytes())) < 20 * KIB
    assert len(gzip.compress((stylesheet.STATIC / "ui.js").read_bytes())) < 4 * KIB


@pytest.mark.parametrize(
    "path",
    [p for p in stylesheet.style_sheets() if p.name not in {"tokens.css", "fonts.css"}],
    ids=lambda path: path.name,
)
def test_colours_and_sizes_stand_in_the_tokens_only(path):
    text = stylesheet.COMMENT.sub("", path.read_text())
    declared = [NAMES.sub("", NOT_DECLARED.sub("", line)) for line in text.splitlines()]
    assert [found for line in declared for found in LITERAL.findall(line)] == []


@pytest.mark.parametrize(
    "path", sorted((stylesheet.STATIC / "islands").glob("*.js")), ids=lambda p: p.name
)
def test_islands_are_islands(path):
    assert len(path.read_text().splitlines()) <= 120


def test_nothing_is_inline_in_our_templates():
    inline = re.compile(r"\sstyle=|\son[a-z]+=|<style|javascript:|<script(?![^>]*src=)")
    found = [
        (str(path.relative_to(TEMPLATES)), match.group())
        for path in TEMPLATES.rglob("*.html")
        for match in inline.finditer(path.read_text())
    ]
    assert found == []


def channel(value):
    value /= 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(colour):
    red, green, blue = (channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def themes():
    text = stylesheet.COMMENT.sub("", (stylesheet.STATIC / "tokens.css").read_text())
    read = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    light = dict(read.findall(text.split('[data-theme="dark"]')[0]))
    return {
        "light": light,
        "dark": light | dict(read.findall(stylesheet.DARK.search(text)[1])),
    }


READ = [
    (ink, ground)
    for ink in ["ink", "ink-soft", "ink-faint", "action", "accent", "bad"]
    for ground in ["paper", "surface", "sunk"]
] + [
    ("on-action", "action"),
    ("on-accent", "accent"),
    *[(tone, f"{tone}-wash") for tone in ["good", "warn", "bad", "action", "accent"]],
    *[("ink", f"{tone}-wash") for tone in ["good", "warn", "bad", "action", "accent"]],
    *[
        (f"on-tile-{state}", f"tile-{state}")
        for state in ["present", "lost", "queued", "speaking"]
    ],
    ("tile-ink", "tile-empty"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_is_read_on_its_ground(theme, ink, ground):
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    colours = themes()[theme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("line", "ground"),
    [("line-strong", "surface"), ("line-strong", "paper"), ("focus", "paper"),
     ("focus", "surface"), ("tile-present", "paper"), ("tile-speaking", "paper")],
)  # fmt: skip
def test_edges_are_seen_on_their_ground(theme, line, ground):
    """WCAG 2.2, 1.4.11: at least 3 to 1."""
    colours = themes()[theme]
    assert contrast(colours[line], colours[ground]) >= 3


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_font_is_small_and_has_every_vietnamese_letter(
    weight, tmp_path, monkeypatch
):
    monkeypatch.setattr(fonts, "FONTS", tmp_path)
    made = make(weight)
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    marked = "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựýỳỷỹỵíìỉĩịóòỏõọúùủũụéèẻẽẹáàảãạ"
    with TTFont(made) as font:
        has = set(font.getBestCmap())
    needed = letters + marked
    assert set(map(ord, needed + needed.upper() + "0123456789₫–…“”")) <= has
    assert made.stat().st_size <= 25 * KIB


def test_fonts_that_are_there_are_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "FONTS", tmp_path)
    for weight in WEIGHTS:
        fonts.path_of(weight).write_bytes(b"there")
    fonts.main()
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"there"}
