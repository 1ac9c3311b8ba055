"""The pages that watchers of the machine ask."""

from django.urls import path

from lantoa.gateway.web import health, metrics

app_name = "health"
urlpatterns = [
    path("healthz", health.health, name="health"),
    path("healthz/ready", metrics.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
]
