"""A machine's way in acts exactly as its mandate, and ends with it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lantoa.access.actions import close_account, end_mandate
from lantoa.access.vocabulary import Role
from lantoa.gateway import middleware
from lantoa.gateway.actions import issue_token, revoke_token
from lantoa.gateway.models import AccessToken
from lantoa.gateway.queries import digest_of
from lantoa.gateway.vocabulary import TokenLivesTooLong, TooManyTokens
from lantoa.journal.models import Command, Entry
from lantoa.kernel.actor import system_actor
from lantoa.kernel.refusal import NotPermitted
from tests.factories import (
    MandateFactory,
    PersonFactory,
    actor_as,
    actor_with,
    send,
    sign_in,
)
from tests.factories.conferences import ConferenceFactory, VenueFactory
from tests.factories.notices import NoticeFactory
from tests.gateway.api import Machine, machine, token_for

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/ma-truy-cap/"
ADMIN = system_actor("access.grant", "identity.keep")


@pytest.fixture
def conference():
    return ConferenceFactory(invited=True, open_to_public=False)


@pytest.fixture
def secretary(conference):
    return MandateFactory(role=Role.SECRETARIAT, body=conference.host)


def issued(mandate, **given):
    at = timezone.now()
    said = {"name": "Phần mềm", "secret": f"lt_{'x' * 40}", "expires_on": at.date()}
    from lantoa.access.reach import actor_under

    return issue_token(
        actor=actor_under(mandate), mandate=mandate, at=at, **said | given
    )


def test_a_token_acts_as_its_mandate(secretary, conference):
    asking = machine(secretary)

    assert asking.get("/me").json() == {
        "person_id": secretary.person_id,
        "mandate_id": secretary.pk,
        "body_id": secretary.body_id,
        "office": secretary.office,
    }
    assert asking.get(f"/conferences/{conference.pk}").status_code == 200
    assert Machine().get(f"/conferences/{conference.pk}").status_code == 404
    done = asking.post(f"/conferences/{conference.pk}/open")
    assert done.json() == {"id": conference.pk, "state": "live"}
    entry = Entry.objects.get(subjects__contains=[f"conference:{conference.pk}"])
    assert (entry.mandate_id, entry.office) == (secretary.pk, secretary.office)


def test_a_command_by_token_is_carried_out_once(secretary):
    asking = machine(secretary)
    said = {
        "host_id": secretary.body_id,
        "title": "Hội nghị",
        "chair_office": "Chủ tịch",
        "place": "Hà Nội",
        "planned_start": "2026-12-01T08:00:00+07:00",
        "open_to_public": True,
    }
    first = asking.post("/conferences", said, Idempotency_Key="k-1")

    again = asking.post("/conferences", said, Idempotency_Key="k-1")
    other = asking.post("/conferences", said | {"title": "Khác"}, Idempotency_Key="k-1")

    assert first.status_code == 200
    assert again.json() == first.json()
    assert (other.status_code, other.json()["kind"]) == (409, "KeyReused")


@pytest.mark.parametrize("key", ["", "x" * 71, "hai từ".encode().decode("latin1")])
def test_a_command_needs_its_key(secretary, conference, key):
    answer = machine(secretary).post(
        f"/conferences/{conference.pk}/open", Idempotency_Key=key
    )

    assert (answer.status_code, answer.json()["kind"]) == (400, "KeyMissing")
    assert "Idempotency-Key" in answer.json()["message"]
    assert not Command.objects.exists()


def test_a_session_needs_its_csrf_token_and_a_token_needs_none(secretary, conference):
    url = f"/api/v1/conferences/{conference.pk}/open"
    strict = sign_in(Client(enforce_csrf_checks=True), secretary)
    keyed = {"Idempotency-Key": "k"}

    bare = strict.post(url, {}, "application/json", headers=keyed)
    strict.get(PAGE)
    csrf = keyed | {"X-CSRFToken": strict.cookies["csrftoken"].value}
    with_it = strict.post(url, {}, "application/json", headers=csrf)

    assert (bare.status_code, bare.json()["kind"]) == (403, "CsrfMissing")
    assert with_it.status_code == 200
    assert (
        machine(secretary).post(f"/conferences/{conference.pk}/close").status_code
        == 200
    )


def test_a_token_counts_before_the_session(secretary, conference):
    stranger = sign_in(Client(), MandateFactory(role=Role.DELEGATE))
    asking = Machine(token_for(secretary), stranger)

    assert asking.get("/me").json()["mandate_id"] == secretary.pk


def refused(asking):
    answers = [
        asking.get("/me"),
        asking.get("/conferences"),
        asking.post("/conferences"),
    ]
    return {answer.status_code for answer in answers} == {401}


def test_it_ends_with_its_mandate(secretary):
    asking = machine(secretary)
    assert asking.get("/me").status_code == 200
    MandateFactory(role=Role.ADMINISTRATOR)

    end_mandate(actor=ADMIN, mandate=secretary, at=timezone.now())

    assert refused(asking)


def test_it_ends_with_the_account(secretary):
    asking = machine(secretary)
    MandateFactory(role=Role.ADMINISTRATOR)

    close_account(actor=ADMIN, person=secretary.person, at=timezone.now())

    assert refused(asking)


def test_it_ends_when_it_expires_or_is_revoked(secretary):
    yesterday = timezone.localdate() - timedelta(days=1)
    old = machine(secretary, issued_on=yesterday, expires_on=yesterday)
    revoked = machine(secretary, revoked_at=timezone.now())

    assert refused(old)
    assert refused(revoked)


@pytest.mark.parametrize(
    "said", ["", "lt_", "lt_sai", "Bearer", "é", "lt_" + "x" * 200]
)
def test_a_wrong_token_is_never_taken_for_anybody(said):
    headers = {"Authorization": f"Bearer {said}"}

    answer = Client().get("/api/v1/conferences", headers=headers)

    assert (answer.status_code, answer.json()["kind"]) == (401, "TokenUnknown")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_failures_are_counted_and_right_tokens_are_let_in(secretary, monkeypatch):
    from django.core.cache import cache

    cache.clear()
    monkeypatch.setattr(middleware, "MOST_FAILURES", 2)
    wrong, right = Machine("lt_sai"), machine(secretary)

    codes = [wrong.get("/me").status_code for _ in range(4)]

    assert codes == [401, 401, 429, 429]
    assert wrong.get("/me").headers["Retry-After"] == "60"
    assert right.get("/me").status_code == 200
    cache.clear()


def test_tokens_open_the_api_only(secretary):
    headers = {"Authorization": f"Bearer {token_for(secretary)}"}

    assert Client().get(PAGE, headers=headers).status_code == 302
    assert Client().get("/ban-lam-viec/", headers=headers).status_code == 302


def test_a_token_manages_no_accounts():
    administrator = MandateFactory(role=Role.ADMINISTRATOR)

    answer = machine(administrator).get("/administration/people")

    assert (answer.status_code, answer.json()["kind"]) == (403, "TokenNotEnough")
    session = sign_in(Client(), administrator)
    assert session.get("/api/v1/administration/people").status_code == 200


def test_its_use_is_noted_at_most_hourly(secretary):
    asking = machine(secretary)
    asking.get("/me")
    first = AccessToken.objects.get().used_at
    asking.get("/me")

    assert first is not None
    assert AccessToken.objects.get().used_at == first
    AccessToken.objects.update(used_at=first - timedelta(hours=2))
    asking.get("/me")
    assert AccessToken.objects.get().used_at > first - timedelta(hours=1)


def test_issuing_and_revoking_stand_in_the_journal_without_the_secret(secretary):
    token = issued(secretary)
    revoke_token(actor=actor_with("access.grant"), token=token, at=timezone.now())

    names = list(Entry.objects.order_by("pk").values_list("name", flat=True))
    assert names == ["gateway.token_issued", "gateway.token_revoked"]
    assert "xxxx" not in str(list(Entry.objects.values()))
    assert token.digest == digest_of(f"lt_{'x' * 40}")
    assert token.prefix == "lt_xxxxxxxx"


def test_nobody_issues_for_another(secretary):
    with pytest.raises(NotPermitted):
        issue_token(
            actor=actor_as(Role.ADMINISTRATOR),
            mandate=secretary,
            name="x",
            secret="lt_y",
            expires_on=timezone.localdate(),
            at=timezone.now(),
        )


def test_nobody_revokes_anothers(secretary):
    with pytest.raises(NotPermitted):
        revoke_token(
            actor=actor_as(Role.CHAIR), token=issued(secretary), at=timezone.now()
        )


@pytest.mark.parametrize("days", [-1, 366])
def test_a_token_lasts_from_today_to_a_year(secretary, days):
    with pytest.raises(TokenLivesTooLong):
        issued(secretary, expires_on=timezone.localdate() + timedelta(days=days))


def test_a_person_has_twenty_tokens_at_most(secretary):
    for _ in range(20):
        token_for(secretary)

    with pytest.raises(TooManyTokens):
        issued(secretary)


def test_the_page_shows_the_secret_once(client, secretary):
    sign_in(client, secretary)
    day = timezone.localdate() + timedelta(days=30)
    said = {"name": "Phần mềm một cửa", "mandate": secretary.pk, "expires_on": day}

    made = send(client, PAGE, said)
    secret = re.search(r"lt_[\w-]{40,}", made.content.decode()).group()

    assert Machine(secret).get("/me").json()["mandate_id"] == secretary.pk
    later = client.get(PAGE).content.decode()
    assert secret not in later
    assert secret[:11] in later
    assert "Phần mềm một cửa" in later


def test_the_page_keeps_what_was_typed(client, secretary):
    sign_in(client, secretary)
    day = timezone.localdate() + timedelta(days=400)

    answer = send(
        client, PAGE, {"name": "Một", "mandate": secretary.pk, "expires_on": day}
    )

    assert answer.status_code == 422
    assert "nhiều nhất một năm" in answer.content.decode()
    assert 'value="Một"' in answer.content.decode()


def test_the_page_takes_no_mandate_of_another(client, secretary):
    sign_in(client, secretary)
    other = MandateFactory()

    answer = send(
        client,
        PAGE,
        {"name": "x", "mandate": other.pk, "expires_on": timezone.localdate()},
    )

    assert answer.status_code == 422
    assert not AccessToken.objects.exists()


def test_the_page_revokes(client, secretary):
    token_for(secretary)
    token = AccessToken.objects.get()
    url = reverse("tokens:revoke", args=[token.pk])
    stranger = sign_in(Client(), MandateFactory())

    assert send(stranger, url).status_code == 404
    assert send(sign_in(client, secretary), url).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_who_has_no_mandate_is_told_what_to_do(client):
    client.force_login(PersonFactory())

    assert "liên hệ quản trị viên" in client.get(PAGE).content.decode()


def test_a_venue_answers_by_token(conference):
    venue = VenueFactory(conference=conference)
    speaker = MandateFactory(role=Role.REPRESENTATIVE, body=venue.body)
    said = {
        "room": "Phòng họp 1",
        "lead_office": "Giám đốc Sở",
        "contact": "Chánh Văn phòng",
        "expected": 25,
        "delegates": ["Phó Giám đốc Sở"],
        "delegations": [{"body_id": conference.host_id, "headcount": 3}],
    }

    answer = machine(speaker).post(f"/conferences/venues/{venue.pk}/answer", said)

    assert answer.json() == {"id": venue.pk, "state": "answered"}
    shown = machine(speaker).get(f"/conferences/venues/{venue.pk}").json()
    assert shown["delegates"] == ["Phó Giám đốc Sở"]
    assert shown["delegations"] == [{"body_id": conference.host_id, "headcount": 3}]


def test_a_token_tells_nothing_of_the_person_s_other_mandates(secretary):
    other = MandateFactory(person=secretary.person)
    for mandate in (secretary, other, None):
        NoticeFactory(person=secretary.person, mandate=mandate)
    asking = machine(secretary)

    shown = asking.get("/mandates").json()["items"]
    told = asking.get("/notices").json()["items"]
    read = asking.post("/notices/read").json()

    assert [each["id"] for each in shown] == [secretary.pk]
    assert {each["mandate_id"] for each in told} == {secretary.pk, None}
    assert read == {"moved": 2}
    assert asking.get("/notices/preference").status_code == 403
