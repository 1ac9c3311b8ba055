"""The staff's home."""

from django.urls import path

from lantoa.desk.web import views

app_name = "desk"
urlpatterns = [path("", views.home, name="home")]
