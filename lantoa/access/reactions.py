"""Reach rests on who reports to whom: it moves when that moves."""

from django.utils import timezone

from lantoa.access.actions import GRANT, rebuild_reach
from lantoa.journal.events import Event
from lantoa.journal.reacting import reacts_to
from lantoa.kernel.actor import system_actor
from lantoa.organisations.events import (
    BodyEnded,
    BodyRenamed,
    ReferenceEntered,
    SuperiorEnded,
    SuperiorSet,
)


def hold_reach_true(fact: Event) -> None:
    """Make the table of reach what the register of bodies now says."""
    rebuild_reach(actor=system_actor(GRANT), at=timezone.now())


for moved in (SuperiorSet, SuperiorEnded, BodyRenamed, BodyEnded, ReferenceEntered):
    reacts_to(moved)(hold_reach_true)
