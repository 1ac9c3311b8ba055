"""A person's notices."""

from django.urls import path

from lantoa.notices.web import views

app_name = "notices"
urlpatterns = [
    path("", views.index, name="index"),
    path("da-doc/", views.read_all, name="read_all"),
    path("tuy-chon/", views.preferences, name="preferences"),
    path("<int:notice_id>/", views.open_notice, name="open"),
]
