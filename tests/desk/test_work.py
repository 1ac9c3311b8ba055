"""The desk's tasks: three next things on a phone, own work by due day, the bodies."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lantoa.access.vocabulary import Role
from lantoa.kernel.dates import HANOI
from lantoa.organisations.queries import calendar
from lantoa.plans.models import Progress, TaskParty
from lantoa.plans.queries import desks
from lantoa.plans.queries.desks import Act
from tests.factories import (
    BodyFactory,
    MandateFactory,
    actor_with,
    below,
    send,
    sign_in,
)
from tests.factories.conferences import VenueFactory
from tests.factories.organisations import DistrictFactory
from tests.factories.plans import ObligationFactory, PartyFactory

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 1, 5, 9, tzinfo=HANOI)
KNOWN = {"party__received_at": THEN, "party__acknowledged_at": THEN}


def commune_body():
    unit = DistrictFactory(level="commune")
    return BodyFactory(territory=unit, name="UBND xã Hòa Cư")


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def desk(client, body, role=Role.OFFICER, query=""):
    sign_in(client, MandateFactory(role=role, body=body))
    response = client.get(reverse("desk:home") + query)
    assert response.status_code == 200
    return response


def owe(body, **given):
    return ObligationFactory(party__body=body, **given)


def test_three_next_things_are_overdue_then_new_then_by_due_day():
    body = BodyFactory()
    later = owe(body, due_on=in_days(20), planned_at=THEN, **KNOWN)
    soon = owe(body, due_on=in_days(5), **KNOWN)
    new = owe(body)
    late = owe(body, due_on=in_days(-3), started_at=THEN, planned_at=THEN, **KNOWN)
    reported = owe(body, due_on=in_days(-9), started_at=THEN, **KNOWN)
    Progress.objects.create(
        obligation=reported,
        text="Đã xong",
        completes=True,
        verdict="pending",
        office="Cán bộ",
        at=THEN,
    )
    owe(body, completed_on=in_days(-1), accepted_at=THEN)
    owe(body, passed_at=THEN)
    owe(BodyFactory(), due_on=in_days(-30))
    actor = actor_with("tasks.receive", "tasks.read", body=body)

    things = desks.next_things(actor, timezone.localdate(), 9)

    assert [(each.owed, each.act) for each in things] == [
        (late, Act.REPORT),
        (new, Act.ACKNOWLEDGE),
        (soon, Act.PLAN),
        (later, Act.REPORT),
    ]


def test_a_coordinating_body_is_asked_to_acknowledge_when_there_is_room():
    body = BodyFactory()
    lead = PartyFactory()
    part = PartyFactory(task=lead.task, body=body, role="coordinating")
    actor = actor_with("tasks.receive", "tasks.read", body=body)

    (thing,) = desks.next_things(actor, timezone.localdate())

    assert (thing.part, thing.act, thing.owed) == (part, Act.ACKNOWLEDGE, None)


def test_a_commune_sees_three_things_with_one_button_each_and_little_else(client):
    body = commune_body()
    late = owe(body, due_on=in_days(-14), started_at=THEN, planned_at=THEN, **KNOWN)
    new = owe(body, due_on=in_days(30))
    plan = owe(body, due_on=in_days(10), **KNOWN)
    owe(body, due_on=in_days(40), **KNOWN)

    response = desk(client, body)
    shown = response.content.decode()

    assert len(response.content) < 15_000
    assert shown.count('class="three__one"') == 3
    main = shown[shown.index("<main") : shown.index("</main>")]
    assert main.count('class="button ') == 3
    assert reverse("plans:report", args=[late.pk]) in main
    assert reverse("plans:acknowledge", args=[new.party_id]) in main
    assert reverse("plans:plan", args=[plan.pk]) in main
    gone = calendar().between(in_days(-14), timezone.localdate())
    assert f"đã quá {gone} ngày làm việc" in main
    assert "4 việc đang mở" in main

    send(client, reverse("plans:acknowledge", args=[new.party_id]))
    assert TaskParty.objects.get(pk=new.party_id).acknowledged_at is not None
    assert "Xác nhận đã nhận việc" not in desk(client, body).content.decode()


def test_a_commune_with_nothing_to_do_is_told_so_and_may_open_the_full_desk(client):
    body = commune_body()
    venue = VenueFactory(body=body)

    shown = desk(client, body, Role.REPRESENTATIVE).content.decode()
    full = desk(client, body, Role.REPRESENTATIVE, "?day-du").content.decode()

    assert "Không còn việc nào phải làm ngay" in shown
    assert (
        reverse("conferences:venue_console", args=[venue.conference_id, venue.pk])
        in shown
    )
    assert "Đang chờ bạn" in full


def test_a_province_sees_what_it_owes_and_how_its_bodies_stand(client):
    province = BodyFactory(name="UBND tỉnh Lạng Sơn")
    quick, slow, silent = (below(province, name=f"UBND xã {n}") for n in "ABC")
    soon = owe(province, due_on=in_days(3), **KNOWN)
    late = owe(province, due_on=in_days(-3), planned_at=THEN, **KNOWN)
    given = {"party__task__dispatcher": province}
    owe(quick, completed_on=in_days(-1), accepted_at=THEN, **given)
    owe(slow, due_on=in_days(-1), **given)
    owe(silent, **given)
    owe(silent, party__task__dispatcher=BodyFactory())  # not of this province

    response = desk(client, province)

    assert [row.owed for row in response.context["own"]] == [late, soon]
    standing = [row.standing for row in response.context["bodies"]]
    assert [(s.body, s.overdue, s.silent, s.counts.total) for s in standing] == [
        (slow, 1, 0, 1),
        (silent, 0, 1, 1),
        (quick, 0, 0, 1),
    ]
    waiting = [(each.href, str(each.text)) for each in response.context["waiting"]]
    own = f"{reverse('plans:list')}?don-vi={province.pk}&tinh-trang="
    assert waiting == [
        (own + "overdue", "1 nhiệm vụ của cơ quan đã quá hạn, chưa hoàn thành."),
        (own + "acknowledged", "1 nhiệm vụ đã xác nhận mà chưa có kế hoạch."),
    ]
    for href, text in waiting:
        listed = client.get(href).content.decode()
        assert listed.count('<th scope="row"') == int(text.split()[0])
    (_, link, *_rest) = re.findall(
        r'href="([^"]*ben-giao[^"]*)"', response.content.decode()
    )
    assert (
        client.get(link.replace("&amp;", "&")).content.decode().count('<th scope="row"')
        == 1
    )


@pytest.mark.parametrize("number", [1, 3])
def test_a_commune_s_desk_costs_the_same_however_much_waits(
    client, number, django_assert_num_queries
):
    body = commune_body()
    for _ in range(number):
        owe(body)
        PartyFactory(task=PartyFactory().task, body=body, role="coordinating")
    sign_in(client, MandateFactory(role=Role.OFFICER, body=body))
    client.get(reverse("desk:home"))

    with django_assert_num_queries(10):
        client.get(reverse("desk:home"))
