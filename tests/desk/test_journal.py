from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lantoa.access.actions import end_mandate, grant_mandate
from lantoa.access.vocabulary import Role
from lantoa.journal.models import Entry
from lantoa.journal.sealing import seal
from tests.factories import (
    BodyFactory,
    MandateFactory,
    PersonFactory,
    actor_with,
    below,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    return sign_in(client, MandateFactory(role=Role.ADMINISTRATOR))


def grant(body=None, *, at=None):
    at = at or timezone.now()
    return grant_mandate(
        actor=actor_with("access.grant"),
        person=PersonFactory(),
        role=Role.OFFICER,
        body=body or BodyFactory(),
        office="Cán bộ tư pháp",
        starts_on=timezone.localdate(at),
        at=at,
    )


def told(response):
    return [str(each.sentence) for each in response.context["told"]]


def test_a_thing_s_journal_tells_what_happened_to_it_newest_first(admin):
    mandate = grant(BodyFactory(name="Sở Tư pháp tỉnh Lạng Sơn"))
    end_mandate(actor=actor_with("access.grant"), mandate=mandate, at=timezone.now())
    grant()

    response = admin.get(reverse("journal:subject", args=["mandate", mandate.pk]))

    body = reverse("organisations:body", args=[mandate.body_id])
    link = f'<a href="{body}">Sở Tư pháp tỉnh Lạng Sơn</a>'
    today = timezone.localdate().strftime("%d/%m/%Y")
    assert told(response) == [
        f"Kết thúc chức danh “Cán bộ tư pháp” tại {link}.",
        (
            "Giao chức danh “Cán bộ tư pháp” (Cán bộ phổ biến, giáo dục pháp luật) "
            f"tại {link}, từ ngày {today}."
        ),
    ]


@pytest.mark.parametrize("others", [1, 3])
def test_the_journal_costs_the_same_however_long(
    admin, others, django_assert_num_queries
):
    body = BodyFactory()
    for _ in range(others):
        grant(body)

    # session, person, mandates, unread; the body, its entries, labels of bodies, persons and
    # mandates, the label of the page, the chain's head and what waits for it
    with django_assert_num_queries(12):
        response = admin.get(reverse("journal:subject", args=["body", body.pk]))

    assert len(told(response)) == others


def test_what_was_entered_later_shows_both_moments(admin):
    body = BodyFactory()
    grant(body, at=timezone.now() - timedelta(days=400))
    grant(body)

    response = admin.get(reverse("journal:subject", args=["body", body.pk]))

    assert [each.recorded_later for each in response.context["told"]] == [False, True]
    assert response.content.decode().count("ghi nhận lúc") == 1


def test_long_journals_come_in_pages(admin, monkeypatch):
    monkeypatch.setattr("lantoa.desk.web.journal.A_PAGE", 2)
    body = BodyFactory()
    for _ in range(5):
        grant(body)
    url = reverse("journal:subject", args=["body", body.pk])
    seen = []

    while url:
        response = admin.get(url)
        seen += [each.entry.pk for each in response.context["told"]]
        older = response.context["older"]
        url = (
            reverse("journal:subject", args=["body", body.pk]) + older if older else ""
        )

    assert seen == [entry.pk for entry in Entry.objects.order_by("-pk")]


def test_facts_of_another_version_are_named_and_do_not_break_the_page(admin):
    grant()
    Entry.objects.create(
        name="old.forgotten",
        payload={"x": 1},
        subjects=["body:1"],
        office="<b>Ai đó</b>",
        occurred_at=timezone.now(),
    )
    Entry.objects.create(
        name="access.mandate_granted",
        payload={"unknown": 1},
        subjects=[],
        office="",
        occurred_at=timezone.now(),
    )

    response = admin.get(reverse("journal:newest"))

    assert told(response)[:2] == ["access.mandate_granted", "old.forgotten"]
    assert "<b>Ai đó</b>" not in response.content.decode()


def test_words_from_people_are_escaped(admin):
    mandate = grant(BodyFactory(name="<script>alert(1)</script>"))

    response = admin.get(reverse("journal:subject", args=["mandate", mandate.pk]))

    assert "<script>alert" not in response.content.decode()


def test_a_secretary_reads_the_journal_of_what_is_below_and_no_more(client):
    council = BodyFactory()
    committee = below(council, line="council")
    sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=council))

    def status(body):
        return client.get(
            reverse("journal:subject", args=["body", body.pk])
        ).status_code

    assert [status(council), status(committee), status(BodyFactory())] == [
        200,
        200,
        403,
    ]
    grant(BodyFactory())
    assert told(client.get(reverse("journal:newest"))) == []


def test_the_newest_of_one_kind(admin):
    grant()

    def shown(kind):
        return len(told(admin.get(reverse("journal:newest"), {"loai": kind})))

    assert [shown(kind) for kind in ("", "access", "files", "gì đó")] == [1, 1, 0, 1]


def test_the_page_shows_how_far_the_chain_goes(admin):
    grant()
    head = seal()
    grant()

    page = admin.get(reverse("journal:newest")).content.decode()

    assert head.digest in page
    assert "verify_journal" in page


@pytest.mark.parametrize("noun", ["gidoi", "body"])
def test_there_is_no_journal_of_nothing(admin, noun):
    url = reverse("journal:subject", args=[noun, 999_999])
    assert admin.get(url).status_code == 404


def test_the_public_reads_no_journal(client):
    body = BodyFactory()

    newest = client.get(reverse("journal:newest"))
    one = client.get(reverse("journal:subject", args=["body", body.pk]))

    assert newest.url.startswith(reverse("account_login"))
    assert one.status_code == 403
