"""The first request of an installation, sent once more."""

import pytest

from lantoa.identity.models import Person
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


def test_the_first_request_signs_nobody_in_after_the_password_was_changed(client):
    said = {
        "_key": "mot",
        "email": "quantri@lantoa.test",
        "password": "mat-khau-ban-dau-1",
        "again": "mat-khau-ban-dau-1",
        "body_name": BodyFactory().name,
    }
    assert client.post("/khoi-tao/", said).status_code == 302
    client.logout()
    assert client.post("/khoi-tao/", said).status_code == 302  # the answer was lost
    client.logout()
    person = Person.objects.get()
    person.set_password("mat-khau-da-doi-2")
    person.save()

    assert client.post("/khoi-tao/", said).status_code == 409
    assert "_auth_user_id" not in client.session
