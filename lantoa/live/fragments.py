"""The registry of fragments: what a live page is made of, and what touches it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final, Literal, NamedTuple

from lantoa.journal.events import Event

Authority = Literal["public", "delegate", "venue", "secretariat", "chair"]
AUTHORITIES: Final[tuple[Authority, ...]] = (
    "public",
    "delegate",
    "venue",
    "secretariat",
    "chair",
)
SINGLE: Final = 0  # the part of a family that has only one


class All:
    """Says that an event touches every part of a family."""

    def __repr__(self) -> str:
        return "ALL"


ALL: Final = All()


class Viewer(NamedTuple):
    """The class for which fragments are rendered; never a person."""

    authority: Authority = "public"
    language: str = "vi"


class Piece(NamedTuple):
    """One rendered fragment: the digest of its content, and its HTML, stamped."""

    digest: str
    html: str


Render = Callable[[int, Sequence[int] | None, Viewer], Mapping[int, str]]
Touch = Callable[[Any], Iterable[int]] | All


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Fragments of one name: the parts 12, 13, … of "tile", or the one "queue"."""

    name: str
    topic: str  # the noun of the topic: "conference" of "conference:12"
    render: Render
    authorities: frozenset[Authority]
    touched_by: Mapping[str, Touch]
    events: Mapping[str, type[Event]] = field(repr=False)

    def parts_touched(
        self, event: str, payload: Mapping[str, Any] | None
    ) -> frozenset[int] | None:
        """Return the parts that *event* touches; None = all of them.

        A payload of None is an event too long to carry: it may touch anything.
        """
        touch = self.touched_by.get(event)
        if touch is None:
            return frozenset()
        if isinstance(touch, All) or payload is None:
            return None
        return frozenset(touch(self.events[event].read(dict(payload))))

    def pieces(
        self, topic_id: int, parts: Sequence[int] | None, viewer: Viewer
    ) -> dict[str, Piece]:
        """Return the fragments by DOM id, in the order the page shows them."""
        rendered = self.render(topic_id, parts, viewer)
        return {
            name: stamp(name, html)
            for name, html in (
                (dom_id(self.name, part), html) for part, html in rendered.items()
            )
        }


_families: dict[str, Family] = {}


def fragment(
    name: str,
    *,
    topic: str,
    touched_by: Mapping[type[Event], Touch],
    authorities: Iterable[Authority] = AUTHORITIES,
) -> Callable[[Render], Render]:
    """Register a function from (topic id, parts, viewer) to HTML by part.

    The function reads the database only, and gives the parts asked for (None = all);
    a part that is asked for and not given is gone from the page. A family with one
    fragment has the part 0. Each HTML has one root element; its id and its digest are
    stamped on it here, so a template need not know them.

    Args:
        name: of the family, unique in the product: lower-case words joined by "-".
        topic: the noun of the topic, "conference" for topics like "conference:12".
        touched_by: for each event either ALL or a function from the event to the
            parts it touches. Only events with a live topic arrive.
        authorities: who may have it; nobody else ever receives it.
    """

    def register(render: Render) -> Render:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not the name of a fragment family: {name}")
        if name in _families and _families[name].render is not render:
            raise ValueError(f"two fragment families are called {name}")
        _families[name] = Family(
            name=name,
            topic=topic,
            render=render,
            authorities=frozenset(authorities),
            touched_by={event.name: touch for event, touch in touched_by.items()},
            events={event.name: event for event in touched_by},
        )
        return render

    return register


def families(
    topic: str, authority: Authority, want: Iterable[str] | None = None
) -> tuple[Family, ...]:
    """Return the families of *topic* that *authority* may have, of those wanted."""
    noun = topic.partition(":")[0]
    return tuple(
        family
        for family in (
            _families.values()
            if want is None
            else [_families[name] for name in sorted(set(want)) if name in _families]
        )
        if family.topic == noun and authority in family.authorities
    )


def dom_id(family: str, part: int) -> str:
    """Return the id of a fragment's element: "queue", or "tile-12"."""
    return family if part == SINGLE else f"{family}-{part}"


def family_of(name: str) -> str:
    """Return the family of the fragment with the DOM id *name*."""
    family, dash, part = name.rpartition("-")
    return family if dash and part.isdigit() else name


_NAME = re.compile(r"[a-z]+(-[a-z]+)*")
_ROOT = re.compile(r"""<([a-zA-Z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*?)(/?>)""")
_ID = re.compile(r"\sid=")


def stamp(name: str, html: str) -> Piece:
    """Return the fragment with its id and digest on its root element.

    Raises:
        ValueError: the HTML does not begin with an element.
    """
    html = html.strip()
    root = _ROOT.match(html)
    if root is None:
        raise ValueError(f"fragment {name} does not begin with an element")
    digest = blake2b(html.encode(), digest_size=6).hexdigest()
    tag, attributes, end = root.groups()
    own = "" if _ID.search(attributes) else f' id="{name}"'
    head = f'<{tag}{own} data-digest="{digest}"{attributes}{end}'
    return Piece(digest, head + html[root.end() :])
