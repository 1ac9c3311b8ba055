"""Who is acting: the one answer every rule, action and journal entry shares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Q


class Reach(Protocol):
    """The bodies over which an actor holds each capability."""

    def rows(self, capability: str, path: str) -> Q:
        """Return the filter of rows whose body, at ORM *path*, is within reach."""

    def covers(self, capability: str, body_id: int | None) -> bool:
        """Return whether that body is within reach."""

    def any(self, capability: str) -> bool:
        """Return whether the capability is held anywhere at all."""


NOWHERE = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class FixedReach:
    """A reach that is known by heart: sets of body ids, or None for everywhere."""

    grants: Mapping[str, frozenset[int] | None] = field(default_factory=dict)

    def rows(self, capability: str, path: str) -> Q:
        """Return the filter of rows whose body is one of the granted ids."""
        if capability not in self.grants:
            return NOWHERE
        bodies = self.grants[capability]
        return Q() if bodies is None else Q(**{f"{path}__in": bodies})

    def covers(self, capability: str, body_id: int | None) -> bool:
        """Return whether that body is granted."""
        if capability not in self.grants:
            return False
        bodies = self.grants[capability]
        return bodies is None or body_id in bodies

    def any(self, capability: str) -> bool:
        """Return whether the capability is granted over at least one body."""
        bodies = self.grants.get(capability, frozenset())
        return bodies is None or bool(bodies)


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone acting under a mandate; the system and the public have no person."""

    office: str
    reach: Reach
    person_id: int | None = None
    mandate_id: int | None = None
    body_id: int | None = None

    def may(self, capability: str) -> bool:
        """Return whether the actor holds *capability* anywhere."""
        return self.reach.any(capability)

    @property
    def signed_in(self) -> bool:
        """Return whether a person stands behind the actor."""
        return self.person_id is not None


ANONYMOUS = Actor(office="Công chúng", reach=FixedReach())


def system_actor(*capabilities: str) -> Actor:
    """Return the system acting everywhere with just the capabilities named."""
    return Actor(office="Hệ thống", reach=FixedReach(dict.fromkeys(capabilities)))
