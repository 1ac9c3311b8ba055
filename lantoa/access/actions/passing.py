"""Mandates pass to the body that takes over when their own is no more."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.access import queries
from lantoa.access.actions.reach import GRANT, fill_reach, rebuild_reach
from lantoa.access.events import MandatesPassed, MandatesPassedBack
from lantoa.access.models import Mandate, Reach
from lantoa.access.vocabulary import LastAdministrator
from lantoa.journal.writing import record
from lantoa.kernel.actor import Actor, system_actor
from lantoa.kernel.dates import HANOI
from lantoa.live.actions import restore_many, revoke_many
from lantoa.organisations import consequences
from lantoa.organisations.actions.ledger import Ledger
from lantoa.organisations.consequences import SAMPLE, Moves, Touched, TouchedLine
from lantoa.organisations.models import Body

ONE_DAY = timedelta(days=1)
LONGEST_OFFICE = 200  # characters


class PassMandates:
    """The same people go on in the same roles at the bodies that take over."""

    name = "access"
    label = gettext_lazy("Chức danh")
    order = 10

    def preview(self, moves: Moves, on: date) -> list[Touched]:
        """Return the people and the mandates that pass, and what they will read."""
        rows = queries.passing(moves.old_ids, on, timezone.localdate())
        mandates = list(rows.select_related("body", "person"))
        lines = [
            TouchedLine(
                each.office,
                _page(each),
                _("%(old)s → %(new)s")
                % {
                    "old": each.body.label,
                    "new": moves.name(moves.takers[each.body_id]),
                },
            )
            for each in mandates[:SAMPLE]
        ]
        people = {each.person_id: each for each in mandates}
        accounts = [
            TouchedLine(
                each.person.email,
                _page(each),
                each.office,
            )
            for each in list(people.values())[:SAMPLE]
        ]
        return [
            Touched(_("Người được chuyển chức danh"), len(people), accounts),
            Touched(_("Chức danh chuyển sang cơ quan tiếp nhận"), len(mandates), lines),
        ]

    def apply(
        self,
        *,
        actor: Actor,
        reorganisation_id: int,
        moves: Moves,
        on: date,
        at: datetime,
    ) -> dict[str, Any]:
        """End the mandates the day before and grant the same at the takers.

        Raises:
            LastAdministrator: nobody would be left to grant mandates.
        """
        today = at.astimezone(HANOI).date()
        had = queries.administrators(today).exists()
        old = list(
            queries.passing(moves.old_ids, on, today).select_for_update(
                of=("self",), no_key=True
            )
        )
        if not old:
            return {"ledger": [], "streams": []}
        ledger = Ledger()
        named = {each.body_id for each in old}
        bodies = Body.objects.in_bulk(named | {moves.takers[pk] for pk in named})
        new = [
            Mandate(
                person_id=each.person_id,
                role=each.role,
                body_id=moves.takers[each.body_id],
                office=office_at(
                    each.office,
                    bodies[each.body_id],
                    bodies[moves.takers[each.body_id]],
                ),
                starts_on=max(on, each.starts_on),
                ends_on=each.ends_on,
            )
            for each in old
        ]
        # Who got a mandate only later never had it at the old body.
        late = [each for each in old if each.starts_on >= on]
        for each in late:
            each.starts_on = each.ends_on = on - ONE_DAY
        ledger.change(Mandate, late, ["starts_on", "ends_on"])
        begun = {each.pk for each in old} - {each.pk for each in late}
        ledger.set(Mandate.objects.filter(pk__in=begun), ends_on=on - ONE_DAY)
        granted = ledger.create(Mandate, new)
        if had and not queries.administrators(today).exists():
            raise LastAdministrator
        fill_reach(granted, today)
        streams = [each.pk for each in old] if on <= today else []
        revoke_many(streams, at=at)
        record(
            MandatesPassed(
                reorganisation_id=reorganisation_id,
                mandate_ids=[each.pk for each in (*old, *granted)],
                count=len(old),
                effective_on=on,
            ),
            by=actor,
            at=at,
        )
        return {
            "reorganisation": reorganisation_id,
            "mandates": [each.pk for each in old],
            "granted": [each.pk for each in granted],
            "streams": streams,
            "ledger": ledger.effects(),
        }

    def undo(
        self, *, actor: Actor, effects: Mapping[str, Any], on: date, at: datetime
    ) -> None:
        """Give everybody the mandates back that they had.

        Raises:
            ActedSince: a mandate was ended since, or something rests on a new one.
        """
        if not effects["ledger"]:
            return
        revoke_many(effects["granted"], at=at)
        loose: list[type[Model]] = [Reach, *consequences.telling_models()]
        Ledger.take_back(effects["ledger"], derived=loose)
        restore_many(effects["streams"])
        record(
            MandatesPassedBack(
                reorganisation_id=effects["reorganisation"],
                mandate_ids=effects["mandates"],
                count=len(effects["mandates"]),
            ),
            by=actor,
            at=at,
        )


def office_at(office: str, old: Body, new: Body) -> str:
    """Return the words of an office at *old* as they are said at *new*.

    An office that does not name its body, or names the taker, stays as it is.
    """
    if new.name in office or new.label in office:
        return office
    for before, after in ((old.name, new.name), (old.label, new.label)):
        said = office.replace(before, after)
        if said != office and len(said) <= LONGEST_OFFICE:
            return said
    return office


def _page(mandate: Mandate) -> str:
    return reverse("access:mandate", args=[mandate.pk])


def make_reach_anew(at: datetime) -> None:
    """Make the table of reach what the register of bodies now says."""
    rebuild_reach(actor=system_actor(GRANT), at=at)
