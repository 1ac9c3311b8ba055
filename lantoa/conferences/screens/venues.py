"""The map of venues, tile by tile, and how many are there."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.conferences import events, queries
from lantoa.conferences.queries.venues import Tile
from lantoa.live.fragments import ALL, SINGLE, Viewer, fragment
from lantoa.ui.templatetags.ui import grouped


def _that_venue(fact: events.VenueEvent) -> list[int]:
    return [fact.venue_id]


@fragment(
    "tile",
    topic="conference",
    touched_by={
        events.PresenceConfirmed: _that_venue,
        events.AnswerAmended: _that_venue,
        events.LineLost: _that_venue,
        events.LineUp: _that_venue,
        # One turn moves the places of all who wait behind it.
        events.FloorAsked: ALL,
        events.FloorWithdrawn: ALL,
        events.TurnPlaced: ALL,
        events.FloorGiven: ALL,
        events.FloorEnded: ALL,
        events.FloorPassed: ALL,
        events.VenuesAdded: ALL,
        events.VenueRemoved: ALL,
        events.ConferenceClosed: ALL,
    },
)
def tile(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return each venue's live element: its state as an attribute and in words."""
    return {
        each.venue.pk: _tile(each) for each in queries.venues.tiles(topic_id, parts)
    }


def _tile(each: Tile) -> SafeString:
    place = format_html(' data-place="{}"', each.place) if each.place else ""
    answered = format_html(' data-round="{}"', each.round) if each.round else ""
    return format_html(
        '<i data-venue="{}" data-state="{}"{}{}>{}</i>',
        each.venue.pk,
        each.state,
        place,
        answered,
        _words(each),
    )


def _words(each: Tile) -> str:
    words = [each.label]
    if each.place:
        words.append(_("thứ %(place)s") % {"place": each.place})
    if each.venue.headcount:
        people = each.venue.headcount
        said = ngettext("%(people)s người", "%(people)s người", people)
        words.append(said % {"people": people})
    return ", ".join(words)


@fragment(
    "attendance",
    topic="conference",
    touched_by={
        events.PresenceConfirmed: ALL,
        events.AnswerAmended: ALL,
        events.LineLost: ALL,
        events.LineUp: ALL,
        events.VenuesAdded: ALL,
        events.VenueRemoved: ALL,
    },
)
def attendance(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return how many venues and people are there, in as few bytes as will do.

    It is sent with every answer to a roll call, to venues on 64 kbit/s.
    """
    found = queries.venues.attendance(topic_id)
    lost = ""
    if found.lost:
        said = _("%(lost)s mất đường truyền") % {"lost": found.lost}
        lost = format_html(" <span>{}</span>", said)
    shape = (
        "<p><b>{}</b>/{} {} · <b>{}</b> {}{}</p>"
        if viewer.authority == "venue"
        else "<p><span><b>{}</b>/{} {}</span> <span><b>{}</b> {}</span>{}</p>"
    )
    return {
        SINGLE: format_html(
            shape,
            found.present,
            found.venues,
            ngettext("điểm cầu", "điểm cầu", found.venues),
            grouped(found.people),
            ngettext("người", "người", found.people),
            lost,
        )
    }
