"""The roll call as venues and watchers hear of it: open or not, nothing that counts."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from lantoa.conferences import events, queries
from lantoa.conferences.screens.showing import show
from lantoa.live.fragments import ALL, Viewer, fragment


@fragment(
    "roll-call",
    topic="conference",
    touched_by={events.RollCallOpened: ALL, events.RollCallClosed: ALL},
)
def roll_call(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return whether the roll is being called; who answered is on the tiles."""
    found = queries.venues.open_roll_call(topic_id)
    return show("roll_call", {"roll_call": found, "viewer": viewer})
