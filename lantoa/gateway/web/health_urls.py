"""The page that watchers of the machine ask."""

from django.urls import path

from lantoa.gateway.web import health

app_name = "health"
urlpatterns = [path("", health.health, name="health")]
