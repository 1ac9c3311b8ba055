"""How far work has come: nine states, as a badge, a bar, its parts, and on the map."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantoa.ui.parts import Share, Text
from lantoa.ui.templatetags.ui import grouped, icon

register = template.Library()

STATES = (
    "not-received",
    "not-acknowledged",
    "acknowledged",
    "planned",
    "in-progress",
    "done-in-time",
    "done-late",
    "overdue",
    "passed",
)
LEAST = 0.8  # percent of the bar: what is there is seen


@register.simple_tag
def state_badge(*, state: str, word: Text) -> SafeString:
    """Render a state of work as shape, word and colour."""
    return format_html(
        '<span class="state-badge" data-work="{}">{}{}</span>',
        state,
        icon(name=f"state-{state}"),
        word,
    )


@register.simple_tag
def state_bar(*, shares: Sequence[Share], label: Text) -> SafeString:
    """Render the parts of a whole by state as one bar; nothing for an empty whole.

    Args:
        label: what is counted; the accessible name goes on with the parts in words.
    """
    some = [share for share in shares if share.number]
    if not some:
        return SafeString("")
    whole = sum(share.number for share in some)
    widths = [max(100 * share.number / whole, LEAST) for share in some]
    scale = 100 / sum(widths)
    parts = []
    start = 0.0
    for share, width in zip(some, widths, strict=True):
        end = start + width * scale
        parts.append((f"{start:.2f}", f"{end - start:.2f}", share.state, f"{end:.2f}"))
        start = end
    return format_html(
        '<svg class="state-bar" role="img" aria-label="{}: {}">{}</svg>',
        label,
        "; ".join(f"{share.label} {grouped(share.number)}" for share in some),
        format_html_join(
            "",
            '<rect x="{0}%" width="{1}%" height="100%" data-work="{2}"/>'
            '<line x1="{0}%" x2="{3}%" y1="50%" y2="50%" data-work="{2}"/>',
            parts,
        ),
    )


@register.simple_tag
def state_shares(
    *, shares: Sequence[Share], label: Text, zeros: bool = False
) -> SafeString:
    """Render the parts as words and numbers, each number opening its list.

    Args:
        zeros: also the states that nothing is in.
    """
    return format_html(
        '<ul class="state-shares" aria-label="{}">{}</ul>',
        label,
        format_html_join(
            "",
            "<li>{}</li>",
            ((_share(share),) for share in shares if share.number or zeros),
        ),
    )


@register.simple_tag
def work_legend(*, shares: Sequence[Share]) -> SafeString:
    """Render what the marks of work mean on the map of venues."""
    return format_html(
        '<ul class="work-legend" aria-label="{}">{}</ul>',
        _("Chú giải"),
        format_html_join(
            "",
            '<li><span class="venue-tile"><i data-work="{}"></i></span>{}</li>',
            ((share.state, share.label) for share in shares),
        ),
    )


def _share(share: Share) -> SafeString:
    words = format_html(
        "{} <b>{}</b>",
        state_badge(state=share.state, word=share.label),
        grouped(share.number),
    )
    if not share.href:
        return words
    current = SafeString(' aria-current="true"' if share.current else "")
    return format_html('<a href="{}"{}>{}</a>', share.href, current, words)
