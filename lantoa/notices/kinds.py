"""The kinds of notices: packages above register theirs when they are ready."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of notice, which people may want by e-mail or not.

    Attributes:
        name: "plans.overdue"; kept in the rows, so it never changes.
        label: what the reader calls it, lazily translated.
        default_email: whether it goes into the digest of who has not chosen.
        icon: of the sprite.
    """

    name: str
    label: str | Promise
    default_email: bool = True
    icon: str = "bell"


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make *kind* known, in place of one of the same name; return it."""
    _kinds[kind.name] = kind
    return kind


def all_kinds() -> list[Kind]:
    """Return every kind, in the order of registration."""
    return list(_kinds.values())


def kind_named(name: str) -> Kind:
    """Return the kind of that name; one that is gone is called by its name."""
    return _kinds.get(name) or Kind(name=name, label=name, default_email=False)


def is_known(name: str) -> bool:
    """Return whether a kind of that name is registered."""
    return name in _kinds


def mailed_by_default() -> list[str]:
    """Return the names of the kinds that go into digests unless somebody objects."""
    return [kind.name for kind in _kinds.values() if kind.default_email]
