"""Addresses of holding a conference; included by ``urls`` in its namespace."""

from django.urls import path

from lantoa.conferences.web import live_commands, live_views, venue_console, watching

urlpatterns = [
    path("<int:pk>/dieu-hanh/", live_views.console, name="console"),
    path("<int:pk>/dieu-hanh/khai-mac/", live_commands.begin, name="live_open"),
    path("<int:pk>/dieu-hanh/be-mac/", live_commands.close, name="live_close"),
    path(
        "<int:pk>/dieu-hanh/diem-danh/",
        live_commands.call_the_roll,
        name="live_roll_open",
    ),
    path(
        "<int:pk>/dieu-hanh/diem-danh/ket-thuc/",
        live_commands.end_the_roll,
        name="live_roll_close",
    ),
    path(
        "<int:pk>/dieu-hanh/muc/<int:item_pk>/<slug:verb>/",
        live_commands.item,
        name="live_item",
    ),
    path(
        "<int:pk>/dieu-hanh/luot/<int:turn_pk>/<slug:verb>/",
        live_commands.turn,
        name="live_turn",
    ),
    path(
        "<int:pk>/diem-cau/<int:venue_pk>/", venue_console.console, name="venue_console"
    ),
    path(
        "<int:pk>/diem-cau/<int:venue_pk>/co-mat/",
        venue_console.presence,
        name="live_presence",
    ),
    path(
        "<int:pk>/diem-cau/<int:venue_pk>/phat-bieu/",
        venue_console.ask,
        name="live_ask",
    ),
    path(
        "<int:pk>/diem-cau/<int:venue_pk>/rut/",
        venue_console.withdraw,
        name="live_withdraw",
    ),
    path("<int:pk>/man-hinh/", watching.hall, name="hall"),
    path("<int:pk>/theo-doi/", watching.follow, name="follow"),
    path("<int:pk>/ve/", live_views.ticket, name="ticket"),
]
