"""Fields that forms of every package share."""

from typing import Any

from django import forms


def day_field(**said: Any) -> forms.DateField:
    """Return a field for a day, as browsers' own calendars write it."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **said)
