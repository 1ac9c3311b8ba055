from datetime import date

import pytest

from lantoa.organisations.actions.ledger import ActedSince, Ledger, LeftHangingError
from lantoa.organisations.models import Body, BodySuccession, ReportsTo
from tests.factories import BodyFactory, below
from tests.organisations.reorganising import dump

pytestmark = pytest.mark.django_db


def test_what_is_written_through_a_ledger_comes_back_row_by_row():
    body, other = BodyFactory.create_batch(2)
    low = below(body)
    line = ReportsTo.objects.get(body=low)
    before = dump()

    ledger = Ledger()
    ledger.remove(ReportsTo.objects.filter(pk=line.pk))
    [new] = ledger.create(Body, [Body(slug="moi", kind="ministry", name="Bộ mới")])
    ledger.create(ReportsTo, [ReportsTo(body=low, superior=new, line="council")])
    body.name, other.name = "Tên một", "Tên hai"
    ledger.change(Body, [body, other], ["name"])
    ledger.set(Body.objects.all(), valid_until=date(2027, 1, 1))
    assert dump() != before

    Ledger.take_back(ledger.effects())
    assert dump() == before


def test_a_row_changed_since_is_not_overwritten():
    body = BodyFactory()
    ledger = Ledger()
    ledger.set(Body.objects.filter(pk=body.pk), name="Tên mới")
    Body.objects.filter(pk=body.pk).update(name="Tên khác")
    with pytest.raises(ActedSince) as refused:
        Ledger.take_back(ledger.effects())
    assert refused.value.pks == [body.pk]
    assert Body.objects.get(pk=body.pk).name == "Tên khác"


def test_a_created_row_on_which_something_rests_is_not_taken_away():
    ledger = Ledger()
    [new] = ledger.create(Body, [Body(slug="moi", kind="ministry", name="Bộ mới")])
    BodySuccession.objects.create(
        old=BodyFactory(), new=new, effective_on=date(2026, 1, 1), extent="whole"
    )
    with pytest.raises(ActedSince) as refused:
        Ledger.take_back(ledger.effects())
    assert "kế thừa" in str(refused.value)


def test_a_row_on_which_something_rests_is_not_removed():
    line = below(BodyFactory())
    with pytest.raises(LeftHangingError):
        Ledger().remove(Body.objects.filter(pk=line.pk))


@pytest.mark.parametrize("count", [1, 30])
def test_a_ledger_writes_in_as_many_statements_however_many_rows(
    count, django_assert_num_queries
):
    bodies = BodyFactory.create_batch(count)
    ledger = Ledger()
    with django_assert_num_queries(4):  # the numbers, before, the write, after
        ledger.set(Body.objects.filter(pk__in=[b.pk for b in bodies]), short_name="X")
    with django_assert_num_queries(2):  # as they are now, the write
        Ledger.take_back(ledger.effects())
    assert not Body.objects.filter(short_name="X").exists()
