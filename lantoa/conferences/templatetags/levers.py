"""Buttons of a console, and the facts of the agenda they stand beside."""

from datetime import timedelta

from django import template
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantoa.conferences.clocks import Clock
from lantoa.conferences.queries.agenda import Row
from lantoa.conferences.vocabulary import ItemState
from lantoa.ui.parts import Text

register = template.Library()

AGENDA_STATES = {
    ItemState.PLANNED: "waiting",
    ItemState.RUNNING: "live",
    ItemState.SUSPENDED: "suspended",
    ItemState.DONE: "done",
    ItemState.SKIPPED: "skipped",
}


@register.simple_block_tag
def lever(
    content: str,
    *,
    to: str,
    ident: str,
    tone: str = "",
    size: str = "",
    icon: str = "",
    label: Text = "",
    key: str = "",
    name: str = "",
    value: str | int = "",
    confirm: Text = "",
) -> SafeString:
    """Render a button that sends the page's one form to *to*.

    It holds neither token nor key, so that a fragment is the same bytes for all.

    Args:
        ident: DOM id, by which the focus is given back when the fragment is renewed.
        key: the single key that presses it on a console with shortcuts.
        name: with *value*, the one field it carries.
        confirm: a question asked before it is sent.
    """
    given = {
        "content": content, "to": to, "ident": ident, "tone": tone, "size": size,
        "icon": icon, "label": label, "key": key, "name": name, "value": value,
        "confirm": confirm,
    }  # fmt: skip
    return SafeString(render_to_string("conferences/live/lever.html", given))


@register.simple_tag
def elapsed(clock: Clock) -> SafeString:
    """Render a clock that counts down to its limit on every screen alike."""
    return format_html(
        '<elapsed-clock class="clock" {} accumulated="{}" limit="{}" count="down">'
        "{}</elapsed-clock>",
        format_html('from="{}"', clock.since) if clock.since else SafeString("paused"),
        clock.spent,
        clock.limit,
        _("%(minutes)s phút") % {"minutes": clock.planned},
    )


@register.filter
def agenda_state(row: Row) -> str:
    """Return the state of an item as the design system names it."""
    return AGENDA_STATES[row.state]


@register.filter
def minutes(span: timedelta) -> int:
    """Return whole minutes, rounded."""
    return round(span.total_seconds() / 60)


@register.filter
def ident(row: Model, word: str) -> str:
    """Return the DOM id of a row's lever: ``give-12``."""
    return f"{word}-{row.pk}"
