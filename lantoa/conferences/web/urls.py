"""Addresses of preparing, holding and concluding conferences."""

from django.urls import include, path

from lantoa.conferences.web import (
    agenda_views,
    answer_views,
    choice_views,
    conclusion_views,
    opening_views,
    preparing_views,
    rehearsal_views,
    venue_views,
)

app_name = "conferences"
urlpatterns = [
    path("", preparing_views.index, name="index"),
    path("moi/", preparing_views.new, name="new"),
    path("chon/van-ban/", choice_views.papers, name="choose_papers"),
    path("chon/co-quan/", choice_views.bodies, name="choose_bodies"),
    path("chon/thoi-han/", choice_views.deadline, name="propose_deadline"),
    path("<int:pk>/", preparing_views.overview, name="conference"),
    path("<int:pk>/sua/", preparing_views.edit, name="edit"),
    path("<int:pk>/ke-tiep/", preparing_views.following, name="next"),
    path("<int:pk>/chuong-trinh/", agenda_views.agenda, name="agenda"),
    path("<int:pk>/chuong-trinh/in/", agenda_views.programme, name="programme"),
    path("chuong-trinh/<int:pk>/", agenda_views.item, name="item"),
    path("chuong-trinh/<int:pk>/chuyen/", agenda_views.move, name="move_item"),
    path("chuong-trinh/<int:pk>/xoa/", agenda_views.remove, name="remove_item"),
    path("<int:pk>/diem-cau/", venue_views.venues, name="venues"),
    path("<int:pk>/diem-cau/theo-quy-tac/", venue_views.by_rule, name="add_by_rule"),
    path("<int:pk>/diem-cau/danh-sach/", venue_views.pasted, name="add_pasted"),
    path("<int:pk>/diem-cau/moi/", venue_views.invite, name="invite"),
    path(
        "<int:pk>/diem-cau/<int:venue_pk>/tra-loi/", answer_views.answer, name="answer"
    ),
    path(
        "<int:pk>/diem-cau/<int:venue_pk>/dai-bieu/", answer_views.seats, name="seats"
    ),
    path(
        "<int:pk>/diem-cau/<int:venue_pk>/giay-moi/",
        answer_views.invitation,
        name="invitation",
    ),
    path(
        "<int:pk>/diem-cau/<int:venue_pk>/xoa/",
        venue_views.remove,
        name="remove_venue",
    ),
    path("<int:pk>/tong-duyet/", rehearsal_views.rehearsal, name="rehearsal"),
    path(
        "<int:pk>/tong-duyet/<int:venue_pk>/",
        rehearsal_views.checklist,
        name="checklist",
    ),
    path("<int:pk>/tong-duyet/o/", rehearsal_views.cell, name="check_cell"),
    path("<int:pk>/ket-luan/", conclusion_views.conclusions, name="conclusions"),
    path("<int:pk>/ket-luan/ve/", conclusion_views.ticket, name="board_ticket"),
    path("<int:pk>/ket-luan/ban-hanh/", conclusion_views.issue, name="issue"),
    path("ket-luan/<int:pk>/", conclusion_views.conclusion, name="conclusion"),
    path("ket-luan/<int:pk>/xac-nhan/", conclusion_views.confirm, name="confirm"),
    path("ket-luan/<int:pk>/tra-lai/", conclusion_views.give_back, name="return"),
    path("ket-luan/<int:pk>/xoa/", conclusion_views.remove, name="remove_conclusion"),
    path("<int:pk>/bao-cao-mo-dau/", opening_views.opening, name="opening"),
    path("bao-cao-mo-dau/<int:pk>/", opening_views.report, name="opening_report"),
    path("bao-cao-mo-dau/<int:pk>/in/", opening_views.printed, name="opening_print"),
    path(
        "bao-cao-mo-dau/<int:pk>/chuong-trinh/",
        opening_views.place,
        name="opening_place",
    ),
    path(
        "bao-cao-mo-dau/muc/<int:pk>/chuyen-tiep/",
        opening_views.carry,
        name="opening_carry",
    ),
    path("", include("lantoa.conferences.web.live_urls")),
]
