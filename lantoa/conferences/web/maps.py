"""The frame in which the tiles stand: places from the map of the country's units."""

from dataclasses import dataclass

from django.http import HttpRequest

from lantoa.conferences import queries
from lantoa.conferences.models import Conference, Venue
from lantoa.conferences.vocabulary import VenueKind
from lantoa.organisations.queries import tile_map

LIST = "danh-sach"  # ?xem=danh-sach: the same live elements, set as a list


@dataclass(frozen=True, slots=True)
class Place:
    """A venue's place: column and row, or none for the strip beside the map."""

    venue: Venue
    code: str

    @property
    def kind(self) -> str:
        """Return the kind as the design system's tile names it."""
        if self.venue.kind == VenueKind.CENTRE:
            return "central"
        return "" if self.venue.kind == VenueKind.PROVINCE else "guest"


@dataclass(frozen=True, slots=True)
class VenueMap:
    """The map of a conference: tiles on the country, a strip for the others."""

    placed: list[Place]
    strip: list[Place]
    isles_column: int
    isles_rows: list[int]  # of Hoàng Sa and Trường Sa
    as_list: bool


def of_conference(conference: Conference, request: HttpRequest) -> VenueMap:
    """Return the map on the conference's day; the two archipelagos are always on it."""
    country = tile_map(conference.on)
    codes = {
        tile.unit_id: tile.abbreviation
        for tile in country.tiles
        if not tile.is_archipelago
    }
    isles = sorted(
        (tile for tile in country.tiles if tile.is_archipelago),
        key=lambda tile: tile.row,
    )
    places = [
        Place(venue, codes.get(venue.unit_id or 0, venue.short_name))
        for venue in queries.venues.venues(conference.pk)
    ]
    return VenueMap(
        placed=[each for each in places if each.venue.column],
        strip=[each for each in places if not each.venue.column],
        isles_column=isles[0].column if isles else country.columns + 1,
        isles_rows=[isle.row for isle in isles],
        as_list=request.GET.get("xem") == LIST,
    )
