"""What facts are about: how each is called, where it stands, whom it belongs to.

A fact names its subjects by noun and number ("venue:5"). Every noun that facts use has
a line here; a test holds the table against the facts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from lantoa.kernel.actor import Actor

READ = "journal.read"
Said = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of subject.

    Attributes:
        model: its rows, "conferences.Venue".
        fields: what its label is made of.
        via: ORM paths to the bodies it belongs to; "" is a body itself. Who may read
            the journal of one of them may read this one's. Empty: only who may read
            everything.
        page: name of its page, which takes its number.
        public: the field that says that anybody may read its journal.
    """

    model: str
    fields: tuple[str, ...] = ()
    said: Said | None = None
    via: tuple[str, ...] = ()
    page: str = ""
    public: str = ""

    def label(self, row: Mapping[str, Any]) -> str:
        """Return what the subject is called."""
        if self.said is not None:
            return self.said(row)
        return " ".join(str(row[field]) for field in self.fields if row[field])


@dataclass(frozen=True, slots=True)
class Label:
    """A subject as a page names it."""

    text: str
    href: str = ""


_BODY = Noun("organisations.Body", ("name",), via=("",), page="organisations:body")
_CONFERENCE = Noun(
    "conferences.Conference",
    ("title",),
    via=("host",),
    page="conferences:conference",
)

NOUNS: dict[str, Noun] = {
    "body": _BODY,
    "superior": _BODY,
    "successor": _BODY,
    "council": _BODY,
    "host_body": _BODY,
    "unit": Noun(
        "organisations.Unit",
        ("names__full_name",),
        page="organisations:unit",
        public="code",
    ),
    "reorganisation": Noun(
        "organisations.Reorganisation",
        ("title",),
        page="organisations:reorganisation",
    ),
    "person": Noun(
        "identity.Person",
        said=lambda row: _("tài khoản số %s") % row["pk"],
    ),
    "mandate": Noun("access.Mandate", ("office",), via=("body",)),
    "token": Noun("gateway.AccessToken", ("name",), via=("mandate__body",)),
    "digest": Noun(
        "notices.Digest",
        said=lambda row: _("thư tổng hợp số %s") % row["pk"],
    ),
    "file": Noun("files.StoredFile", ("name",), via=("owner",)),
    "paper": Noun(
        "documents.Paper",
        ("type__name", "code"),
        via=("keeper", "issuer"),
        page="documents:paper",
        public="public",
    ),
    "clause": Noun(
        "documents.Clause",
        ("label", "paper__code"),
        said=lambda row: (
            _("mục %(label)s, %(paper)s")
            % {"label": row["label"], "paper": row["paper__code"]}
        ),
        via=("paper__keeper", "paper__issuer"),
        public="paper__public",
    ),
    "task": Noun(
        "plans.Task",
        ("work",),
        via=("dispatcher",),
        page="plans:task",
    ),
    "obligation": Noun(
        "plans.Obligation",
        ("task__work",),
        via=("task__dispatcher", "party__body"),
        page="plans:obligation",
    ),
    "milestone": Noun(
        "plans.Milestone",
        ("title",),
        via=("obligation__task__dispatcher", "obligation__party__body"),
    ),
    "progress": Noun(
        "plans.Progress", said=lambda row: _("báo cáo tiến độ số %s") % row["pk"]
    ),
    "extension": Noun(
        "plans.ExtensionRequest",
        said=lambda row: _("đề nghị gia hạn số %s") % row["pk"],
    ),
    "answer": Noun("plans.Answer", said=lambda row: _("câu trả lời %s") % row["pk"]),
    "conference": _CONFERENCE,
    "prepared_from": _CONFERENCE,
    "venue": Noun("conferences.Venue", ("name",), via=("body", "conference__host")),
    "item": Noun("conferences.AgendaItem", ("title",), via=("conference__host",)),
    "turn": Noun(
        "conferences.Turn", ("topic",), via=("venue__body", "conference__host")
    ),
    "conclusion": Noun(
        "conferences.Conclusion",
        ("heading", "work"),
        said=lambda row: row["heading"] or row["work"][:80],
        via=("conference__host",),
    ),
    "roll_call": Noun(
        "conferences.RollCall",
        ("number",),
        said=lambda row: _("lượt điểm danh %s") % row["number"],
        via=("conference__host",),
    ),
}


def labels(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Label]:
    """Return what subjects are called, in one query for each kind of row.

    What is gone is called by its number.
    """
    by_model: defaultdict[str, set[int]] = defaultdict(set)
    asked = [(noun, pk) for noun, pk in wanted if noun in NOUNS]
    for noun, pk in asked:
        by_model[NOUNS[noun].model].add(pk)
    nouns = {noun.model: noun for noun in NOUNS.values()}
    rows = {
        (model, row["pk"]): row
        for model, pks in by_model.items()
        for row in apps.get_model(model)
        ._default_manager.filter(pk__in=pks)
        .order_by("pk")
        .values("pk", *nouns[model].fields)
    }
    found: dict[tuple[str, int], Label] = {}
    for noun, pk in asked:
        row = rows.get((NOUNS[noun].model, pk))
        text = NOUNS[noun].label(row) if row else _("số %s (không còn)") % pk
        found[noun, pk] = Label(text, _page(NOUNS[noun], pk) if row else "")
    return found


def readable(actor: Actor, noun: str, row: Model) -> bool:
    """Return whether *actor* may read the journal of a subject."""
    kind = NOUNS[noun]
    if kind.public and attrgetter(kind.public.replace("__", "."))(row):
        return True
    return any(
        actor.reach.covers(READ, _body(row, path)) for path in kind.via or (None,)
    )


def _body(row: Model, path: str | None) -> int | None:
    if path is None:
        return None
    if not path:
        return int(row.pk)
    *steps, last = path.split("__")
    holder: Any = attrgetter(".".join(steps))(row) if steps else row
    owner: int | None = getattr(holder, f"{last}_id")
    return owner


def _page(noun: Noun, pk: int) -> str:
    try:
        return reverse(noun.page, args=[pk]) if noun.page else ""
    except NoReverseMatch:  # the package is not mounted
        return ""
