"""What of the conferences to come a reorganisation touches."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.conferences.models import Conference, Delegation, Venue
from lantoa.conferences.vocabulary import ConferenceState
from lantoa.kernel.dates import HANOI, short_date
from lantoa.organisations.consequences import SAMPLE, Moves, Touched, TouchedLine


@dataclass
class Passing:
    """The rows that pass, and those that cannot.

    Attributes:
        conferences: those to come in which a body takes part that is no more.
        hosts: those among them whose host is no more.
        going: venues that go on under the taker.
        withdrawn: venues that join another one of the same taker, with that one.
    """

    conferences: set[int] = field(default_factory=set)
    hosts: list[Conference] = field(default_factory=list)
    going: list[Venue] = field(default_factory=list)
    withdrawn: list[tuple[Venue, Venue]] = field(default_factory=list)

    def venues_by_conference(self) -> dict[int, list[int]]:
        """Return the venues that change, by their conference."""
        found: dict[int, list[int]] = {pk: [] for pk in sorted(self.conferences)}
        for venue in (*self.going, *(gone for gone, _kept in self.withdrawn)):
            found[venue.conference_id].append(venue.pk)
        return found


def passing_venues(moves: Moves, on: date) -> Passing:
    """Return what passes of the conferences planned for the day of effect or later."""
    old = moves.old_ids
    to_come = Conference.objects.filter(
        state__in=[ConferenceState.PREPARING, ConferenceState.INVITED],
        planned_start__gte=datetime.combine(on, time.min, HANOI),
    )
    hosts = list(to_come.filter(host__in=old).order_by("pk"))
    rows = Venue.objects.filter(conference__in=to_come).select_related("conference")
    venues = list(rows.order_by("conference", "position", "pk"))
    seated = Delegation.objects.filter(venue__conference__in=to_come, body__in=old)
    found = Passing(
        conferences={each.pk for each in hosts}
        | set(seated.values_list("venue__conference", flat=True)),
        hosts=hosts,
    )
    first = {
        (each.conference_id, each.body_id): each
        for each in venues
        if each.body_id not in moves.takers
    }
    for venue in venues:
        if venue.body_id not in moves.takers:
            continue
        found.conferences.add(venue.conference_id)
        key = venue.conference_id, moves.takers[venue.body_id]
        keeper = first.setdefault(key, venue)
        if keeper is venue:
            found.going.append(venue)
        else:
            found.withdrawn.append((venue, keeper))
    return found


def touched(moves: Moves, on: date) -> list[Touched]:
    """Return what a reorganisation does to conferences, before it is applied."""
    found = passing_venues(moves, on)
    return [
        Touched(
            _("Điểm cầu chuyển sang cơ quan tiếp nhận"),
            len(found.going),
            [_line(venue, moves) for venue in found.going[:SAMPLE]],
            _warnings(moves),
        ),
        Touched(
            _("Điểm cầu nhập vào điểm cầu khác của cùng cơ quan"),
            len(found.withdrawn),
            [_joined(gone, kept) for gone, kept in found.withdrawn[:SAMPLE]],
        ),
        Touched(
            _("Hội nghị sắp tới đổi cơ quan tổ chức"),
            len(found.hosts),
            [
                TouchedLine(
                    each.title,
                    reverse("conferences:conference", args=[each.pk]),
                    moves.name(moves.takers[each.host_id]),
                )
                for each in found.hosts[:SAMPLE]
            ],
        ),
    ]


def _line(venue: Venue, moves: Moves) -> TouchedLine:
    words = {
        "conference": venue.conference.title,
        "day": short_date(venue.conference.planned_start),
        "taker": moves.name(moves.takers[venue.body_id]),
    }
    return TouchedLine(
        venue.name,
        reverse("conferences:venues", args=[venue.conference_id]),
        _("%(conference)s, %(day)s → %(taker)s") % words,
    )


def _joined(gone: Venue, kept: Venue) -> TouchedLine:
    return TouchedLine(
        gone.name,
        reverse("conferences:venues", args=[gone.conference_id]),
        _(
            "Rút khỏi danh sách; đại biểu và đoàn dự ngồi tại điểm cầu %(venue)s, "
            "%(conference)s"
        )
        % {"venue": kept.name, "conference": gone.conference.title},
    )


def _warnings(moves: Moves) -> list[str]:
    """Return what of running and closed conferences needs care."""
    live = Venue.objects.filter(
        conference__state=ConferenceState.LIVE, body__in=moves.old_ids
    )
    hosted = Conference.objects.filter(
        state__in=[ConferenceState.LIVE, ConferenceState.CLOSED],
        host__in=moves.old_ids,
    )
    said: list[str] = []
    if count := live.count():
        said.append(
            _(
                "%(count)s điểm cầu đang họp thuộc cơ quan kết thúc: hãy áp dụng sau "
                "khi hội nghị bế mạc."
            )
            % {"count": count}
        )
    said.extend(
        _(
            "Hội nghị “%(title)s” chưa ban hành thông báo kết luận; cơ quan tổ chức "
            "kết thúc hoạt động, hãy ban hành trước khi áp dụng."
        )
        % {"title": each.title}
        for each in hosted.order_by("pk")[:5]
    )
    return said
