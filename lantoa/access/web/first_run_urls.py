"""The page of an empty installation."""

from django.urls import path

from lantoa.access.web import first_run

app_name = "first_run"
urlpatterns = [path("", first_run.start, name="start")]
