"""The table of reach, read as the kernel's ``Reach``."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lantoa.access.models import Mandate, Reach
from lantoa.access.roles import OWN, ROLES
from lantoa.access.vocabulary import Role, Way
from lantoa.kernel.actor import NOWHERE, Actor


@dataclass(frozen=True, slots=True)
class TableReach:
    """How far one mandate reaches, for each capability of its role."""

    body_id: int
    role: Role

    def rows(self, capability: str, path: str) -> Q:
        """Return the filter of rows whose body, at ORM *path*, is within reach."""
        if not self.any(capability):
            return NOWHERE
        ways = ROLES[self.role][capability]
        if ways is None:
            return Q()
        if ways == OWN:
            return Q(**{path: self.body_id})
        return Q(**{f"{path}__in": self._bodies(ways).values("body_id")})

    def covers(self, capability: str, body_id: int | None) -> bool:
        """Return whether that body is within reach."""
        if not self.any(capability):
            return False
        ways = ROLES[self.role][capability]
        if ways is None:
            return True
        if body_id == self.body_id:
            return True
        if ways == OWN or body_id is None:
            return False
        return self._bodies(ways).filter(body_id=body_id).exists()

    def any(self, capability: str) -> bool:
        """Return whether the role has the capability."""
        return capability in ROLES[self.role]

    def _bodies(self, ways: frozenset[Way]) -> QuerySet[Reach]:
        return Reach.objects.filter(holder=self.body_id, way__in=ways)


def actor_under(mandate: Mandate) -> Actor:
    """Return the person acting under *mandate*."""
    return Actor(
        office=mandate.office,
        reach=TableReach(mandate.body_id, Role(mandate.role)),
        person_id=mandate.person_id,
        mandate_id=mandate.pk,
        body_id=mandate.body_id,
    )
