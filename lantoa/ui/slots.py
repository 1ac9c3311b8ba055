"""Places in the page's frame that packages above fill for every page."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

Fill = Callable[[HttpRequest], str]

_fills: dict[str, Fill] = {}


def register(name: str, fill: Fill) -> None:
    """Let *fill* say what stands in the slot *name*; the last one holds."""
    _fills[name] = fill


def filled(name: str, request: HttpRequest | None) -> SafeString:
    """Return what stands in the slot, "" when nobody fills it."""
    fill = _fills.get(name)
    if fill is None or request is None:
        return SafeString("")
    return SafeString(fill(request))
