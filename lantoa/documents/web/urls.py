from django.urls import path

from lantoa.documents.web import entering, reading

app_name = "documents"
urlpatterns = [
    path("", reading.register, name="register"),
    path("vao-so/", entering.enter, name="enter"),
    path("<int:paper_id>/", reading.paper, name="paper"),
    path("<int:paper_id>/in/", reading.printed, name="print"),
    path("<int:paper_id>/tep/", reading.file, name="file"),
    path("<int:paper_id>/sua/", entering.correct, name="correct"),
    path("<int:paper_id>/thu-hoi/", entering.withdraw, name="withdraw"),
    path("<int:paper_id>/phien-ban/<int:number>/", reading.version, name="version"),
    path("<int:paper_id>/dieu-khoan/<str:label>/", reading.clause, name="clause"),
]
