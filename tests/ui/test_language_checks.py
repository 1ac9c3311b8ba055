"""The checks of both languages find what they look for."""

import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message

TOOLS = Path(__file__).parents[2] / "tools"
IMPORT = "from django.utils.translation import gettext as _\n"
NAMES = ["catalogue", "check_catalogue", "check_language"]


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import catalogue
    import check_catalogue
    import check_language

    yield {"catalogue": catalogue, "complete": check_catalogue, "reach": check_language}
    for name in NAMES:
        sys.modules.pop(name, None)


def test_the_catalogue_is_complete_and_true_to_the_code(tools):
    assert list(tools["complete"].faults()) == []


@pytest.mark.parametrize(
    ("message", "wrong"),
    [
        (None, "missing"),
        (Message("Có", ""), "untranslated"),
        (Message(("%(n)s mục", "%(n)s mục"), ("%(n)s item", "")), "untranslated"),
        (Message("Có", "Yes", flags=["fuzzy"]), "fuzzy"),
        (Message("Bỏ %(n)s", "Drop"), "other placeholders or tags"),
        (Message("Bỏ {venue}", "Drop {place}"), "other placeholders or tags"),
        (Message("<b>Bỏ</b>", "<i>Drop</i>"), "other placeholders or tags"),
        (Message("Bỏ\n", "Drop"), "other placeholders or tags"),
        (Message(("%(n)s mục", "%(n)s mục"), ("%(n)s item", "%(n)s items")), ""),
    ],
)
def test_a_faulty_translation_is_found(tools, message, wrong):
    assert tools["complete"].fault(message) == wrong


def test_texts_are_gathered_under_whatever_name_marks_them(tools):
    source = (
        "from django.utils.translation import gettext_lazy as lazy, ngettext\n"
        "from django.utils.translation import pgettext\n"
        "lazy('Có' ' và không'), ngettext('mục', 'mục', n), pgettext('nhiệm vụ', 'Chủ trì')\n"
        "lower('Không phải')\n"
    )

    assert list(tools["catalogue"].marked_in_python(source)) == [
        (None, "Có và không"),
        (None, ("mục", "mục")),
        ("nhiệm vụ", "Chủ trì"),
    ]


@pytest.mark.parametrize(
    ("reader", "source", "found"),
    [
        ("in_python", "title = 'Điểm cầu'", True),
        ("in_python", "title = f'Điểm cầu {name}'", True),
        ("in_python", "'''Điểm cầu.'''", False),
        ("in_python", IMPORT + "_('Điểm cầu')", False),
        ("in_python", IMPORT + "other('Điểm cầu')", True),
        ("in_template", "<p>Điểm cầu</p>", True),
        ("in_template", '{% card title="Điểm cầu" %}', True),
        ("in_template", '{% card title=_("Điểm cầu") %}', False),
        ("in_template", "{% translate 'Điểm cầu' %}{# Điểm cầu #}", False),
        ("in_template", "{% blocktranslate %}Điểm cầu{% endblocktranslate %}", False),
        ("in_template", '{% extends "ui/print.html" %}<p>Nơi nhận</p>', False),
        ("in_script", 'toast("Đã gửi");', True),
        ("in_script", 'toast(say("Đã gửi")); // đã gửi', False),
    ],
)
def test_vietnamese_out_of_reach_is_found(tools, reader, source, found):
    reach = tools["reach"]
    texts = [text for _, text in getattr(reach, reader)(source)]

    assert any(map(reach.suspicious, texts)) is found
