"""Rendering a page, the part of it that htmx asked for, or one component."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString


def wants_part(request: HttpRequest) -> bool:
    """Return whether htmx asked for a part; a boosted form wants the whole page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render *template* whole, or only its partial *part* when htmx asks for it.

    Args:
        part: name of a ``{% partialdef %}`` in the template; empty if it has none.
        status: 422 when a form is shown again with its errors.
    """
    name = f"{template}#{part}" if part and wants_part(request) else template
    response = render(request, name, dict(context or {}), status=status)
    response.headers["Vary"] = ", ".join(
        filter(None, [response.headers.get("Vary"), "HX-Request"])
    )
    return response


def toast(
    message: str | Promise, *, tone: str = "bad", status: int = 409
) -> HttpResponse:
    """Answer htmx with a toast only: the page, and what was typed in it, stays."""
    response = HttpResponse(
        render_to_string("ui/toast.html", {"message": message, "tone": tone}),
        status=status,
    )
    response.headers["HX-Retarget"] = "#toasts"
    response.headers["HX-Reswap"] = "beforeend"
    response.headers["HX-Reselect"] = ".toast"
    return response


def component(name: str, given: Mapping[str, Any]) -> SafeString:
    """Return the component of that name, as a tag renders it from what it was given."""
    return render_to_string(f"ui/{name}.html", dict(given))
