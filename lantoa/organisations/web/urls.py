from django.urls import path

from lantoa.organisations.web import (
    keeping,
    picking,
    reorganising,
    views,
    year_calendar,
)

app_name = "organisations"
urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("lich/", year_calendar.calendar, name="calendar"),
    path("lich/ghi/", year_calendar.keep_day, name="keep_day"),
    path("lich/<int:calendar_day_id>/bo/", year_calendar.remove_day, name="remove_day"),
    path("hoi-dong/", views.councils, name="councils"),
    path("don-vi/<int:unit_id>/", views.unit, name="unit"),
    path("don-vi/<int:unit_id>/cap-duoi/", views.children, name="children"),
    path("co-quan/<int:body_id>/", views.body, name="body"),
    path("don-vi/<int:unit_id>/ten/", keeping.rename_unit, name="rename_unit"),
    path("don-vi/<int:unit_id>/co-quan/", keeping.enter_body, name="enter_body"),
    path("co-quan/<int:body_id>/ten/", keeping.rename_body, name="rename_body"),
    path("co-quan/<int:body_id>/ket-thuc/", keeping.end_body, name="end_body"),
    path("co-quan/<int:body_id>/cap-tren/", keeping.set_superior, name="set_superior"),
    path("cap-tren/<int:line_id>/", keeping.end_superior, name="end_superior"),
    path("hoi-dong/<int:body_id>/them/", keeping.seat_office, name="seat_office"),
    path("thanh-vien/<int:seat_id>/", keeping.vacate_seat, name="vacate_seat"),
    path("tim-co-quan/", picking.pick, name="pick"),
    path("sap-xep/", reorganising.index, name="reorganisations"),
    path("sap-xep/moi/", reorganising.new, name="draft"),
    path("sap-xep/<int:pk>/", reorganising.reorganisation, name="reorganisation"),
    path("sap-xep/<int:pk>/sua/", reorganising.amend, name="amend"),
    path("sap-xep/<int:pk>/tac-dong/", reorganising.preview, name="preview"),
    path("sap-xep/<int:pk>/them/<slug:kind>/", reorganising.change, name="change"),
    path("sap-xep/<int:pk>/ke-thua/", reorganising.take_known, name="take_known"),
    path("sap-xep/<int:pk>/bo/", reorganising.remove, name="remove_changes"),
    path("sap-xep/<int:pk>/xoa/", reorganising.discard, name="discard"),
    path("sap-xep/<int:pk>/ap-dung/", reorganising.apply, name="apply"),
    path("sap-xep/<int:pk>/hoan-tac/", reorganising.take_back, name="take_back"),
]
