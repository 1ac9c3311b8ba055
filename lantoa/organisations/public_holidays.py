"""Public holidays and swapped working days of Viet Nam, year by year.

Source:
    The days: Labour Code 1994, art. 73; 2012, art. 115 (in force from 1/5/2013); 2019,
    art. 112 (from 1/1/2021), and art. 111 para. 3 for the day off in lieu; Resolution
    80-NQ/TW for 24 November (from 2026). They come from the package ``holidays``, with
    its list of swapped days; what that list lacks stands in ``SWAPS``. State offices
    don't work on Saturdays and Sundays: Decision 188/1999/QĐ-TTg.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from holidays.countries.vietnam import Vietnam

from lantoa.kernel.dates import short_date

# Day off → day worked instead, and the paper that swapped them.
SWAPS = {
    date(2026, 1, 2): (date(2026, 1, 10), "Công văn 12729/VPCP-KGVX ngày 25/12/2025"),
}
PAPERS = {
    2018: "Công văn 6519/VPCP-KGVX năm 2018",
    2024: "Công văn 2450/VPCP-KGVX năm 2024",
    2025: "Thông báo 6150/TB-BLĐTBXH năm 2024",
}
WEEKEND_BASIS = _("Quyết định 188/1999/QĐ-TTg")
CODE_2012, CODE_2019 = date(2013, 5, 1), date(2021, 1, 1)
KNOWN = range(Vietnam.start_year, Vietnam.end_year + 1)  # told by lunar tables
_SWAPPED = re.compile(r"thay cho ngày (\d{2})/(\d{2})/(\d{4})")
_IN_LIEU = "(nghỉ bù)"
_LANGUAGES = {"en": "en_US"}


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A day on which the country works otherwise than the week says.

    Attributes:
        other: the day with which it was swapped, if it was.
    """

    working: bool
    name: str = ""
    basis: str | Promise = ""
    other: date | None = None

    @property
    def called(self) -> str:
        """Return what the day is called, in the reader's language."""
        if self.other is None:
            return self.name
        text = (
            _("Làm bù cho ngày %(day)s")
            if self.working
            else _("Nghỉ, làm bù vào ngày %(day)s")
        )
        return str(text) % {"day": short_date(self.other)}


def public_days(year: int, language: str = "vi") -> Mapping[date, PublicDay]:
    """Return the holidays and swapped days of a year; kept in memory once made."""
    if year not in KNOWN:
        return {}
    return _public_days(year, language if language in _LANGUAGES else "vi")


@lru_cache(maxsize=128)
def _public_days(year: int, language: str) -> Mapping[date, PublicDay]:
    found: dict[date, PublicDay] = {}
    said = _country(year, "vi")
    told = _country(year, language)
    for day, name in said.items():
        if swap := _SWAPPED.search(name):
            number, month, of = map(int, swap.groups())
            other = date(of, month, number)
            paper = PAPERS.get(day.year) or _("Phương án nghỉ lễ, tết trong năm")
            found |= _swap(day, other, paper)
        else:
            found[day] = PublicDay(
                working=False, name=told[day], basis=_basis(day, name)
            )
    for day, (other, paper) in SWAPS.items():
        found |= _swap(day, other, paper)
    return {day: found[day] for day in sorted(found) if day.year == year}


def _country(year: int, language: str) -> Mapping[date, str]:
    """Return the holidays of a year and its neighbours, whose swaps reach into it."""
    years = [each for each in (year - 1, year, year + 1) if each <= date.max.year]
    return Vietnam(years=years, language=_LANGUAGES.get(language, language))  # type: ignore[no-untyped-call]


def _swap(off: date, worked: date, paper: str | Promise) -> dict[date, PublicDay]:
    return {
        off: PublicDay(working=False, basis=paper, other=worked),
        worked: PublicDay(working=True, basis=paper, other=off),
    }


def _basis(day: date, name: str) -> Promise:
    if name.startswith("Ngày Văn hóa"):
        return _("Nghị quyết 80-NQ/TW của Bộ Chính trị")
    if day >= CODE_2019:
        if _IN_LIEU in name:
            return _("khoản 3 Điều 111 Bộ luật Lao động 2019")
        return _("Điều 112 Bộ luật Lao động 2019")
    if day >= CODE_2012:
        return _("Điều 115 Bộ luật Lao động 2012")
    return _("Điều 73 Bộ luật Lao động 1994")
