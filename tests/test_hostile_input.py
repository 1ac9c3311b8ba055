"""What no honest form sends: it gets a clear answer, and never "the system failed"."""

from uuid import uuid4

import pytest
from django.urls import reverse

from lantoa.access.vocabulary import Role
from lantoa.conferences.models import Conclusion, Turn
from lantoa.journal.middleware import digest
from lantoa.journal.models import Command
from tests.factories import MandateFactory, send, sign_in
from tests.factories.conferences import (
    ConferenceFactory,
    TurnFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
ENDLESS = "9" * 5000


def address(name, *args):
    return reverse(f"conferences:{name}", args=args)


@pytest.fixture
def conference():
    return ConferenceFactory(live=True)


@pytest.fixture
def secretary(client, conference):
    return sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=conference.host))


@pytest.mark.parametrize(
    "path", ["/to-chuc/tim/?q=a%00b", "/quan-tri/co-quan/?body_name=a%00b"]
)
def test_a_nul_in_a_search_is_refused_in_words(client, path):
    answer = client.get(path)

    assert answer.status_code == 400
    assert "không lưu được" in answer.content.decode()


def test_a_nul_in_a_key_is_refused_in_words(secretary, conference):
    answer = secretary.post(address("live_close", conference.pk), {"_key": "a\0b"})

    assert answer.status_code == 400
    assert not Command.objects.exists()


def test_a_nul_in_what_the_api_is_told_is_refused_in_words(secretary, conference):
    said = {"work": "a\0b", "lead_rule": "provinces", "deadline_text": "Quý I"}

    answer = secretary.post(
        f"/api/v1/conferences/{conference.pk}/conclusions",
        said,
        content_type="application/json",
        headers={"Idempotency-Key": uuid4().hex},
    )

    assert (answer.status_code, "message" in answer.json()) == (422, True)
    assert not Conclusion.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"--x--\r\n", "multipart/form-data; boundary=x", 415),
    ],
)
def test_what_is_no_json_is_refused_in_words(secretary, conference, body, kind, status):
    answer = secretary.post(
        f"/api/v1/conferences/{conference.pk}/conclusions",
        body,
        content_type=kind,
        headers={"Idempotency-Key": uuid4().hex},
    )

    assert answer.status_code == status
    assert "JSON" in answer.json()["message"]


@pytest.mark.parametrize("number", [ENDLESS, "²", "-1", "٣" * 5000])
def test_no_venue_has_such_a_number(secretary, conference, number):
    asked = secretary.get(address("ticket", conference.pk), {"diem-cau": number})
    told = send(
        secretary, address("check_cell", conference.pk), {"cell": f"{number}:all"}
    )
    chosen = send(secretary, reverse("access:choose"), {"mandate": number})

    answers = [asked.status_code, told.status_code, chosen.status_code]
    assert answers == [403, 404, 404]


@pytest.mark.parametrize("place", [ENDLESS, "0000019999999", "0", "-1", ""])
def test_no_place_has_such_a_number(secretary, conference, place):
    turn = TurnFactory(venue=VenueFactory(conference=conference))

    url = address("live_turn", conference.pk, turn.pk, "xep")
    answer = send(secretary, url, {"place": place})

    assert answer.status_code == 404
    assert Turn.objects.get().placement is None


def test_pages_for_somebody_are_kept_by_nobody(client, secretary):
    assert client.get("/ban-lam-viec/").headers["Cache-Control"] == "private, no-cache"


def test_the_digest_of_a_command_tells_nothing_without_the_key(rf, settings):
    """A form may hold a password: its digest must not be open to trying them out."""
    said = {"email": "a@lantoa.test", "password": "mot-mat-khau"}
    first = digest(rf.post("/khoi-tao/", said))

    assert digest(rf.post("/khoi-tao/", said)) == first
    settings.SECRET_KEY = "another"
    assert digest(rf.post("/khoi-tao/", said)) != first
