"""The API's own pages: its entrance, its description, and what is not there."""

import json
from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from lantoa.gateway.describing import described
from lantoa.gateway.mounting import api


@require_safe
def entrance(request: HttpRequest) -> JsonResponse:
    """Say where the description stands."""
    return JsonResponse({"name": api.title, "openapi": reverse("openapi")})


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Answer with the description, OpenAPI 3.1."""
    return HttpResponse(text(), content_type="application/json")


@csrf_exempt
def nowhere(request: HttpRequest) -> JsonResponse:
    """Answer in JSON that there is no such address."""
    message = _("API không có địa chỉ này.")
    return JsonResponse({"kind": "NotFound", "message": message}, status=404)


@cache
def text() -> str:
    """Return the description as docs/generated/openapi.json holds it."""
    return json.dumps(described(api), ensure_ascii=False, indent=1) + "\n"
