import pytest
from django.db import connection


@pytest.mark.django_db
def test_health_tells_the_version_and_the_database(client):
    answer = client.get("/healthz").json()

    assert answer["ok"] is True
    assert answer["database"].split(".")[0] >= "18"
    assert answer["version"]


def test_without_a_database_it_says_so(client, django_db_blocker):
    """The database is out of reach of this test, so that reaching it fails."""
    with django_db_blocker.unblock():
        connection.close()
        port = connection.settings_dict["PORT"]
        connection.settings_dict["PORT"] = "1"
        try:
            answer = client.get("/healthz")
        finally:
            connection.settings_dict["PORT"] = port
            connection.close()

    assert (answer.status_code, answer.json()["ok"]) == (503, False)
