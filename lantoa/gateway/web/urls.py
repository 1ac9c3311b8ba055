"""The addresses of the API."""

from django.urls import path

from lantoa.gateway.mounting import api
from lantoa.gateway.web import description

urlpatterns = [
    path("openapi.json", description.openapi, name="openapi"),
    path("", api.urls),
]
