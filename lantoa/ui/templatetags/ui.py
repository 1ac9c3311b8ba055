"""The components of the design system; a signature is a contract.

Every argument is given by name. A tag with content is closed by ``end`` and its name.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from lantoa.journal.templatetags.journal import command_key
from lantoa.kernel.dates import brief_date, short_date, short_moment
from lantoa.ui import navigation, slots, words
from lantoa.ui.parts import Branch, Figure, Link, Moment, Step, Term, Text, Tone
from lantoa.ui.rendering import component

register = template.Library()

SHAPES = {
    "": "ring",
    "info": "half-disc",
    "good": "disc-check",
    "warn": "triangle",
    "bad": "octagon",
    "live": "rings",
    "accent": "disc",
    "quiet": "ring",
}


@register.simple_tag
def icon(*, name: str, label: Text = "", size: str = "") -> SafeString:
    """Render an icon of the sprite; without a label it is decoration."""
    role = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"></use></svg>',
        f" icon--{size}" if size else "",
        role,
        static("ui/icons.svg"),
        name,
    )


@register.simple_block_tag(takes_context=True)
def button(
    context: Context,
    content: str,
    *,
    post: str = "",
    href: str = "",
    tone: str = "",
    size: str = "",
    icon: str = "",
    label: Text = "",
    live: bool = False,
    confirm: Text = "",
    name: str = "",
    value: str = "",
    disabled: bool = False,
    wide: bool = False,
) -> SafeString:
    """Render a button: posts to *post*, leads to *href*, or submits its own form.

    Args:
        tone: primary, accent (decisive, one a page), danger, quiet or empty.
        size: small, large or empty.
        label: the accessible name, when the content is not enough.
        live: post in the background and stay; the answer comes by live update.
        confirm: a question asked before posting (live only).
        name: with *value*, the field that the submit button carries.
    """
    given = {
        "content": content, "post": post, "href": href, "tone": tone, "size": size,
        "icon": icon, "label": label, "live": live, "confirm": confirm, "name": name,
        "value": value, "disabled": disabled, "wide": wide,
    }  # fmt: skip
    if post:
        given["hidden"] = command_key(context)
    return component("button", given)


@register.simple_tag
def badge(*, word: Text, tone: Tone = "", shape: str = "") -> SafeString:
    """Render a state as shape, word and colour."""
    return component(
        "badge", {"word": word, "tone": tone, "shape": shape or SHAPES[tone]}
    )


@register.simple_block_tag
def card(
    content: str,
    *,
    title: Text = "",
    href: str = "",
    tone: str = "",
    level: int = 2,
    foot: Text = "",
) -> SafeString:
    """Render a card; with *href* the whole card leads there.

    Args:
        tone: accent, action, sunk or empty.
        level: heading level of the title.
    """
    return component(
        "card",
        {"content": content, "title": title, "href": href, "tone": tone,
         "level": level, "foot": foot},
    )  # fmt: skip


@register.simple_block_tag
def table(
    content: str,
    *,
    caption: Text,
    stack: bool = True,
    sticky: bool = False,
    caption_hidden: bool = False,
) -> SafeString:
    """Render a table around its ``thead`` and ``tbody``.

    On a phone each row becomes a card: give cells ``data-label``, and the first cell
    ``<th scope="row">``.
    """
    return component(
        "table",
        {"content": content, "caption": caption, "stack": stack, "sticky": sticky,
         "caption_hidden": caption_hidden},
    )  # fmt: skip


@register.simple_tag
def field(*, field: BoundField, label: Text = "", rows: int = 0) -> SafeString:
    """Render a form field with its label, and help and errors tied to it."""
    kind = getattr(field.field.widget, "input_type", "")
    extra: dict[str, str | bool] = {"rows": str(rows)} if rows else {}
    return component(
        "field",
        {
            "field": field,
            "label": label or field.label,
            "control": field.as_widget(attrs=extra),
            "kind": kind,
            "hidden": field.is_hidden,
        },
    )


@register.simple_block_tag(takes_context=True)
def form(
    context: Context,
    content: str,
    *,
    action: str = "",
    submit: Text = "",
    tone: str = "primary",
    method: str = "post",
    steady: bool = True,
    files: bool = False,
    wide: bool = False,
    back: str = "",
    ident: str = "",
) -> SafeString:
    """Render a form's shell: CSRF token, command key, content, submit button.

    Args:
        steady: send by htmx, keep what was typed when the line fails and retry with
            the same key; without scripts it is a plain form.
        files: the form carries files.
        back: address of a way out beside the submit button.
    """
    given = {
        "content": content, "action": action, "submit": submit, "tone": tone,
        "method": method, "steady": steady and method == "post", "files": files,
        "wide": wide, "back": back, "ident": ident,
    }  # fmt: skip
    if method == "post":
        given["hidden"] = command_key(context)
    return component("form", given)


@register.simple_tag
def form_errors(*, form: Any) -> SafeString:
    """Render the errors that belong to the whole form, if any."""
    return component("form_errors", {"errors": form.non_field_errors()})


@register.simple_tag
def search_box(
    *, action: str, label: Text, name: str = "q", value: str = "", hint: Text = ""
) -> SafeString:
    """Render a search form; *hint* is an example, never the label."""
    return component(
        "search_box",
        {"action": action, "label": label, "name": name, "value": value, "hint": hint},
    )


@register.simple_tag
def chips(*, label: Text, links: Sequence[Link]) -> SafeString:
    """Render filters as links; the chosen one is current."""
    return component("chips", {"label": label, "links": links})


@register.simple_tag
def tabs(*, label: Text, links: Sequence[Link]) -> SafeString:
    """Render the faces of one thing as links."""
    return component("tabs", {"label": label, "links": links})


@register.simple_tag
def breadcrumbs(*, links: Sequence[Link]) -> SafeString:
    """Render the way to this page; the page itself is not among the links."""
    return component("breadcrumbs", {"links": links})


@register.simple_tag(takes_context=True)
def pagination(context: Context, *, page: Page[Any], noun: Text = "") -> SafeString:
    """Render the pages of a list; other parameters of the address stay."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return component(
        "pagination",
        {
            "page": page,
            "noun": noun,
            "query": query.urlencode(),
            "numbers": page.paginator.get_elided_page_range(
                page.number, on_each_side=1, on_ends=1
            ),
            "gap": page.paginator.ELLIPSIS,
        },
    )


