"""The choice of the language."""

from django.urls import path

from lantoa.ui.web import language

app_name = "language"
urlpatterns = [path("<slug:code>/", language.choose, name="choose")]
