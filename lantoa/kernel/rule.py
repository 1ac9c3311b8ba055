"""Permission, said once: which rows, and this one?"""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from lantoa.kernel.actor import Actor
from lantoa.kernel.refusal import NotPermitted

M = TypeVar("M", bound=Model)

RULES: list["Rule"] = []


class Rule:
    """Allow a capability over rows whose body lies within the actor's reach.

    One reach answers both questions, so a list and its buttons cannot disagree.
    *via* is the ORM path from the guarded model to its body, "" when the rows are
    bodies themselves.
    """

    def __init__(self, capability: str, *, model: str, via: str) -> None:
        self.capability = capability
        self.model = model  # "conferences.Conference"
        self.via = via
        RULES.append(self)

    def __repr__(self) -> str:
        return f"Rule({self.capability!r}, model={self.model!r}, via={self.via!r})"

    def scope(self, actor: Actor, rows: QuerySet[M]) -> QuerySet[M]:
        """Return only the *rows* within the actor's reach."""
        return rows.filter(actor.reach.rows(self.capability, self.via or "pk"))

    def allows(self, actor: Actor, obj: Model) -> bool:
        """Return whether *obj* lies within the actor's reach."""
        return actor.reach.covers(self.capability, self._body_of(obj))

    def require(self, actor: Actor, obj: Model) -> None:
        """Raise NotPermitted unless *obj* lies within the actor's reach."""
        if not self.allows(actor, obj):
            raise NotPermitted

    def _body_of(self, obj: Model) -> int | None:
        if not self.via:
            return int(obj.pk)
        *way, last = self.via.split("__")
        at: Any = obj
        for step in way:
            at = getattr(at, step)
            if at is None:  # a row without an owner is within nobody's reach
                return None
        owner: int | None = getattr(at, f"{last}_id")
        return owner


def require_anywhere(actor: Actor, capability: str) -> None:
    """Raise NotPermitted unless the actor holds *capability* at some body."""
    if not actor.may(capability):
        raise NotPermitted
