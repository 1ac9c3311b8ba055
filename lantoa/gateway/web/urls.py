"""The address of the API."""

from django.urls import path

from lantoa.gateway.mounting import api

urlpatterns = [path("", api.urls)]
