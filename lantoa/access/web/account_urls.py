"""A person's own page."""

from django.urls import path

from lantoa.access.web import choosing

app_name = "own"
urlpatterns = [path("", choosing.own, name="account")]
