"""A person's tokens, among the pages of their account."""

from django.urls import path

from lantoa.gateway.web import tokens

app_name = "tokens"
urlpatterns = [
    path("", tokens.own, name="own"),
    path("<int:token_id>/thu-hoi/", tokens.revoke, name="revoke"),
]
