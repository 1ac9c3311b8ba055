from django.urls import path

from lantoa.plans.web import (
    answering,
    lists,
    national,
    reading,
    silence,
    work,
    work_judge,
    work_plan,
    work_report,
)

app_name = "plans"
urlpatterns = [
    path("", reading.inbox, name="inbox"),
    path("da-giao/", reading.dispatched, name="dispatched"),
    path("toan-quoc/", national.national, name="national"),
    path("van-ban/<int:paper_id>/", national.paper_board, name="paper_board"),
    path("danh-sach/", lists.obligations, name="list"),
    path("danh-sach.xlsx", lists.sheet, name="list_xlsx"),
    path("chua-xac-nhan/", silence.silent, name="silent"),
    path("chua-xac-nhan.xlsx", silence.silent_sheet, name="silent_xlsx"),
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
    path("nghia-vu/<int:obligation_id>/", work.obligation, name="obligation"),
    path("nghia-vu/<int:obligation_id>/ke-hoach/", work_plan.plan, name="plan"),
    path(
        "nghia-vu/<int:obligation_id>/ke-hoach/lich-su/",
        work_plan.history,
        name="plan_history",
    ),
    path("nghia-vu/<int:obligation_id>/bao-cao/", work_report.report, name="report"),
    path("nghia-vu/<int:obligation_id>/gia-han/", work_report.extend, name="extend"),
    path("minh-chung/<int:progress_id>/", work.evidence, name="evidence"),
    path("cho-xem-xet/", work_judge.to_judge, name="to_judge"),
    path("nghiem-thu/<int:progress_id>/", work_judge.judge, name="judge"),
    path(
        "gia-han/<int:request_id>/",
        work_judge.decide_extension,
        name="decide_extension",
    ),
]
