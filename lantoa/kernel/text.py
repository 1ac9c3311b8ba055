"""Vietnamese text: search without diacritics, and the order of the dictionary.

The SQL functions ``lantoa_fold`` and ``lantoa_key`` (first migration of this package)
compute the same values inside the database, for generated columns.

Source:
    The order of letters and tones follows the Vietnamese dictionary convention:
    a ă â b c d đ e ê … o ô ơ … u ư v x y; tones: ngang, huyền, hỏi, ngã, sắc, nặng.
"""

import re
import unicodedata

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTERS = {"ă": "az", "â": "azz", "đ": "dz", "ê": "ez", "ô": "oz", "ơ": "ozz"}
_LETTERS |= {"ư": "uz"}
_SHAPES = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve, horn


def fold(text: str) -> str:
    """Return *text* in lower case, without diacritics and with single spaces."""
    bare = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", kept).strip()


def vietnamese_key(text: str) -> str:
    """Return a key that sorts, by code point, in Vietnamese dictionary order.

    Syllables are compared by letters first and by tones only when all letters are
    equal, as the dictionary does. Digits sort before letters.
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in re.split(r"[^0-9a-zà-ỹđ]+", unicodedata.normalize("NFC", text.lower())):
        if not word:
            continue
        tone = "0"
        spelled: list[str] = []
        for char in unicodedata.normalize("NFD", word):
            if char in _TONES:
                tone = _TONES[char] if tone == "0" else tone
            elif char in _SHAPES and spelled:
                spelled[-1] = unicodedata.normalize("NFC", spelled[-1] + char)
            else:
                spelled.append(char)
        letters.append("".join(_LETTERS.get(c, c) for c in spelled))
        tones.append(tone)
    return " ".join(letters) + "!" + "".join(tones)
