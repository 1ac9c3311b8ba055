"""The API's own pages: its description."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja.responses import NinjaJSONEncoder

from lantoa.gateway.describing import described
from lantoa.gateway.mounting import api


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Answer with the description, OpenAPI 3.1, as docs/generated/openapi.json."""
    return HttpResponse(text(), content_type="application/json")


@cache
def text() -> str:
    """Return the description as it is committed."""
    import json

    told = described(api)
    return json.dumps(told, cls=NinjaJSONEncoder, ensure_ascii=False, indent=1) + "\n"
