"""The day that a page of organisations shows: ``?ngay=2020-12-15``, else today."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from lantoa.organisations.models import Dated
from lantoa.organisations.vocabulary import LAST_THREE_LEVEL_DAY, TWO_LEVELS_FROM
from lantoa.ui.parts import Link


@dataclass(frozen=True, slots=True)
class Day:
    """The day shown; ``query`` carries it into links ("" = today)."""

    on: date
    today: date

    @property
    def query(self) -> str:
        """Return what links append to their address."""
        return "" if self.on == self.today else f"?ngay={self.on.isoformat()}"

    @property
    def three_levels(self) -> bool:
        """Return whether the country had districts."""
        return self.on < TWO_LEVELS_FROM

    @property
    def reconstructed(self) -> bool:
        """Return whether the tree shown is that of 30 June 2025, not of the day."""
        return self.on < LAST_THREE_LEVEL_DAY

    def links(self, path: str) -> list[Link]:
        """Return the two eras as links to *path*."""
        return [
            Link(
                label=_("Từ 01/7/2025: 34 tỉnh, thành phố"),
                href=path,
                current=not self.three_levels,
            ),
            Link(
                label=_("Đến 30/6/2025: 63 tỉnh, thành phố"),
                href=f"{path}?ngay={LAST_THREE_LEVEL_DAY.isoformat()}",
                current=self.three_levels,
            ),
        ]


def asked_day(request: HttpRequest) -> Day:
    """Return the day that the address asks for; what is no date means today."""
    today = timezone.localdate()
    try:
        return Day(date.fromisoformat(request.GET.get("ngay", "")), today)
    except ValueError:
        return Day(today, today)


def within_life(thing: Dated, on: date) -> date:
    """Return *on*, or the nearest day on which *thing* existed."""
    if thing.valid_from and on < thing.valid_from:
        return thing.valid_from
    if thing.valid_until and on >= thing.valid_until:
        return thing.valid_until - timedelta(days=1)
    return on
