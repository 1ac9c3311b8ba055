import pytest
from django.urls import reverse

from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_an_empty_house_shows_its_key(client):
    assert client.get("/").url == reverse("first_run:start")


def test_the_first_page_is_there_for_everybody(client):
    PersonFactory()

    page = client.get("/")

    assert page.status_code == 200
    assert reverse("account_login") in page.content.decode()