@register.simple_block_tag
def empty(content: str, *, title: Text, icon: str = "inbox") -> SafeString:
    """Render an empty state; its content says what to do next."""
    return component("empty", {"content": content, "title": title, "icon": icon})


@register.simple_block_tag
def notice(content: str, *, tone: Tone = "info", title: Text = "") -> SafeString:
    """Render a notice that stays on the page."""
    return component("notice", {"content": content, "tone": tone, "title": title})


@register.simple_block_tag
def dialog(
    content: str,
    *,
    ident: str,
    title: Text,
    opener: Text,
    tone: str = "",
    icon: str = "",
    size: str = "",
) -> SafeString:
    """Render a button and the dialog it opens, with or without scripts."""
    return component(
        "dialog",
        {"content": content, "ident": ident, "title": title, "opener": opener,
         "tone": tone, "icon": icon, "size": size},
    )  # fmt: skip


@register.simple_tag
def progress(
    *, value: float, maximum: float, label: Text, tone: Tone = "", unit: Text = ""
) -> SafeString:
    """Render how much of a whole is done, as a bar and as "31/34"."""
    return component(
        "progress",
        {"value": value, "maximum": maximum, "label": label, "tone": tone,
         "unit": unit},
    )  # fmt: skip


@register.simple_tag
def definition_list(*, terms: Sequence[Term]) -> SafeString:
    """Render terms and what is known of them."""
    return component("definition_list", {"terms": terms})


@register.simple_tag
def timeline(*, label: Text, moments: Sequence[Moment]) -> SafeString:
    """Render what happened, in the order given."""
    return component("timeline", {"label": label, "moments": moments})


