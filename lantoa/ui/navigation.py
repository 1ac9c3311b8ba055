"""The main navigation: packages register their entries when they are ready."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from lantoa.kernel.actor import ANONYMOUS, Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the main navigation.

    Attributes:
        url_name: reversed without arguments; the entry is current below that address.
        order: ascending from the left; tens leave room.
        capability: who sees it: holders anywhere; empty means everybody.
        signed_in: shown only to people with an account.
    """

    label: str | Promise
    url_name: str
    order: int
    capability: str = ""
    signed_in: bool = False

    def shown_to(self, actor: Actor) -> bool:
        """Return whether *actor* sees the entry."""
        if self.signed_in and not actor.signed_in:
            return False
        return not self.capability or actor.may(self.capability)


@dataclass(frozen=True, slots=True)
class Place:
    """An entry as it stands on one page."""

    label: str | Promise
    href: str
    current: bool


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Put *entry* into the navigation, in place of one for the same address."""
    _entries[entry.url_name] = entry


def places(path: str, actor: Actor | None) -> list[Place]:
    """Return the entries that *actor* sees, with the one that holds *path* marked."""
    found = []
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        if not entry.shown_to(actor or ANONYMOUS):
            continue
        try:
            href = reverse(entry.url_name)
        except NoReverseMatch:  # the package is registered but not mounted
            continue
        found.append(Place(entry.label, href, current=False))
    holding = [place.href for place in found if path.startswith(place.href)]
    longest = max(holding, key=len, default="")
    return [
        Place(place.label, place.href, current=place.href == longest) for place in found
    ]
