"""The catalogue of components."""

from django.urls import path

from lantoa.ui.web import views

app_name = "ui"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("hoi-truong/", views.hall, name="hall"),
    path("giay/", views.paper, name="paper"),
]
