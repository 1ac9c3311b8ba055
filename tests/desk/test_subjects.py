"""The table of subjects holds for every fact of the product."""

import re
from dataclasses import fields

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from lantoa.desk.subjects import NOUNS, labels, readable
from lantoa.journal.events import all_events
from lantoa.kernel.actor import ANONYMOUS
from tests.factories import BodyFactory, actor_with
from tests.kernel.rows import row_of

FACTS = [event for event in all_events() if event.__module__.startswith("lantoa.")]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_every_noun_of_a_fact_is_known(fact):
    nouns = {
        re.sub("_ids?$", "", field.name)
        for field in fields(fact)
        if re.search("_ids?$", field.name)
    }

    assert nouns <= set(NOUNS)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_names_rows_fields_and_owners_that_there_are(noun):
    kind = NOUNS[noun]
    model = apps.get_model(kind.model)

    for path in filter(None, [*kind.fields, *kind.via, kind.public]):
        walk(model, path)


def walk(model: type[Model], path: str) -> None:
    for step in path.split("__"):
        if step == "pk":
            return
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            pytest.fail(f"{model.__name__} has no {path}")
        model = field.related_model or model


@pytest.mark.django_db
@pytest.mark.parametrize("noun", NOUNS)
def test_a_journal_is_read_within_reach_of_an_owner_only(noun):
    kind = NOUNS[noun]
    if not kind.via:
        pytest.skip("read by those who read everything, or by all")
    for via in kind.via:
        row = row_of(apps.get_model(kind.model), via)
        if kind.public:
            hide(row, kind.public)
        body = next(iter(owner(row, via)))
        here, elsewhere = body, BodyFactory()

        assert readable(actor_with("journal.read", body=here), noun, row)
        assert readable(actor_with("journal.read"), noun, row)
        assert not readable(actor_with("journal.read", body=elsewhere), noun, row)
        assert not readable(actor_with("files.read", body=here), noun, row)
        assert not readable(ANONYMOUS, noun, row)


def hide(row, path):
    *steps, last = path.split("__")
    for step in steps:
        row = getattr(row, step)
    setattr(row, last, False)


def owner(row, via):
    from lantoa.organisations.models import Body

    value = row
    for step in filter(None, via.split("__")):
        value = getattr(value, step)
    yield value if isinstance(value, Body) else Body.objects.get(pk=value)


@pytest.mark.django_db
def test_what_is_gone_is_called_by_its_number():
    body = BodyFactory(name="Sở Tư pháp")

    found = labels([("body", body.pk), ("successor", body.pk), ("venue", 999)])

    assert [label.text for label in found.values()] == [
        "Sở Tư pháp",
        "Sở Tư pháp",
        "số 999 (không còn)",
    ]
