"""How a page shows its fragments for the first time: by the hub's own function."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from lantoa.live import fragments
from lantoa.live.fragments import SINGLE, Piece, Viewer, dom_id


@dataclass(frozen=True, slots=True)
class Screen:
    """One page's live part: rendered once, wired to the stream by <live-screen>."""

    topic: str
    viewer: Viewer
    want: tuple[str, ...]  # families
    ticket: str = ""
    ticket_url: str = ""
    own: int | None = None  # the viewer's own venue, marked by the page itself
    beats: bool = False  # whether the page reports its venue alive
    pieces: dict[str, dict[str, Piece]] = field(default_factory=dict, repr=False)

    def one(self, family: str, part: int = SINGLE) -> SafeString:
        """Return one fragment's HTML ("" when there is no such part)."""
        piece = self.pieces.get(family, {}).get(dom_id(family, part))
        return mark_safe(piece.html if piece else "")  # noqa: S308 - from our templates

    def all(self, family: str) -> SafeString:
        """Return all the parts of *family*, in their order."""
        parts = self.pieces.get(family, {}).values()
        return mark_safe("\n".join(p.html for p in parts))  # noqa: S308 - as above


def screen(
    topic: str,
    want: Iterable[str],
    viewer: Viewer,
    *,
    ticket: str = "",
    ticket_url: str = "",
    own: int | None = None,
    beats: bool = False,
) -> Screen:
    """Return the screen with every wanted family rendered, one call for each.

    Args:
        topic: "conference:12".
        want: names of families; those the viewer may not have are left out.
        ticket: from :func:`lantoa.live.tickets.issue`.
        ticket_url: where the browser gets the next one: GET, JSON {"ticket": "…"},
            403 when the viewing is over.
        own: the viewer's venue; the browser marks `data-venue` elements of that id.
        beats: send the ticket's subject's heartbeat every five seconds.
    """
    found = fragments.families(topic, viewer.authority, want)
    topic_id = int(topic.partition(":")[2])
    with translation.override(viewer.language):
        pieces = {f.name: f.pieces(topic_id, None, viewer) for f in found}
    return Screen(
        topic=topic,
        viewer=viewer,
        want=tuple(family.name for family in found),
        ticket=ticket,
        ticket_url=ticket_url,
        own=own,
        beats=beats,
        pieces=pieces,
    )
