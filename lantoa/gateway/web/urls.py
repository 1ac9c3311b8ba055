"""The addresses of the API."""

from django.urls import path, re_path

from lantoa.gateway.mounting import api
from lantoa.gateway.web import description

urlpatterns = [
    path("", description.entrance, name="api"),
    path("openapi.json", description.openapi, name="openapi"),
    path("", api.urls),
    re_path(r"", description.nowhere, name="nowhere"),
]
