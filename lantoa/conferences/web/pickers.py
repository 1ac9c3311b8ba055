"""Choosing rows by search inside a form: what was chosen stays, what is found follows.

A picker works without scripts too: its button sends the form, which comes back with
everything typed and the rows found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from lantoa.documents import queries as documents
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import short_date
from lantoa.kernel.text import fold
from lantoa.organisations.models import Body
from lantoa.organisations.queries import places_of
from lantoa.organisations.queries.names import bodies_named

FOUND = 8  # rows a search shows
SEATS = "seats-"  # the number of people beside a body chosen


@dataclass(frozen=True, slots=True)
class Option:
    """A row that is chosen or can be."""

    value: int
    label: str
    note: str = ""
    chosen: bool = False
    seats: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picker:
    """A field of rows chosen by search.

    Attributes:
        single: at most one row (radio buttons).
        counted: each chosen row has a number of people.
    """

    name: str
    label: str | Promise
    hint: str | Promise
    url: str
    query: str
    options: Sequence[Option]
    errors: Sequence[str] = ()
    help: str | Promise = ""
    single: bool = False
    counted: bool = False

    @property
    def in_vain(self) -> bool:
        """Return whether the search found nothing, chosen or not."""
        words = fold(self.query).split()
        return bool(words) and not any(
            all(word in fold(f"{each.label} {each.note}") for word in words)
            for each in self.options
        )


def ids(values: Iterable[Any]) -> list[int]:
    """Return the ids among the *values* that a form sent, each once."""
    numbers = (int(v) for v in values if str(v).isascii() and str(v).isdigit())
    return list(dict.fromkeys(n for n in numbers if n < 2**62))


def papers_picker(
    actor: Actor, *, name: str, data: QueryDict | Mapping[str, Any], **words: Any
) -> Picker:
    """Return the picker of papers that *actor* may read."""
    query, chosen = _asked(name, data)
    visible = documents.visible_to(actor)
    held = list(visible.filter(pk__in=chosen).order_by("issued_on", "pk"))
    found = []
    if query:
        found = list(documents.register(actor, text=query).exclude(pk__in=chosen))
    return Picker(
        name=name,
        url=reverse("conferences:choose_papers") + f"?name={name}",
        query=query,
        options=[
            Option(
                paper.pk,
                str(paper),
                " · ".join(
                    filter(
                        None,
                        [
                            short_date(paper.issued_on) if paper.issued_on else "",
                            paper.summary,
                        ],
                    )
                ),
                chosen=paper.pk in chosen,
            )
            for paper in [*held, *found[:FOUND]]
        ],
        **words,
    )


def bodies_picker(
    on: date,
    *,
    name: str,
    data: QueryDict | Mapping[str, Any],
    single: bool = False,
    counted: bool = False,
    **words: Any,
) -> Picker:
    """Return the picker of bodies in being on a day."""
    query, chosen = _asked(name, data)
    kept = Q(pk__in=chosen)
    rows = list(Body.objects.filter(kept).order_by("sort_key"))
    if fold(query):
        rows += list(bodies_named(query, on).exclude(kept)[:FOUND])
    places = places_of(rows, on)
    return Picker(
        name=name,
        url=reverse("conferences:choose_bodies")
        + f"?name={name}&ngay={on:%Y-%m-%d}&single={single:d}&counted={counted:d}",
        query=query,
        single=single,
        counted=counted,
        options=[
            Option(
                body.pk,
                body.name,
                " · ".join(filter(None, [body.get_kind_display(), places[body.pk]])),
                chosen=body.pk in chosen,
                seats=str(data.get(f"{SEATS}{body.pk}", "")),
            )
            for body in rows
        ],
        **words,
    )


def _asked(name: str, data: QueryDict | Mapping[str, Any]) -> tuple[str, list[int]]:
    """Return the search text and the ids chosen so far."""
    values = data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])
    return str(data.get(f"q-{name}", "")).strip(), ids(values)
