"""The first page."""

from django.urls import path

from lantoa.portal.web import views

app_name = "portal"
urlpatterns = [path("", views.home, name="home")]
