"""What actions answer can be kept for a retry."""

import inspect
from collections.abc import Sequence
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from django.db.models import Model

from lantoa.journal.writing import ACTIONS

KEPT = (Model, str, int, float, date, NoneType)  # bool is an int, datetime a date
CONTAINERS = (list, tuple, dict, Sequence)


def can_be_kept(hint: Any) -> bool:
    origin = get_origin(hint)
    if origin in {Union, UnionType}:
        return all(can_be_kept(each) for each in get_args(hint))
    if origin is not None:
        return issubclass(origin, CONTAINERS) and all(
            can_be_kept(each) for each in get_args(hint) if each is not Ellipsis
        )
    return isinstance(hint, type) and issubclass(hint, KEPT)


@pytest.mark.parametrize("name", sorted(n for n in ACTIONS if n.startswith("lantoa.")))
def test_an_action_answers_with_what_can_be_kept(name):
    hints = get_type_hints(inspect.unwrap(ACTIONS[name]))

    assert can_be_kept(hints["return"])
