from django.urls import path

from lantoa.organisations.web import views

app_name = "organisations"
urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("hoi-dong/", views.councils, name="councils"),
    path("don-vi/<int:unit_id>/", views.unit, name="unit"),
    path("don-vi/<int:unit_id>/cap-duoi/", views.children, name="children"),
    path("co-quan/<int:body_id>/", views.body, name="body"),
]
