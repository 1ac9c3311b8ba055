import itertools
import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lantoa.kernel.text import fold, vietnamese_key, within_sentence

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]

# Written by hand, in the order of the dictionary.
DICTIONARY = """
1, 2, a, à, ả, ã, á, ạ, an, án, ang, anh, ăn, ân, ba, ba ba, ba bị, bà, bà ba, bả, bã,
bá, bạ, bác, bạc, bắc, bâng, bến tre, bình dương, bình định, bo, bò, bô, bồ, bơ, bờ, bù,
bư, da, dạ, dân, đa, đà, đà nẵng, đá, đạ, đắk lắk, đắk nông, đê, e, é, ê, ếch, hà,
hà giang, hà nam, hà nội, hà tĩnh, hai, hải dương, hải phòng, hậu giang, hòa bình,
hoàng, hưng yên, ta, tha, thanh hóa, thành phố, thì, thí, thị, tra, tuân thủ,
tuần chay, xa, y, ỷ, ý
"""


def dictionary():
    return [word.strip() for word in DICTIONARY.split(",")]


vietnamese = st.text(
    alphabet=[*LETTERS, *LETTERS.upper(), *TONES[1:], *" -,.12ÄĐçñßİΣ\u00a0\t\n"],
    max_size=30,
)
anything = st.text(
    alphabet=st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs", "Cn"]),
    max_size=30,
).map(lambda text: text.replace("\x00", ""))


def in_sql(function, text):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [text])
        return cursor.fetchone()[0]


def test_the_hand_written_dictionary_is_in_order():
    words = dictionary()
    backwards = list(reversed(words))

    assert sorted(backwards, key=vietnamese_key) == words


def test_all_single_syllables_of_two_letters_are_in_order():
    """Letter by letter, then the tone: the order is built here, not computed."""
    built = [
        unicodedata.normalize("NFC", first + second + tone)
        for first in LETTERS
        for second in ("", *LETTERS)
        for tone in TONES
    ]
    backwards = list(reversed(built))

    assert sorted(backwards, key=vietnamese_key) == built


def test_a_syllable_is_settled_before_the_next_one():
    syllables = ["ba", "bà", "bai", "bá"]
    order = {"ba": 0, "bà": 1, "bá": 2, "bai": 3}
    pairs = list(itertools.product(syllables, repeat=2))

    in_order = sorted(pairs, key=lambda pair: vietnamese_key(" ".join(pair)))

    assert in_order == sorted(pairs, key=lambda pair: [order[s] for s in pair])


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("  Thừa \u00a0Thiên\tHuế ", "thua thien hue"),
        ("Phổ biến, giáo dục pháp luật", "pho bien, giao duc phap luat"),
        ("UỶ BAN", "uy ban"),
        (unicodedata.normalize("NFD", "Quảng Ngãi"), "quang ngai"),
    ],
)
def test_folding_leaves_no_diacritics(text, folded):
    assert fold(text) == folded


@given(vietnamese)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_the_key_does_not_hang_on_the_form_of_unicode(text):
    composed = unicodedata.normalize("NFC", text)
    assert vietnamese_key(composed) == vietnamese_key(
        unicodedata.normalize("NFD", text)
    )


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(vietnamese | anything)
def test_the_twins_in_sql_say_the_same(text):
    assert in_sql("lantoa_fold", text) == fold(text)
    assert in_sql("lantoa_key", text) == vietnamese_key(text)


@pytest.mark.django_db
def test_sorting_in_the_database_is_sorting_by_the_dictionary():
    words = dictionary()
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT word FROM unnest(%s::text[]) AS word ORDER BY lantoa_key(word) COLLATE "C"',
            [sorted(words)],
        )
        assert [row[0] for row in cursor.fetchall()] == words


@pytest.mark.parametrize(
    ("text", "longest", "said"),
    [
        ("Lập kế hoạch năm 2021.", 120, "Lập kế hoạch năm 2021"),
        ("Rà soát;\n phân loại đối tượng", 120, "Rà soát; phân loại đối tượng"),
        ("Tổ chức hội nghị quán triệt", 20, "Tổ chức hội nghị…"),
        ("Tổ chức hội nghị, quán triệt", 17, "Tổ chức hội nghị…"),
        ("Tổ chức hội nghị quán triệt", 16, "Tổ chức hội nghị…"),
        ("a" * 30, 20, "a" * 19 + "…"),
        ("", 20, ""),
    ],
)
def test_a_text_stands_within_a_sentence(text, longest, said):
    assert within_sentence(text, longest) == said
    assert len(said) <= longest + 1
