"""What the fragments share: their template, and the conference they are about."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lantoa.conferences.models import Conference
from lantoa.live.fragments import SINGLE


def show(name: str, context: Mapping[str, Any]) -> dict[int, SafeString]:
    """Return the one fragment of a family from its template."""
    return {SINGLE: render_to_string(f"conferences/live/{name}.html", dict(context))}


def conference(topic_id: int) -> Conference:
    """Return the conference with its host."""
    return Conference.objects.select_related("host").get(pk=topic_id)
