from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lantoa.access.models import Mandate
from lantoa.access.vocabulary import Role
from lantoa.identity.models import Person
from lantoa.journal.models import Entry
from lantoa.live.models import Revocation
from tests.factories import (
    PASSWORD,
    BodyFactory,
    MandateFactory,
    PersonFactory,
    send,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return MandateFactory(role=Role.ADMINISTRATOR, office="Quản trị viên")


@pytest.fixture
def admin(client, administrator):
    return sign_in(client, administrator)


def shown(response):
    return [mandate.office for mandate in response.context["found"]]


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_costs_the_same_however_long(admin, others, django_assert_num_queries):
    MandateFactory.create_batch(others)

    with django_assert_num_queries(6):  # session, person, mandates, unread, count, rows
        response = admin.get(reverse("access:mandates"))

    assert len(shown(response)) == 1 + others


def test_the_list_is_searched_without_diacritics(admin):
    body = BodyFactory(name="Sở Tư pháp tỉnh Lạng Sơn")
    MandateFactory(office="Đại diện điểm cầu Lạng Sơn", body=body)
    MandateFactory(office="Thư ký", person__email="thu.ky@example.vn")

    def found(words):
        return shown(admin.get(reverse("access:mandates"), {"q": words}))

    assert found("dai dien lang son") == ["Đại diện điểm cầu Lạng Sơn"]
    assert found("tư pháp LẠNG") == ["Đại diện điểm cầu Lạng Sơn"]
    assert found("thu.ky@") == ["Thư ký"]


def test_the_list_is_narrowed_by_role_and_by_force(admin):
    yesterday = timezone.localdate() - timedelta(days=1)
    MandateFactory(office="Hết hạn", ends_on=yesterday)
    MandateFactory(office="Sắp tới", starts_on=date(2999, 1, 1))
    MandateFactory(office="Kiểm tra", role=Role.AUDITOR)

    def found(**narrow):
        return shown(admin.get(reverse("access:mandates"), narrow))

    assert found(role="auditor") == ["Kiểm tra"]
    assert found(force="over") == ["Hết hạn"]
    assert found(force="to_come") == ["Sắp tới"]
    assert len(found(force="all")) == 4
    assert len(found(role="vua", force="gì đó")) == 2  # nonsense narrows nothing


def granting(**given):
    return {
        "email": "moi@example.vn",
        "role": "officer",
        "office": "Cán bộ phổ biến, giáo dục pháp luật xã Cao Lộc",
        "starts_on": "2026-01-01",
        **given,
    }


def test_a_newcomer_gets_an_account_and_a_password_good_for_changing_it(
    admin, client, django_user_model
):
    body = BodyFactory(name="Ủy ban nhân dân xã Cao Lộc")

    response = send(
        admin, reverse("access:grant"), granting(body_name="cao loc", body="")
    )

    password = response.context["password"]
    person = Person.objects.get(email="moi@example.vn")
    assert person.check_password(password)
    assert Mandate.objects.get(person=person).body == body

    client.logout()
    assert client.login(email="moi@example.vn", password=password)
    at_home = client.get(reverse("access:mandates"))
    assert at_home.url == reverse("account_change_password")
    client.post(
        reverse("account_change_password"),
        {"oldpassword": password, "password1": PASSWORD, "password2": PASSWORD},
    )
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert not person.must_change_password


def test_a_retry_shows_the_same_password_and_opens_one_account(admin):
    body = BodyFactory()
    data = granting(body_name=body.name, body=body.pk, _key="một lần")

    first = admin.post(reverse("access:grant"), data)
    again = admin.post(reverse("access:grant"), data)

    assert again.context["password"] == first.context["password"]
    assert Mandate.objects.filter(person__email="moi@example.vn").count() == 1


def test_somebody_known_gets_a_mandate_and_keeps_the_password(admin):
    person = PersonFactory(email="moi@example.vn", password=PASSWORD)
    body = BodyFactory()

    response = send(
        admin, reverse("access:grant"), granting(body_name=body.name, body=body.pk)
    )

    mandate = Mandate.objects.get(person=person)
    assert response.url == reverse("access:mandate", args=[mandate.pk])
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_of_several_bodies_one_is_chosen(admin):
    bodies = {BodyFactory(name=f"Cục Kiểm tra {n}").pk for n in ("một", "hai")}

    response = send(admin, reverse("access:grant"), granting(body_name="cuc kiem tra"))

    assert response.status_code == 422
    assert {body.pk for body in response.context["form"].suggested} == bodies
    assert not Person.objects.filter(email="moi@example.vn").exists()


def test_wrong_dates_are_refused_and_open_no_account(admin):
    body = BodyFactory()

    response = send(
        admin,
        reverse("access:grant"),
        granting(body_name=body.name, body=body.pk, ends_on="2025-12-31"),
    )

    assert response.status_code == 409
    assert not Person.objects.filter(email="moi@example.vn").exists()


def test_ending_a_mandate_ends_its_streams(admin):
    mandate = MandateFactory()

    send(admin, reverse("access:end", args=[mandate.pk]))

    mandate.refresh_from_db()
    assert mandate.ends_on == timezone.localdate() - timedelta(days=1)
    assert Revocation.objects.get().mandate_id == mandate.pk
    assert Entry.objects.get().name == "access.mandate_ended"


def test_the_last_administrator_stays(admin, administrator):
    ended = send(admin, reverse("access:end", args=[administrator.pk]))
    closed = send(admin, reverse("access:close", args=[administrator.person_id]))

    assert ended.status_code == closed.status_code == 409
    administrator.person.refresh_from_db()
    assert administrator.person.is_active


def test_a_closed_account_is_signed_out_and_can_be_opened_again(admin, client):
    mandate = MandateFactory()
    theirs = sign_in(type(client)(), mandate)
    assert theirs.get(reverse("own:account")).status_code == 200

    send(admin, reverse("access:close", args=[mandate.person_id]))
    assert theirs.get(reverse("own:account")).status_code == 302
    assert Revocation.objects.get().mandate_id == mandate.pk

    send(admin, reverse("access:reopen", args=[mandate.person_id]))
    assert theirs.get(reverse("own:account")).status_code == 200
    assert not Revocation.objects.exists()


def test_one_acts_under_the_mandate_one_chose(client):
    person = PersonFactory()
    first, second = MandateFactory.create_batch(2, person=person)
    sign_in(client, first)

    response = send(
        client, reverse("access:choose"), {"mandate": second.pk, "next": "/to-chuc/"}
    )

    assert response.url == "/to-chuc/"
    page = client.get(reverse("own:account"))
    assert page.wsgi_request.actor.mandate_id == second.pk


@pytest.mark.parametrize("where", ["https://xau.example/", "//xau.example", ""])
def test_choosing_leads_nowhere_else(client, where):
    mandate = MandateFactory()
    sign_in(client, mandate)

    response = send(
        client, reverse("access:choose"), {"mandate": mandate.pk, "next": where}
    )

    assert response.url == "/ban-lam-viec/"


def test_nobody_chooses_what_is_not_theirs_or_over(client):
    sign_in(client, MandateFactory())
    theirs = MandateFactory()
    over = MandateFactory(person_id=client.session["_auth_user_id"])
    Mandate.objects.filter(pk=over.pk).update(ends_on=date(2020, 1, 2))

    for mandate in (theirs, over):
        response = send(client, reverse("access:choose"), {"mandate": mandate.pk})
        assert response.status_code == 404


def test_the_first_administrator_opens_an_empty_house_once(client):
    body = BodyFactory(name="Bộ Tư pháp")
    url = reverse("first_run:start")
    data = {
        "email": "quan.tri@example.vn",
        "password": PASSWORD,
        "again": PASSWORD,
        "body_name": "bo tu phap",
    }
    assert client.get(url).status_code == 200

    response = send(client, url, data)

    assert response.url == reverse("access:mandates")
    assert client.get(response.url).status_code == 200
    mandate = Mandate.objects.get()
    assert (mandate.body, mandate.role) == (body, Role.ADMINISTRATOR)
    client.logout()
    assert client.get(url).status_code == 404
    assert send(client, url, {**data, "email": "khac@example.vn"}).status_code == 409
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"again": "khác hẳn rồi"}, "again"),
        ({"password": "1234567890", "again": "1234567890"}, "password"),
        ({"body_name": "không đâu có"}, "body_name"),
    ],
)
def test_the_first_administrator_is_told_what_is_wrong(client, changed, field):
    BodyFactory(name="Bộ Tư pháp")
    data = {
        "email": "quan.tri@example.vn",
        "password": PASSWORD,
        "again": PASSWORD,
        "body_name": "Bộ Tư pháp",
    }

    response = send(client, reverse("first_run:start"), {**data, **changed})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Person.objects.exists()
