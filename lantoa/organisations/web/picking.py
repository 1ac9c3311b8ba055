"""Choosing bodies by some words of their names; what was chosen stays in the form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.kernel.text import fold
from lantoa.organisations import queries
from lantoa.organisations.models import Body
from lantoa.organisations.queries.names import bodies_named
from lantoa.organisations.web.days import asked_day
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

FOUND = 10  # bodies that a search shows
NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass
class Pick:
    """A field of one body, or of several, chosen by search.

    ``name`` is the field's; its search box is called ``q-<name>``.
    """

    name: str
    label: str | Promise
    on: date
    many: bool = False
    help: str | Promise = ""
    query: str = ""
    chosen: list[Body] = field(default_factory=list)
    found: list[Body] = field(default_factory=list)
    errors: list[str | Promise] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Return where the field asks for bodies while somebody types."""
        to = reverse("organisations:pick")
        return f"{to}?name={self.name}&ngay={self.on:%Y-%m-%d}&nhieu={self.many:d}"

    @property
    def options(self) -> list[tuple[Body, str, bool]]:
        """Return the bodies to choose from: each, its place, whether it is chosen."""
        rows = [*self.chosen, *self.found]
        places = queries.places_of(rows, self.on)
        return [(each, places[each.pk], each in self.chosen) for each in rows]

    def read(self, data: QueryDict | Mapping[str, Any]) -> "Pick":
        """Take over what was chosen and typed; one body of the words typed is meant."""
        values = data.getlist(self.name) if isinstance(data, QueryDict) else []
        ids = {int(each) for each in values if NUMBER.fullmatch(each)}
        self.chosen = list(Body.objects.filter(pk__in=ids).order_by("sort_key"))
        self.query = str(data.get(f"q-{self.name}", "")).strip()
        if fold(self.query):
            rows = bodies_named(self.query, self.on).exclude(pk__in=ids)
            self.found = list(rows[:FOUND])
        return self

    def settle(self, *, required: bool = True) -> list[Body]:
        """Return what was meant, or note what is wrong."""
        if not self.chosen and self.query:
            same = [b for b in self.found if fold(self.query) in _names(b)]
            meant = same or self.found
            if len(meant) == 1:
                self.chosen, self.found = meant, []
            elif meant:
                self.errors.append(_("Hãy chọn trong danh sách tìm thấy."))
            else:
                self.errors.append(_("Không tìm thấy cơ quan nào có tên này."))
        if not self.chosen and not self.errors and required:
            self.errors.append(_("Hãy chọn cơ quan."))
        return self.chosen


def _names(body: Body) -> Sequence[str]:
    return fold(body.name), fold(body.short_name)


@require_GET
def pick(request: ActorRequest) -> HttpResponse:
    """Show the bodies that some words may mean; bodies are public."""
    name = request.GET.get("name", "")
    wanted = Pick(
        name if name.isidentifier() else "body",
        "",
        asked_day(request).on,
        many=request.GET.get("nhieu") == "1",
    )
    context = {"pick": wanted.read(request.GET)}
    return page(request, "organisations/pick_options.html", context)
