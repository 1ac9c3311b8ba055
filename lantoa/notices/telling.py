"""Words of a notice: kept as message id and values, told in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

from lantoa.kernel.dates import short_date, short_moment
from lantoa.notices.vocabulary import Param


def message_id(words: str | Promise) -> str:
    """Return the message id of words that may be lazily translated."""
    with translation.override(None):
        return str(words)


def packed(params: Mapping[str, Param]) -> dict[str, Any]:
    """Return the values as JSON; moments and words to translate keep their nature."""
    return {name: _pack(value) for name, value in params.items()}


def told(words: str, params: Mapping[str, Any]) -> str:
    """Return the sentence in the active language.

    One whose values don't fit is told as it was written: a list of many notices must
    not fail over one.
    """
    try:
        return gettext(words) % {name: _unpack(each) for name, each in params.items()}
    except (KeyError, TypeError, ValueError):
        return words


def _pack(value: Param) -> Any:
    if isinstance(value, Promise):
        return {"~word": message_id(value)}
    if isinstance(value, datetime):
        return {"~moment": value.isoformat()}
    if isinstance(value, date):
        return {"~day": value.isoformat()}
    return value


def _unpack(value: Any) -> Any:
    match value:
        case {"~word": word}:
            return gettext(word)
        case {"~moment": moment}:
            return short_moment(datetime.fromisoformat(moment))
        case {"~day": day}:
            return short_date(date.fromisoformat(day))
    return value
