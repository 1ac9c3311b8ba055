"""The map of venues: its tiles, its archipelagos, and what its marks mean."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lantoa.ui.parts import Text
from lantoa.ui.rendering import component

register = template.Library()


@register.simple_block_tag
def venue_map(content: str, *, label: Text, hall: bool = False) -> SafeString:
    """Render the map of venues around its tiles; *hall* fills the space it is given."""
    return component("venue_map", {"content": content, "label": label, "hall": hall})


@register.simple_block_tag
def venue_tile(
    content: str,
    *,
    column: int,
    row: int,
    name: Text,
    code: Text,
    href: str = "",
    kind: str = "",
) -> SafeString:
    """Render a venue's tile; its content is the live element with the state.

    A page holds 63 of them: they are put together here, ten times as fast as from a
    template of their own.

    Args:
        column: 1 to 14, from the west.
        row: 1 to 24, from the north.
        code: two or three letters for where the name has no room.
        kind: "central" for the bridge of the chair, "guest" for ministries.
    """
    marks = "".join(
        f" venue-tile--{mark}" for mark in (kind, _length(str(name))) if mark
    )
    element = format_html('<a class="venue-tile__name" href="{}">', href)
    return format_html(
        '<li class="venue-tile c{} r{}{}">{}{}'
        '<span class="venue-tile__long">{}</span>'
        '<span class="venue-tile__code" aria-hidden="true">{}</span></{}></li>',
        column,
        row,
        marks,
        content,
        element if href else SafeString('<span class="venue-tile__name">'),
        name,
        code,
        "a" if href else "span",
    )


@register.simple_tag
def venue_islands(*, column: int, rows: Sequence[int]) -> SafeString:
    """Render the archipelagos of Hoàng Sa and Trường Sa in their places on the map."""
    return component(
        "venue_islands", {"column": column, "north": rows[0], "south": rows[1]}
    )


@register.simple_tag
def venue_legend(*, states: Sequence[str] = ()) -> SafeString:
    """Render what the marks of the map mean; empty *states* is the live five."""
    return component("venue_legend", {"states": states})


def _length(name: str) -> str:
    """Return how a tile has to set its name: its letters must be read from afar."""
    if len(name) <= 8:  # noqa: PLR2004 -- letters, measured on the 63 names
        return ""
    return "long" if len(name) <= 11 else "longest"  # noqa: PLR2004
