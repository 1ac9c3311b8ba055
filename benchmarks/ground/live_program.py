"""The web process with one more topic: a board of tiles read from the database."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import django
from django.db import connection, models
from django.template import Template, engines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.config.settings")
if __name__ == "__main__":
    django.setup()

from lantoa.journal.events import Event
from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor, system_actor
from lantoa.live.fragments import Viewer, fragment

TOPIC = "bench:1"
TABLE = """
CREATE TABLE bench_tile (id int PRIMARY KEY, name text, state text, round int);
INSERT INTO bench_tile
SELECT n, 'Điểm cầu tỉnh số ' || n, 'waiting', 0 FROM generate_series(1, 63) n
"""
TILE = """
<li class="tile tile--{{ tile.state }}" data-venue="{{ tile.id }}">
<svg class="tile__sign" aria-hidden="true"><use href="#sign-{{ tile.state }}"/></svg>
<span class="tile__name">{{ tile.name }}</span>
<span class="tile__state">{% if tile.state == "present" %}Có mặt{% else %}Đang chờ
{% endif %}, lần seq={{ tile.round }};</span></li>
"""


class Tile(models.Model):
    name = models.TextField()
    state = models.TextField()
    round = models.IntegerField()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_tile"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueAnswered(Event):
    name: ClassVar[str] = "bench.venue_answered"
    tile_id: int

    @property
    def topic(self) -> str:
        return TOPIC


def template() -> Template:
    return engines["django"].from_string(TILE)  # type: ignore[return-value]


@fragment(
    "bench-tile", topic="bench", touched_by={VenueAnswered: lambda e: [e.tile_id]}
)
def tiles(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> Mapping[int, str]:
    rows = Tile.objects.order_by("pk")
    if parts is not None:
        rows = rows.filter(pk__in=parts)
    drawn = template()
    return {row.pk: drawn.render({"tile": row}) for row in rows}


@action
def answer(*, actor: Actor, tile_id: int, round_number: int, at: datetime) -> None:
    """Record that a venue answered, as any action of the product does."""
    Tile.objects.filter(pk=tile_id).update(state="present", round=round_number)
    record(VenueAnswered(tile_id=tile_id), by=actor, at=at)


def change(tile_id: int, round_number: int) -> None:
    """Commit one change."""
    answer(
        actor=system_actor("bench"),
        tile_id=tile_id,
        round_number=round_number,
        at=datetime.now(UTC),
    )


def make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLE)


if __name__ == "__main__":
    from lantoa.config.serve import serve

    serve(int(sys.argv[1]))
