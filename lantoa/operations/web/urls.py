"""The operator's pages."""

from django.urls import path

from lantoa.operations.web import views

app_name = "operations"
urlpatterns = [
    path("", views.state, name="state"),
    path("kiem-tra/", views.verify, name="verify"),
    path("viec-nen/<int:job_id>/chay-lai/", views.retry, name="retry"),
]
