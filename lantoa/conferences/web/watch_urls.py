"""Addresses at which anybody may follow a conference that is open to the public."""

from django.urls import path

from lantoa.conferences.web import watching

app_name = "watch"
urlpatterns = [
    path("<int:pk>/", watching.public, name="conference"),
    path("<int:pk>/man-hinh/", watching.public_hall, name="hall"),
    path("<int:pk>/ve/", watching.public_ticket, name="ticket"),
]
