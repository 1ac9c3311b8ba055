from django.urls import path

from lantoa.plans.web import answering, reading

app_name = "plans"
urlpatterns = [
    path("", reading.inbox, name="inbox"),
    path("da-giao/", reading.dispatched, name="dispatched"),
    path("<int:task_id>/", reading.task, name="task"),
    path("dieu-khoan/<int:clause_id>/", reading.clause, name="clause"),
    path("da-nhan/", answering.receive, name="receive"),
    path("tiep-nhan/<int:party_id>/", answering.acknowledge, name="acknowledge"),
    path(
        "tiep-nhan/van-ban/<int:paper_id>/",
        answering.acknowledge_all,
        name="acknowledge_all",
    ),
    path("y-kien/<int:party_id>/", answering.answer, name="answer"),
]
