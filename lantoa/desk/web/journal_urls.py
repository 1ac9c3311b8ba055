"""The pages of the journal."""

from django.urls import path

from lantoa.desk.web import journal

app_name = "journal"
urlpatterns = [
    path("", journal.newest, name="newest"),
    path("<str:noun>/<int:pk>/", journal.subject, name="subject"),
]
