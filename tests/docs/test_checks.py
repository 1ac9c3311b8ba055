"""Our own checks find what they look for."""

import ast
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def check_writes(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import check_writes

    yield check_writes
    sys.modules.pop("check_writes", None)


@pytest.mark.parametrize(
    "source",
    [
        "Turn.objects.create(venue=venue)",
        "turn.save()",
        "turn.save(update_fields=['state'])",
        "turn.delete()",
        "Turn.objects.filter(pk=1).update(state='x')",
        "conference.turns.create(topic='x')",
        "Turn.objects.bulk_create(rows)",
        "turns.get_or_create(pk=1)",
        "cursor.execute('INSERT INTO turn VALUES (1)')",
        "cursor.execute('  update turn set state = 1')",
        "SQL = 'WITH old AS (SELECT 1) DELETE FROM turn'",
    ],
)
def test_a_write_is_found(check_writes, source):
    assert list(check_writes.writes(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        "found.update({'a': 1})",
        "digest.update(b'x')",
        "request.session.save()",
        "cache.delete('x')",
        "path.create('x')",
        "query = 'SELECT 1 FROM turn'",
        "'''Update the table of reach.'''",
        "Turn.objects.filter(pk=1).count()",
    ],
)
def test_what_writes_no_row_is_left_alone(check_writes, source):
    assert not list(check_writes.writes(ast.parse(source)))
