"""One property for every rule of the product: its list and its answer agree."""

from contextlib import suppress

import pytest
from django.apps import apps
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lantoa.kernel.actor import ANONYMOUS, Actor, FixedReach
from lantoa.kernel.refusal import NotPermitted
from lantoa.kernel.rule import RULES
from tests.kernel.rows import row_of

BODIES = 3

reaches = st.none() | st.sets(st.integers(0, BODIES - 1))


def test_there_are_rules():
    assert {rule.capability for rule in RULES} >= {"organisations.keep"}


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_a_rule_guards_a_model_by_a_path_to_its_body(rule):
    model = apps.get_model(rule.model)
    body = apps.get_model("organisations.Body")

    if rule.via:
        # What stands below organisations knows bodies by their numbers only.
        assert end_of(model, rule.via) in {body, None}
    else:
        assert model is body


@pytest.mark.django_db
@pytest.mark.parametrize("rule", RULES, ids=repr)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=8,
)
@given(reach=reaches, held=st.booleans())
def test_list_and_object_agree(rule, reach, held):
    model = apps.get_model(rule.model)
    rows = [row_of(model, rule.via) for _ in range(BODIES)]
    bodies = [rule._body_of(row) for row in rows]
    reached = None if reach is None else frozenset(bodies[i] for i in reach)
    grants = {rule.capability: reached} if held else {}
    actor = Actor(office="", reach=FixedReach(grants))

    ours = model._default_manager.filter(pk__in=[row.pk for row in rows])
    listed = set(rule.scope(actor, ours))

    for row in rows:
        allowed = False
        with suppress(NotPermitted):
            rule.require(actor, row)
            allowed = True
        assert allowed == rule.allows(actor, row) == (row in listed)
    assert listed == {
        row for i, row in enumerate(rows) if held and (reach is None or i in reach)
    }


@pytest.mark.django_db
@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_the_public_is_let_in_nowhere_by_a_rule(rule):
    row = row_of(apps.get_model(rule.model), rule.via)

    assert not rule.allows(ANONYMOUS, row)
    assert not rule.scope(ANONYMOUS, type(row)._default_manager.all()).exists()


def end_of(model: type[models.Model], path: str) -> type[models.Model]:
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model
    return model
