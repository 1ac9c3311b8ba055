"""The forms of who keeps the register: each leads to its action, wrong ones come back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lantoa.access.vocabulary import Role
from lantoa.journal.models import Entry
from lantoa.organisations import queries
from lantoa.organisations.models import Body, CouncilSeat
from tests.factories import BodyFactory, MandateFactory, send, sign_in
from tests.factories.organisations import (
    CouncilFactory,
    CouncilSeatFactory,
    ProvinceFactory,
    ReportsToFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    return sign_in(client, MandateFactory(role=Role.ADMINISTRATOR))


def day(offset=0):
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


def url(name, row):
    return reverse(f"organisations:{name}", args=[row.pk])


def facts():
    names = Entry.objects.filter(name__startswith="organisations.").order_by("pk")
    return [
        name.removeprefix("organisations.")
        for name in names.values_list("name", flat=True)
    ]


def test_a_body_is_entered_in_a_territory_below_one_that_is_named(keeper):
    province, above = ProvinceFactory(), BodyFactory(name="Ủy ban nhân dân tỉnh Mẫu")
    answer = send(
        keeper,
        url("enter_body", province),
        {
            "kind": "department",
            "name": "Sở Tư pháp tỉnh Mẫu",
            "superior": "uy ban nhan dan tinh mau",
            "line": "territorial",
        },
    )
    body = Body.objects.get(name="Sở Tư pháp tỉnh Mẫu")
    assert answer.url == url("body", body)
    assert body.territory == province
    assert [row.superior for row in queries.superiors(body, timezone.localdate())] == [
        above
    ]


@pytest.mark.parametrize(
    ("superior", "words"),
    [
        ("Không ai cả", "Không có cơ quan nào mang tên này."),
        ("Trung tâm", "Nhiều cơ quan có tên này; hãy ghi tên đầy đủ."),
    ],
)
def test_a_name_that_names_no_one_body_comes_back_with_the_form(
    keeper, superior, words
):
    BodyFactory.create_batch(2, name="Trung tâm")
    body = BodyFactory()
    answer = send(
        keeper,
        url("set_superior", body),
        {"superior": superior, "line": "justice", "valid_from": day()},
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert superior in answer.content.decode()


def test_a_body_changes_its_superior_its_name_and_ends(keeper):
    body, above = BodyFactory(), BodyFactory(name="Bộ Mẫu")
    send(
        keeper,
        url("set_superior", body),
        {"superior": "Bộ Mẫu", "line": "justice", "valid_from": day(-9)},
    )
    answer = send(
        keeper,
        url("rename_body", body),
        {"name": "Cục Mẫu", "on": day(-5), "basis": "QĐ 1"},
    )
    new = Body.objects.get(name="Cục Mẫu")
    assert answer.url == url("body", new)
    [line] = queries.superiors(new, timezone.localdate())
    assert line.superior == above
    send(keeper, url("end_superior", line), {"valid_until": day(-2)})
    send(keeper, url("end_body", new), {"valid_until": day(), "basis": "QĐ 2"})
    assert facts() == ["superior_set", "body_renamed", "superior_ended", "body_ended"]


def test_an_office_sits_on_a_council_and_leaves_it(keeper):
    council, agency = CouncilFactory(), BodyFactory(name="Sở Mẫu")
    send(
        keeper,
        url("seat_office", council),
        {
            "role": "chair",
            "body": "so mau",
            "office": "Giám đốc",
            "valid_from": day(-9),
        },
    )
    seat = CouncilSeat.objects.get()
    assert (seat.body, seat.office) == (agency, "Giám đốc")
    send(keeper, url("vacate_seat", seat), {"valid_until": day()})
    assert facts() == ["seat_filled", "seat_vacated"]


def test_a_unit_gets_another_name(keeper):
    province = ProvinceFactory(name="Mẫu")
    send(
        keeper,
        url("rename_unit", province),
        {"kind": "city", "name": "Mẫu", "on": day()},
    )
    today = queries.unit_named(province.pk, timezone.localdate())
    assert today.full_name == "Thành phố Mẫu"


def test_what_the_domain_refuses_is_said_in_its_words(keeper):
    body = BodyFactory(name="Bộ Mẫu")
    answer = send(
        keeper,
        url("set_superior", body),
        {"superior": "Bộ Mẫu", "line": "justice", "valid_from": day()},
    )
    assert answer.status_code == 409
    assert "nằm dưới cơ quan này" in answer.content.decode()


def rows():
    body, seat, line = BodyFactory(), CouncilSeatFactory(), ReportsToFactory()
    return {
        "enter_body": ProvinceFactory(),
        "rename_unit": ProvinceFactory(),
        "rename_body": body,
        "end_body": body,
        "set_superior": body,
        "end_superior": line,
        "seat_office": seat.council,
        "vacate_seat": seat,
    }


def test_every_form_is_shown_to_who_keeps_the_register(keeper):
    for name, row in rows().items():
        assert keeper.get(url(name, row)).status_code == 200


def test_nobody_else_sees_or_sends_a_form(client):
    sign_in(client, MandateFactory(role=Role.OFFICER))
    for name, row in rows().items():
        assert client.get(url(name, row)).status_code in {403, 404}
        assert send(client, url(name, row), {}).status_code in {403, 404}
    assert facts() == []


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.OFFICER, None])
def test_the_pages_offer_what_one_may_do(client, role):
    if role:
        sign_in(client, MandateFactory(role=role))
    seat = CouncilSeatFactory()
    row = ReportsToFactory(body=seat.council.body)
    page = client.get(url("body", row.body)).content.decode()
    offered = [
        url(name, r) in page
        for name, r in (
            ("rename_body", row.body),
            ("end_superior", row),
            ("seat_office", seat.council),
            ("vacate_seat", seat),
        )
    ]
    assert offered == [role == Role.ADMINISTRATOR] * 4
    assert (f"/nhat-ky/body/{row.body_id}/" in page) == (role == Role.ADMINISTRATOR)
