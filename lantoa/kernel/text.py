"""Vietnamese text: search without diacritics, and the order of the dictionary.

The SQL functions ``lantoa_fold`` and ``lantoa_key`` (first migration of this package)
compute the same values inside the database, for generated columns.

Source:
    The order of letters and tones follows the Vietnamese dictionary convention
    (Hoàng Phê, Từ điển tiếng Việt): a ă â b c d đ e ê … o ô ơ … u ư v x y; tones:
    ngang, huyền, hỏi, ngã, sắc, nặng. It goes syllable by syllable: "tuân thủ" stands
    before "tuần chay".
"""

import re
import unicodedata

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_TONE = re.compile("[\u0300\u0309\u0303\u0301\u0323]")
# A letter with a mark stands after all that begins with the bare one.
_LETTERS = str.maketrans(
    {"ă": "az", "â": "azz", "đ": "dz", "ê": "ez", "ô": "oz", "ơ": "ozz", "ư": "uz"}
)
_BETWEEN_SYLLABLES = re.compile("[^0-9a-zà-ỹ]+")
_MARKS = re.compile("[\u0300-\u036f]")
# Unicode's White_Space, spelled out: Python's \s and PostgreSQL's are not the same.
_SPACES = re.compile(
    "[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)


def fold(text: str) -> str:
    """Return *text* in lower case, without diacritics and with single spaces."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.lower()))
    return _SPACES.sub(" ", bare.replace("đ", "d")).strip(" ")


def within_sentence(text: str, longest: int = 120) -> str:
    """Return *text* as part of a sentence: no full stop of its own, cut at a word."""
    text = _SPACES.sub(" ", text).strip(" ")
    if len(text) <= longest:
        return text.rstrip(" .;,:")
    cut = text[:longest]
    whole = cut if text[longest] == " " else cut.rpartition(" ")[0] or cut[:-1]
    return whole.rstrip(" .;,:") + "…"


def vietnamese_key(text: str) -> str:
    """Return a key that sorts, by code point, in Vietnamese dictionary order.

    Syllable by syllable, the letters come first and the tone after them; what is
    neither letter nor digit separates. Digits sort before letters.
    """
    lower = unicodedata.normalize("NFC", text.lower())
    return " ".join(map(_syllable_key, filter(None, _BETWEEN_SYLLABLES.split(lower))))


def _syllable_key(syllable: str) -> str:
    spread = unicodedata.normalize("NFD", syllable)
    tone = _TONE.search(spread)
    letters = unicodedata.normalize("NFC", _TONE.sub("", spread))
    return letters.translate(_LETTERS) + (_TONES[tone[0]] if tone else "0")
