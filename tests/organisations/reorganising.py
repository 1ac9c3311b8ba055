"""Short forms for tests that reorganise bodies."""

import json
from datetime import UTC, date, datetime
from threading import Event
from time import sleep

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from lantoa.kernel.actor import system_actor
from lantoa.organisations import actions, consequences
from lantoa.organisations.vocabulary import ChangeKind
from tests.factories.racing import race

DAY = date(2026, 3, 1)
AT = datetime(2026, 3, 10, 2, tzinfo=UTC)
KEEPER = system_actor("organisations.keep")
# What was done stays written, and who held a stream has to open it again.
OF_ITS_OWN = ("journal.", "live.", "procrastinate.", "organisations.Reorganisation")
DERIVED = {"access.Reach"}


def draft(on=DAY, **given):
    return actions.draft_reorganisation(
        actor=KEEPER,
        title="Sắp xếp thử",
        basis="Nghị quyết số 1",
        effective_on=on,
        at=AT,
        **given,
    )


def passing(row, olds, new=None, kind=ChangeKind.MERGER, **given):
    return actions.enter_passing(
        actor=KEEPER, reorganisation=row, kind=kind, olds=olds, new=new, at=AT, **given
    )


def applied(row, at=AT):
    return actions.apply_reorganisation(actor=KEEPER, reorganisation=row, at=at)


def met_applying(monkeypatch, row, act, at=AT):
    """Return what *act* answers when it begins while *row* is just being applied."""
    passed, rebuild = Event(), consequences.rebuild_derived

    def slowly(at):
        passed.set()  # all has passed, and nothing is committed yet
        sleep(0.3)
        rebuild(at)

    monkeypatch.setattr(consequences, "rebuild_derived", slowly)

    def begin():
        passed.wait(10)
        return act()

    _applied, answer = race(lambda: applied(row, at=at), begin)
    return answer


def taken_back(row, at=AT):
    return actions.take_back_reorganisation(
        actor=KEEPER, reorganisation=row, reason="Nhập nhầm", at=at
    )


def dump():
    """Return every row of every table, ready to be compared."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label
        if label.startswith(OF_ITS_OWN) or not model._meta.managed:
            continue
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if not (label in DERIVED and field.primary_key)
        ]
        rows = model._base_manager.values_list(*names)
        found[label] = sorted(json.dumps(row, cls=DjangoJSONEncoder) for row in rows)
    return found
