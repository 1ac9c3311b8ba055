"""The administrator's pages."""

from django.urls import path

from lantoa.access.web import choosing, views

app_name = "access"
urlpatterns = [
    path("", views.mandates, name="mandates"),
    path("chuc-danh/giao/", views.grant, name="grant"),
    path("chuc-danh/chon/", choosing.choose, name="choose"),
    path("chuc-danh/<int:mandate_id>/", views.mandate, name="mandate"),
    path("chuc-danh/<int:mandate_id>/ket-thuc/", views.end, name="end"),
    path("nguoi/<int:person_id>/dong/", views.close, name="close"),
    path("nguoi/<int:person_id>/mo-lai/", views.reopen, name="reopen"),
    path("pham-vi/", views.rebuild, name="rebuild"),
    path("co-quan/", views.bodies, name="bodies"),
]
