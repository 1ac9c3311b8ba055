"""Tags that put a live screen on a page."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lantoa.live.fragments import SINGLE
from lantoa.live.pages import Screen

register = template.Library()
EARLY = tuple(
    f"live/{name}.js"
    for name in (
        *("apply", "clocks", "wire", "words"),
        *("exchange", "line", "asked", "beat", "measure", "worker"),
    )
)


@register.simple_tag
def live_fragment(screen: Screen, family: str, part: int = SINGLE) -> SafeString:
    """Show one fragment: ``{% live_fragment screen "tile" venue.pk %}``."""
    return screen.one(family, part)


@register.simple_tag
def live_parts(screen: Screen, family: str) -> SafeString:
    """Show every part of a family in order: ``{% live_parts screen "tile" %}``."""
    return screen.all(family)


@register.simple_tag
def live_script() -> SafeString:
    """Load the elements <live-screen>, <server-clock> and <elapsed-clock>.

    Everything that they and the shared worker import is fetched at once: on a line of
    600 ms, module after module would take three seconds.
    """
    early = format_html_join(
        "", '<link rel="modulepreload" href="{}">', ((static(each),) for each in EARLY)
    )
    return format_html(
        '{}<script type="module" src="{}"></script>', early, static("live/screen.js")
    )


@register.simple_block_tag
def live_screen(content: str, screen: Screen) -> SafeString:
    """Wire what stands inside to the stream: ``{% live_screen screen %}…``."""
    return format_html(
        '<live-screen topic="{}" want="{}" ticket="{}" ticket-url="{}" own="{}"'
        ' authority="{}" lang="{}" worker="{}"{}>{}</live-screen>',
        screen.topic,
        " ".join(screen.want),
        screen.ticket,
        screen.ticket_url,
        "" if screen.own is None else screen.own,
        screen.viewer.authority,
        screen.viewer.language,
        static("live/worker.js"),
        SafeString(" beats" if screen.beats else ""),
        content,
    )
