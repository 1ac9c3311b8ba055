"""What components are given: small typed values, so that templates stay plain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
Tone = Literal["", "info", "good", "warn", "bad", "accent", "live", "quiet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link in crumbs, tabs or chips; *count* stands beside the label."""

    label: Text
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A key figure: ``31`` of ``34``, what it counts, and a note on its provenance."""

    value: int | Text
    label: Text
    whole: int | Text | None = None
    note: Text = ""
    href: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of a whole are in one state of work; *href* opens their list."""

    state: str  # one of templatetags.work_state.STATES
    label: Text
    number: int
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term and what is known of it; an empty text reads "not recorded"."""

    term: Text
    text: Text
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that happened, for a timeline; *by* is an office."""

    at: datetime
    title: Text
    text: Text = ""
    by: Text = ""
    tone: Tone = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a procedure."""

    label: Text
    state: Literal["done", "now", "later"] = "later"
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A node of a tree; *href* makes its label a link."""

    label: Text
    href: str = ""
    note: Text = ""
    current: bool = False
    unfolded: bool = False
    children: "Sequence[Branch]" = ()