@register.simple_tag
def tree(*, label: Text, branches: Sequence[Branch]) -> SafeString:
    """Render a tree that folds without scripts."""
    return component("tree", {"label": label, "branches": branches})


@register.simple_tag
def key_figures(*, figures: Sequence[Figure]) -> SafeString:
    """Render key figures side by side."""
    return component("key_figures", {"figures": figures})


@register.simple_tag
def steps(*, label: Text, steps: Sequence[Step]) -> SafeString:
    """Render the steps of a procedure and where it stands."""
    return component("steps", {"label": label, "steps": steps})


@register.simple_block_tag
def page_head(
    content: str, *, title: Text, kicker: Text = "", lead: Text = ""
) -> SafeString:
    """Render a page's one h1; the content are its actions."""
    return component(
        "page_head",
        {"content": content, "title": title, "kicker": kicker, "lead": lead},
    )


@register.simple_block_tag
def section(
    content: str, *, title: Text, ident: str, level: int = 2, note: Text = ""
) -> SafeString:
    """Render a titled section; *ident* names it in the address."""
    return component(
        "section",
        {"content": content, "title": title, "ident": ident, "level": level,
         "note": note},
    )  # fmt: skip


@register.simple_tag
def copy(*, text: str, label: Text) -> SafeString:
    """Render a text with a button that copies it."""
    return component("copy", {"text": text, "label": label})


@register.simple_tag
def paper_head(
    *,
    issuer: Text,
    number: Text,
    place: Text,
    date: Text,
    superior: Text = "",
    about: Text = "",
) -> SafeString:
    """Render the head of an official paper, its six places in their places.

    Args:
        superior: the superior body (cơ quan chủ quản), where there is one.
        number: number and symbol, "1521/QĐ-TTg".
        date: as ``kernel.dates.official_date`` has it.
        about: a letter's subject ("V/v …"), which stands below its number.

    Source:
        Decree 30/2020/NĐ-CP, Appendix I, places 1, 2, 3, 4 and 5b.
    """
    return component(
        "paper_head",
        {"issuer": issuer, "number": number, "place": place, "date": date,
         "superior": superior, "about": about},
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def main_navigation(context: Context) -> SafeString:
    """Render the main navigation for the actor of this request."""
    request = context.get("request")
    path = getattr(request, "path", "")
    actor = getattr(request, "actor", None)
    return component("navigation", {"places": navigation.places(path, actor)})


@register.simple_tag(takes_context=True)
def frame_slot(context: Context, *, name: str) -> SafeString:
    """Show what a package above has registered for a place of the page's frame."""
    return slots.filled(name, context.get("request"))


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> SafeString:
    """Render the links to this page in the other languages."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    back = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:  # a form with errors: where it came from
        back = urlsplit(request.headers.get("Referer", "")).path or "/"
    others = {
        # Django writes "Tiếng Việt" with its marks apart.
        code: normalize("NFC", get_language_info(code)["name_local"])
        for code, _name in settings.LANGUAGES
        if code != get_language()
    }
    return component("language_switch", {"others": others, "back": back})


@register.simple_tag
def script_words() -> str:
    """Return what the page's scripts say in the reader's language."""
    return words.script_words()


@register.simple_tag(takes_context=True)
def theme(context: Context, *, default: str = "") -> SafeString:
    """Return the attribute that holds the reader's choice of light or dark."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", default) if request else default
    if chosen not in {"light", "dark"}:
        return SafeString("")
    return format_html('data-theme="{}"', chosen)


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a day as offices write it: 05/3/2021; nothing for no day."""
    return short_date(value) if value else ""


@register.filter
def brief_day(value: date | datetime) -> str:
    """Return the day and month of a day whose year stands beside it: 05/3."""
    return brief_date(value)


@register.filter
def moment(value: datetime | None) -> str:
    """Return a time of day and its day: 08:30, 05/3/2021; nothing for no moment."""
    return short_moment(value) if value else ""


@register.filter
def grouped(value: int | Text | None) -> str:
    """Return a number with its thousands apart: 2.197; words stay as they are."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", get_format("THOUSAND_SEPARATOR"))
    return str(value if value is not None else "")
