"""What the register itself writes when a reorganisation takes effect.

The bodies founded, the ends of the old ones, who came from whom, and what goes on with
the takers: their lines of work, and the seats on councils. All of it in a ledger.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lantoa.kernel.text import fold
from lantoa.organisations.actions.ledger import Ledger
from lantoa.organisations.models import (
    Body,
    BodySuccession,
    Council,
    CouncilSeat,
    FoundedBody,
    ReportsTo,
    valid_on,
)
from lantoa.organisations.queries.reorganisations import Plan, taker_id
from lantoa.organisations.vocabulary import (
    CannotApply,
    ChangeKind,
    Line,
    ReportsInACircle,
)


class Register:
    """The writes of one reorganisation, in the order in which they are made."""

    def __init__(self, ledger: Ledger, plan: Plan) -> None:
        self.ledger = ledger
        self.plan = plan
        self.on = plan.on
        self.takers: dict[int, int] = {}
        self.main: dict[int, int] = {}  # a founded body → the first whose work it takes

    def write(self) -> None:
        """Write everything.

        Raises:
            ReportsInACircle: a body would stand below itself.
            CannotApply: a later superior is entered already.
        """
        self._found()
        for each in self.plan.changes:
            if each.passes:
                self.takers[each.old_id] = taker_id(each)
                if each.founded:
                    self.main.setdefault(taker_id(each), each.old_id)
        self._end()
        self._succeed()
        new = [*self._carry_lines(), *self._move()]
        self.ledger.create(ReportsTo, new)
        self._refuse_circles(new)
        self._carry_councils()
        self._carry_seats()

    def _found(self) -> None:
        fresh = [each for each in self.plan.founded if each.body_id is None]
        slugs = free_slugs(each.name for each in fresh)
        made = self.ledger.create(
            Body,
            [
                Body(
                    slug=slug,
                    kind=each.kind,
                    name=each.name,
                    short_name=each.short_name,
                    territory_id=each.territory_id,
                    valid_from=self.on,
                )
                for each, slug in zip(fresh, slugs, strict=True)
            ],
        )
        for each, body in zip(fresh, made, strict=True):
            each.body = body
        self.ledger.change(FoundedBody, fresh, ["body"])
        bodies = {each.pk: each.body for each in self.plan.founded}
        for change in self.plan.changes:
            if change.founded:
                change.founded.body = bodies[change.founded.pk]

    def _end(self) -> None:
        open_ended = Q(valid_until__isnull=True) | Q(valid_until__gt=self.on)
        ending = Body.objects.filter(pk__in=self.takers)
        self.ledger.set(ending.filter(open_ended), valid_until=self.on)

    def _succeed(self) -> None:
        changes = [c for c in self.plan.changes if c.kind != ChangeKind.MOVE]
        rows = BodySuccession.objects.filter(effective_on=self.on)
        known = set(
            rows.filter(old__in=[c.old_id for c in changes]).values_list("old", "new")
        )
        self.ledger.create(
            BodySuccession,
            [
                BodySuccession(
                    old_id=each.old_id,
                    new_id=taker_id(each),
                    effective_on=self.on,
                    extent=each.extent,
                    main_part=each.main_part,
                    basis=self.plan.reorganisation.basis,
                )
                for each in changes
                if (each.old_id, taker_id(each)) not in known
            ],
        )

    def _carry_lines(self) -> list[ReportsTo]:
        """Close the lines of the ended bodies; return those that go on."""
        ended = set(self.takers)
        rows = ReportsTo.objects.filter(Q(body__in=ended) | Q(superior__in=ended))
        living = list(rows.filter(valid_on(self.on)))
        _close(self.ledger, rows, self.on)
        moved = {(c.old_id, c.line) for c in self.plan.of_kind(ChangeKind.MOVE)}
        new = [
            self._line(row.body_id, self.takers[row.superior_id], row)
            for row in living
            if row.superior_id in ended
            and row.body_id not in ended
            and (row.body_id, row.line) not in moved
        ]
        said = self._described()
        new += said
        known = {(row.body_id, row.line) for row in said}
        up = {(row.body_id, row.line): row for row in living}
        for founded_id, old_id in self.main.items():
            for line in Line.values:
                row = up.get((old_id, line))
                if row is not None and (founded_id, line) not in known:
                    above = self.takers.get(row.superior_id, row.superior_id)
                    new.append(self._line(founded_id, above, row))
        return [row for row in new if row.body_id != row.superior_id]

    def _line(self, body_id: int, superior_id: int, row: ReportsTo) -> ReportsTo:
        return ReportsTo(
            body_id=body_id,
            superior_id=superior_id,
            line=row.line,
            valid_from=self.on,
            valid_until=row.valid_until,
        )

    def _described(self) -> list[ReportsTo]:
        """Return the lines that the descriptions of founded bodies say."""
        said: list[ReportsTo] = []
        for each in self.plan.founded:
            for superior_id, line in (
                (each.superior_id, Line.TERRITORIAL),
                (each.justice_superior_id, Line.JUSTICE),
            ):
                if superior_id is not None and each.body_id is not None:
                    above = self.takers.get(superior_id, superior_id)
                    said.append(
                        ReportsTo(
                            body_id=each.body_id,
                            superior_id=above,
                            line=line,
                            valid_from=self.on,
                        )
                    )
        return said

    def _move(self) -> list[ReportsTo]:
        """End the lines of bodies that get another superior; return the new ones."""
        moves = self.plan.of_kind(ChangeKind.MOVE)
        mine = Q(pk__in=[])
        for each in moves:
            mine |= Q(body=each.old_id, line=each.line)
        rows = ReportsTo.objects.filter(mine)
        later = rows.filter(valid_from__gte=self.on).select_related("body").first()
        if later is not None:
            raise CannotApply(
                _("%(body)s đã có cơ quan cấp trên ghi từ sau ngày hiệu lực.")
                % {"body": later.body.name}
            )
        _close(self.ledger, rows, self.on)
        return [
            ReportsTo(
                body_id=each.old_id,
                superior_id=taker_id(each),
                line=each.line,
                valid_from=self.on,
            )
            for each in moves
        ]

    def _refuse_circles(self, new: Iterable[ReportsTo]) -> None:
        rows = ReportsTo.objects.filter(valid_on(self.on))
        above = {
            (body, line): up
            for body, line, up in rows.values_list("body", "line", "superior")
        }
        for row in new:
            met = {row.body_id}
            up = above.get((row.body_id, row.line))
            while up is not None:
                if up in met:
                    raise ReportsInACircle
                met.add(up)
                up = above.get((up, row.line))

    def _carry_councils(self) -> None:
        """Give founded councils what the old ones had, and the served their agency."""
        served = list(
            Council.objects.filter(standing_agency__in=self.takers).exclude(
                body__in=self.takers
            )
        )
        for council in served:
            council.standing_agency_id = self.takers[council.standing_agency_id or 0]
        self.ledger.change(Council, served, ["standing_agency"])
        founded = {old: new for new, old in self.main.items()}
        councils = Council.objects.filter(pk__in=founded)
        self.ledger.create(
            Council,
            [
                Council(
                    body_id=founded[council.pk],
                    level=council.level,
                    standing_agency_id=self.takers.get(
                        council.standing_agency_id or 0, council.standing_agency_id
                    ),
                    founding_decision=self.plan.reorganisation.basis,
                    note=council.note,
                )
                for council in councils
            ],
        )

    def _carry_seats(self) -> None:
        ended = set(self.takers)
        founded = {old: new for new, old in self.main.items()}
        rows = CouncilSeat.objects.filter(Q(body__in=ended) | Q(council__in=ended))
        held = list(rows.filter(valid_on(self.on)))
        _close(self.ledger, rows, self.on)
        self.ledger.create(
            CouncilSeat,
            [
                CouncilSeat(
                    council_id=founded.get(seat.council_id, seat.council_id),
                    role=seat.role,
                    body_id=self.takers.get(seat.body_id, seat.body_id),
                    office=seat.office,
                    valid_from=self.on,
                    valid_until=seat.valid_until,
                    source=self.plan.reorganisation.basis,
                )
                for seat in held
                if seat.council_id not in ended or seat.council_id in founded
            ],
        )


def _close(ledger: Ledger, rows: "QuerySet[Any]", on: date) -> None:
    """End dated rows on a day; what would begin only then is taken away."""
    ledger.remove(rows.filter(valid_from__gte=on))
    ledger.set(rows.filter(valid_on(on)), valid_until=on)


def free_slugs(names: Iterable[str]) -> list[str]:
    """Return a slug for each name that no body has, in one statement."""
    stems = [slugify(fold(name))[:70] or "co-quan" for name in names]
    if not stems:
        return []
    taken = set(Body.objects.values_list("slug", flat=True))
    slugs: list[str] = []
    for stem in stems:
        tried = (stem, *(f"{stem}-{n}" for n in range(2, 10_000)))
        slug = next(each for each in tried if each not in taken)
        taken.add(slug)
        slugs.append(slug)
    return slugs
