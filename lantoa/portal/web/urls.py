"""The first page, and the user guide."""

from django.urls import path

from lantoa.portal.web import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("huong-dan/", views.guide, name="guide"),
    path("huong-dan/<slug:name>/", views.guide_page, name="guide_page"),
]
