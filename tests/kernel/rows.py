"""Rows of any model of ours, made from its fields alone: only for generic tests."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from lantoa.organisations.models import Body
from tests.factories import BodyFactory, PersonFactory

_numbers = count(1)


def row_of(model: type[models.Model], via: str) -> models.Model:
    """Return a new row of *model* with a new body at the end of the path *via*."""
    body = BodyFactory()
    if not via:
        return body
    return _row(model, via.split("__"), body)


def any_row(model: type[models.Model]) -> models.Model:
    """Return a new row of *model*; whatever it needs is made with it."""
    if model is Body:
        return BodyFactory()
    if model is apps.get_model("identity.Person"):
        return PersonFactory()
    return _made(model, _required(model))


def _row(model: type[models.Model], path: list[str], body: Body) -> models.Model:
    step = model._meta.get_field(path[0])
    if len(path) > 1:
        target = _row(step.related_model, path[1:], body)
    else:
        target = body if step.is_relation else body.pk
    given = {**_required(model), path[0]: target}
    if f"{path[0]}_name" in given:  # a body of ours, or else the name of another
        given[f"{path[0]}_name"] = ""
    return _made(model, given)


def _made(model: type[models.Model], given: dict[str, Any]) -> models.Model:
    row = model._default_manager.create(**given)
    if model is apps.get_model("plans.Task"):  # the database insists on its lead
        party = apps.get_model("plans.TaskParty")
        party.objects.create(task=row, body=BodyFactory(), role="lead")
    return row


def _required(model: type[models.Model]) -> dict[str, Any]:
    return {
        field.name: _value(field)
        for field in model._meta.concrete_fields
        if not (
            field.null
            or field.has_default()
            or field.has_db_default()
            or field.generated
            or isinstance(field, models.AutoField)
        )
    }


def _value(field: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        if field.related_model is apps.get_model("organisations.Body"):
            return BodyFactory()
        if field.related_model is apps.get_model("identity.Person"):
            return PersonFactory()
        given = _required(field.related_model)
        if field.model is apps.get_model("plans.TaskParty"):  # it is the lead itself
            return field.related_model._default_manager.create(**given)
        return _made(field.related_model, given)
    if field.choices and not field.blank:
        return field.choices[0][0]
    number = next(_numbers)
    if isinstance(field, models.DateTimeField):
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
    if isinstance(field, models.DateField):
        return date(2026, 1, 1) + timedelta(days=number)
    if isinstance(field, models.DurationField):
        return timedelta(minutes=5)
    if isinstance(field, ArrayField):
        return []
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.IntegerField):
        return number
    if isinstance(field, models.BooleanField):
        return False
    if field.choices:
        return ""
    return f"x-{number}"[: field.max_length]
