"""A ledger of writes that can be taken back exactly.

Whoever writes through it gets, as JSON, all that is needed to put every row back as it
was, and a refusal where somebody has since acted on a row.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import blake2s
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, Model, QuerySet
from django.utils.duration import duration_iso_string
from django.utils.translation import gettext as _

from lantoa.kernel.refusal import Refused

BATCH = 2_000  # rows in one statement
Effects = list[dict[str, Any]]


class ActedSince(Refused):
    """A row is no longer as the ledger left it; ``pks`` says which ones."""

    def __init__(
        self, model: type[Model], pks: Iterable[Any], by: type[Model] | None = None
    ) -> None:
        self.pks = sorted(pks)
        self.model_label = str(model._meta.verbose_name)
        words = {"count": len(self.pks), "what": self.model_label}
        if by is None:
            said = _(
                "Đã có thao tác mới trên %(count)s mục “%(what)s” sau khi áp dụng. "
                "Hãy xử lý các thao tác đó trước."
            )
        else:
            words["by"] = str(by._meta.verbose_name)
            said = _(
                "Sau khi áp dụng đã ghi thêm “%(by)s” cho %(count)s mục “%(what)s” "
                "mới. Hãy xử lý các ghi nhận đó trước."
            )
        super().__init__(said % words)


class LeftHangingError(Exception):
    """Other rows hang on those to be removed; remove them first."""


class Ledger:
    """Writes rows in bulk and remembers how to take it back."""

    def __init__(self) -> None:
        self._kept: Effects = []

    def effects(self) -> Effects:
        """Return what was written, for JSON."""
        return self._kept

    def create(self, model: type[Model], rows: Iterable[Model]) -> list[Any]:
        """Create *rows*; return them with their numbers."""
        made = model._default_manager.bulk_create(rows, batch_size=BATCH)
        if made:
            digests = dict(_digests(model, [row.pk for row in made]))
            self._keep("create", model, digests=list(digests.items()))
        return made

    def change(
        self, model: type[Model], rows: Sequence[Model], fields: Sequence[str]
    ) -> None:
        """Write the *fields* of *rows*, which bear their new values."""
        pks = [row.pk for row in rows]
        before = _values(model, pks, fields)
        model._default_manager.bulk_update(rows, fields, batch_size=500)
        self._keep_change(model, fields, before)

    def set(self, rows: "QuerySet[Any]", **values: Any) -> int:
        """Give all *rows* the same values; return how many there are."""
        model = rows.model
        pks = list(rows.order_by("pk").values_list("pk", flat=True))
        before = _values(model, pks, list(values))
        for part in _parts(pks):
            model._default_manager.filter(pk__in=part).update(**values)
        self._keep_change(model, list(values), before)
        return len(pks)

    def remove(self, rows: "QuerySet[Any]") -> int:
        """Delete *rows*, on which nothing may hang any more; return how many."""
        model = rows.model
        fields = [field.attname for field in _stored(model)]
        pks = list(rows.order_by("pk").values_list("pk", flat=True))
        gone = _values(model, pks, fields)
        if gone:
            count, by_model = model._default_manager.filter(pk__in=pks).delete()
            if count != len(gone):
                raise LeftHangingError(model._meta.label, by_model)
            self._keep("remove", model, fields=fields, rows=list(gone.values()))
        return len(gone)

    def _keep(self, act: str, model: type[Model], **what: Any) -> None:
        self._kept.append({"act": act, "model": model._meta.label, **what})

    def _keep_change(
        self, model: type[Model], fields: Sequence[str], before: dict[Any, list[Any]]
    ) -> None:
        if before:
            after = _values(model, list(before), fields)
            rows = [[pk, before[pk], after[pk]] for pk in before]
            self._keep("change", model, fields=list(fields), rows=rows)

    @staticmethod
    def take_back(
        effects: Sequence[Mapping[str, Any]], *, derived: Sequence[type[Model]] = ()
    ) -> None:
        """Put every row back as it was, the last write first.

        Args:
            effects: what ``effects()`` gave.
            derived: models whose rows may hang on created ones and go with them.

        Raises:
            ActedSince: a row was changed since, or another one hangs on it.
        """
        for each in reversed(effects):
            model = apps.get_model(each["model"])
            _UNDO[each["act"]](model, each, derived)


def _uncreate(
    model: type[Model], each: Mapping[str, Any], derived: Sequence[type[Model]]
) -> None:
    digests = dict(map(tuple, each["digests"]))
    now = dict(_digests(model, list(digests)))
    acted = {pk for pk, digest in digests.items() if now.get(pk) != digest}
    if acted:
        raise ActedSince(model, acted)
    for relation in _pointing_at(model):
        if relation.related_model in derived:
            continue
        rows = relation.related_model._default_manager
        for part in _parts(list(digests)):
            hanging = rows.filter(**{f"{relation.field.name}__in": part})
            on = set(hanging.values_list(relation.field.attname, flat=True))
            if on:
                raise ActedSince(model, on, relation.related_model)
    for part in _parts(list(digests)):
        model._default_manager.filter(pk__in=part).delete()


def _unchange(
    model: type[Model], each: Mapping[str, Any], _derived: Sequence[type[Model]]
) -> None:
    names, kept = each["fields"], {pk: (old, new) for pk, old, new in each["rows"]}
    now = _values(model, list(kept), names)
    acted = {pk for pk, (_old, new) in kept.items() if now.get(pk) != new}
    if acted:
        raise ActedSince(model, acted)
    alike: dict[str, list[Any]] = {}
    for pk, (old, _new) in kept.items():
        alike.setdefault(json.dumps(old), []).append(pk)
    for old, pks in alike.items():  # rows that get the same values go together
        values = _read(model, names, json.loads(old))
        for part in _parts(pks):
            model._default_manager.filter(pk__in=part).update(**values)


def _unremove(
    model: type[Model], each: Mapping[str, Any], _derived: Sequence[type[Model]]
) -> None:
    rows = [model(**_read(model, each["fields"], row)) for row in each["rows"]]
    model._default_manager.bulk_create(rows, batch_size=BATCH)


_UNDO = {"create": _uncreate, "change": _unchange, "remove": _unremove}


def _pointing_at(model: type[Model]) -> Iterator[Any]:
    for field in model._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and not field.many_to_many:
            yield field


def _stored(model: type[Model]) -> "list[Field[Any, Any]]":
    return [f for f in model._meta.concrete_fields if not f.generated]


def _parts(pks: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]


def _values(
    model: type[Model], pks: Sequence[Any], fields: Sequence[str]
) -> dict[Any, list[Any]]:
    """Return the values of *fields*, ready for JSON, by row; locks the rows."""
    found: dict[Any, list[Any]] = {}
    names = [model._meta.get_field(name).attname for name in fields]  # type: ignore[union-attr]
    for part in _parts(pks):
        rows = model._default_manager.filter(pk__in=part).order_by("pk")
        locked = rows.select_for_update(of=("self",), no_key=True)
        for pk, *values in locked.values_list("pk", *names):
            found[pk] = [_plain(value) for value in values]
    return found


def _digests(model: type[Model], pks: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    fields = [field.attname for field in _stored(model)]
    for pk, values in _values(model, pks, fields).items():
        text = json.dumps(values, sort_keys=True)
        yield pk, blake2s(text.encode(), digest_size=8).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _read(
    model: type[Model], fields: Sequence[str], values: Sequence[Any]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in zip(fields, values, strict=True):
        field = model._meta.get_field(name)
        found[field.attname] = field.to_python(value)  # type: ignore[union-attr]
    return found
