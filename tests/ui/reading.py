"""What a page says, as its reader meets it."""

import re
from functools import cache
from html.parser import HTMLParser

from django.utils import translation
from django.utils.translation import trans_real

SPOKEN = {"title", "aria-label", "placeholder", "alt", "data-label", "data-confirm"}
# Offices and types of papers are data, even where a text of ours says the same.
KEPT = {"Ủy viên", "Thông báo", "Chủ tịch Hội đồng", "Thư ký"}
HELD = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
VIETNAMESE = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
VOID = {"br", "hr", "img", "input", "link", "meta", "use", "source", "wbr"}


class Reader(HTMLParser):
    """Gathers the texts of a page, but for those that say they are Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.open: list[tuple[str, str]] = [("", "")]  # tag and language

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or self.open[-1][1]
        if language != "vi":
            self.said += [given[name] or "" for name in given.keys() & SPOKEN]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.open[-1][1] != "vi":
            self.said.append(data)


@cache
def _translated() -> re.Pattern[str]:
    """Return a pattern of the Vietnamese texts that the catalogue has in English.

    Those that begin with what is filled in are left out: they look like names.
    """
    with translation.override("en"):
        held = trans_real.catalog()._catalog.items()
    texts = (
        key[0] if isinstance(key, tuple) else key for key, text in held if key != text
    )
    bare = (text.split("\x04")[-1] for text in texts)
    parts = (HELD.split(text) for text in bare)
    spoken = (each for each in parts if VIETNAMESE.search(each[0]))
    return re.compile("|".join(".+".join(map(re.escape, each)) for each in spoken))


def unspoken(html: str) -> list[str]:
    """Return the texts of an English page that are Vietnamese in the catalogue."""
    reader = Reader()
    reader.feed(html)
    said = {" ".join(text.split()) for text in reader.said} - KEPT
    return [
        text
        for text in said
        if VIETNAMESE.search(text) and _translated().fullmatch(text)
    ]
