"""Clauses out of text, and back; what differs between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from lantoa.documents.clausing import read_clauses, write_clauses
from lantoa.documents.differences import Piece, pieces
from lantoa.documents.vocabulary import ClauseText

TEXT = """
Căn cứ Luật Phổ biến, giáo dục pháp luật;
I. MỤC ĐÍCH
1. Mục đích
Nâng cao nhận thức.
Đúng tiến độ.
2) Yêu cầu
II. NỘI DUNG
1. Quán triệt
a) Các bộ, ngành
b) Các địa phương
2. Xây dựng kế hoạch
Điều 3. Hiệu lực
"""


def test_clauses_are_read_with_the_path_to_them():
    assert read_clauses(TEXT) == [
        ClauseText("I", "MỤC ĐÍCH", ""),
        ClauseText("I.1", "Mục đích", "Nâng cao nhận thức.\nĐúng tiến độ."),
        ClauseText("I.2", "Yêu cầu", ""),
        ClauseText("II", "NỘI DUNG", ""),
        ClauseText("II.1", "Quán triệt", ""),
        ClauseText("II.1.a", "Các bộ, ngành", ""),
        ClauseText("II.1.b", "Các địa phương", ""),
        ClauseText("II.2", "Xây dựng kế hoạch", ""),
        ClauseText("II.3", "Hiệu lực", ""),
    ]


def test_a_heading_too_long_for_one_is_text():
    assert read_clauses(f"1. {'dài ' * 100}") == [
        ClauseText("1", "", ("dài " * 100).strip())
    ]


def test_text_without_numbers_holds_no_clause():
    assert read_clauses("Kính gửi: Các bộ, ngành\nNăm 2020 là năm") == []


words = st.lists(
    st.sampled_from(["kế", "hoạch", "pháp", "luật", "đối", "tượng"]), min_size=1
).map(" ".join)
labels = st.sampled_from(["I", "II.1", "II.2.a", "3", "Điều"][:4])


@given(
    st.lists(
        st.builds(ClauseText, labels, words, words | st.just("")),
        unique_by=lambda clause: clause.label,
    )
)
def test_what_is_written_is_read_back(clauses):
    assert read_clauses(write_clauses(clauses), nested=False) == clauses


def test_a_difference_keeps_every_word_of_both():
    assert pieces("trước 30/11 hằng năm", "trước 15/12 hằng năm") == [
        Piece("same", "trước "),
        Piece("old", "30/11 "),
        Piece("new", "15/12 "),
        Piece("same", "hằng năm"),
    ]


@given(words, words)
def test_both_texts_can_be_read_out_of_their_difference(old, new):
    found = pieces(old, new)

    assert "".join(p.text for p in found if p.kind != "new") == old
    assert "".join(p.text for p in found if p.kind != "old") == new
