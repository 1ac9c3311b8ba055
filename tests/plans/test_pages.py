"""The inbox of a body, and a clause at every body."""

from datetime import date, datetime

import pytest

from lantoa.access.vocabulary import Role
from lantoa.kernel.dates import HANOI
from lantoa.organisations.data.rows import rows as rows_of
from lantoa.organisations.models import Body, Unit, UnitName
from lantoa.plans.models import Task, TaskParty
from lantoa.plans.vocabulary import PartyRole, PartyState
from tests.factories import BodyFactory, MandateFactory, send, sign_in
from tests.factories.documents import ClauseFactory
from tests.factories.plans import PartyFactory

pytestmark = pytest.mark.django_db
HEADS = {"HX-Request": "true"}
MORNING = datetime(2020, 12, 20, 8, tzinfo=HANOI)


def text_of(response, status=200):
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def representative(client, body=None):
    body = body or BodyFactory()
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=body))
    return body


def test_a_stranger_is_asked_to_sign_in(client):
    for address in ("", "da-giao/", "1/", "dieu-khoan/1/"):
        assert client.get(f"/nhiem-vu/{address}").status_code == 302


def test_an_inbox_shows_the_six_clear_things_and_tells_that_it_was_opened(client):
    body = representative(client)
    party = PartyFactory(
        body=body, task__product="Kế hoạch", task__authority="Bộ trưởng"
    )
    PartyFactory(
        body=BodyFactory(name="Bộ Công an"), task=party.task, role="coordinating"
    )

    shown = text_of(client.get("/nhiem-vu/"))

    for words in (
        "Rõ người",
        "phối hợp: Bộ Công an",
        "Quý I năm 2021",
        "Kế hoạch",
        "Bộ trưởng",
    ):
        assert words in shown
    assert 'hx-trigger="load"' in shown
    assert (
        TaskParty.objects.get(pk=party.pk).state == PartyState.SILENT
    )  # reading is safe
    assert send(client, "/nhiem-vu/da-nhan/").status_code == 204
    assert TaskParty.objects.get(pk=party.pk).state == PartyState.RECEIVED
    assert 'hx-trigger="load"' not in text_of(client.get("/nhiem-vu/"))


def test_one_press_acknowledges_all_of_a_paper(client):
    body = representative(client)
    clause = ClauseFactory()
    parties = [PartyFactory(body=body, task__clause=clause) for _ in range(2)]
    elsewhere = PartyFactory(body=body)
    assert "Xác nhận cả 2 nhiệm vụ" in text_of(client.get("/nhiem-vu/"))

    answer = send(client, f"/nhiem-vu/tiep-nhan/van-ban/{clause.paper_id}/")

    assert (answer.status_code, answer["Location"]) == (302, "/nhiem-vu/")
    done = TaskParty.objects.exclude(acknowledged_at=None)
    assert set(done) == set(parties)
    assert elsewhere not in done
    shown = text_of(client.get("/nhiem-vu/?xem=cho"))
    assert shown.count('class="task"') == 1


def test_acknowledging_with_an_answer_returns_to_where_it_was_pressed(client):
    party = PartyFactory(body=representative(client))
    here = f"/nhiem-vu/{party.task_id}/"
    shown = text_of(client.get(here))
    assert "Xác nhận kèm ý kiến" in shown
    assert 'hx-trigger="load"' in shown  # opening the task receives it, too

    answer = send(
        client,
        f"/nhiem-vu/tiep-nhan/{party.pk}/",
        {"answer": "Giao Sở Tư pháp.", "next": here},
    )
    send(client, f"/nhiem-vu/y-kien/{party.pk}/", {"answer": "Đã ban hành."})
    away = {"answer": "Xong.", "next": "https://example.com/"}

    assert answer["Location"] == here
    assert (
        send(client, f"/nhiem-vu/y-kien/{party.pk}/", away)["Location"] == "/nhiem-vu/"
    )
    shown = text_of(client.get(here))
    at = [shown.index(words) for words in ("Xong.", "Đã ban hành.", "Giao Sở Tư pháp.")]
    assert at == sorted(at)
    assert "Đại diện điểm cầu" in shown


def test_nobody_acknowledges_or_reads_for_another(client):
    party = PartyFactory(task__clause__paper__public=False)
    representative(client)

    assert send(client, f"/nhiem-vu/tiep-nhan/{party.pk}/").status_code == 404
    assert (
        send(client, f"/nhiem-vu/y-kien/{party.pk}/", {"answer": "x"}).status_code
        == 404
    )
    assert client.get(f"/nhiem-vu/{party.task_id}/").status_code == 404
    assert (
        client.get(f"/nhiem-vu/dieu-khoan/{party.task.clause_id}/").status_code == 404
    )
    send(client, f"/nhiem-vu/tiep-nhan/van-ban/{party.task.clause.paper_id}/")
    assert TaskParty.objects.get().state == PartyState.SILENT


def test_a_clause_that_set_no_task_of_ones_own_says_so(client):
    party = PartyFactory(body=BodyFactory(name="Bộ Công an"))
    representative(client)

    shown = text_of(client.get(f"/nhiem-vu/dieu-khoan/{party.task.clause_id}/"))

    assert "Chưa có nhiệm vụ nào từ mục này" in shown
    assert "Bộ Công an" not in shown


def test_a_delegate_has_no_tasks(client):
    sign_in(client, MandateFactory(role=Role.DELEGATE))

    assert client.get("/nhiem-vu/").status_code == 403
    assert send(client, "/nhiem-vu/da-nhan/").status_code == 403


def provinces():
    """Return the 63 provinces of the map by code, with what they were called."""
    codes = [row["code"] for row in rows_of("tiles_63") if row["code"]]
    units = Unit.objects.bulk_create(
        Unit(level="province", code=code) for code in codes
    )
    called = {"20": "tỉnh Lạng Sơn", "04": "tỉnh Cao Bằng"}
    names = UnitName.objects.bulk_create(
        UnitName(
            unit=unit,
            kind="province",
            name=called.get(unit.code, unit.code),
            full_name=called.get(unit.code, unit.code),
        )
        for unit in units
    )
    return {name.unit.code: name for name in names}


@pytest.fixture
def board(client):
    """Give a clause dispatched to two provinces, one of which acknowledged."""
    host = BodyFactory(kind="council", name="Hội đồng phối hợp PBGDPL Trung ương")
    sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=host))
    clause = ClauseFactory(paper__issuer=host, paper__code="01/TB-HĐPH")
    for code, unit in provinces().items():
        if code not in {"20", "04"}:
            continue
        done = MORNING if code == "20" else None
        PartyFactory(
            task__clause=clause,
            task__dispatched_at=MORNING,
            body=BodyFactory(
                name=f"Ủy ban nhân dân {unit.full_name}", territory=unit.unit
            ),
            received_at=done,
            acknowledged_at=done,
        )
    return clause


def test_a_clause_is_a_map_and_a_list_of_every_bodys_state(client, board):
    shown = text_of(client.get(f"/nhiem-vu/dieu-khoan/{board.pk}/"))

    assert shown.count('<i data-state="acknowledged">Đã xác nhận</i>') == 1
    assert shown.count('<i data-state="sent">Chưa nhận</i>') == 1
    lang_son = TaskParty.objects.get(body__name__contains="Lạng Sơn")
    assert f'href="/nhiem-vu/{lang_son.task_id}/"' in shown


def test_bodies_that_are_no_more_stand_on_the_last_map_they_stood_on(client, board):
    Body.objects.filter(territory__isnull=False).update(valid_until=date(2025, 7, 1))
    Task.objects.update(dispatched_at=datetime(2026, 11, 23, 8, tzinfo=HANOI))

    shown = text_of(client.get(f"/nhiem-vu/dieu-khoan/{board.pk}/"))

    assert "Hà Giang" in shown  # of the 63, and not of the 34


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ({}, ["Cao Bằng", "Lạng Sơn"]),
        ({"tinh-trang": "acknowledged"}, ["Lạng Sơn"]),
        ({"tinh-trang": "silent"}, ["Cao Bằng"]),
        ({"tinh-trang": "received"}, []),
        ({"tinh-trang": "?"}, ["Cao Bằng", "Lạng Sơn"]),
        ({"q": "lang son"}, ["Lạng Sơn"]),
        ({"q": "UBND"}, []),
    ],
)
def test_the_list_is_filtered(client, board, asked, listed):
    address = f"/nhiem-vu/dieu-khoan/{board.pk}/"
    part = text_of(client.get(address, asked, headers=HEADS))

    names = [
        n for n in ("Cao Bằng", "Lạng Sơn") if f"Ủy ban nhân dân tỉnh {n}</a>" in part
    ]
    assert names == listed
    assert "<html" not in part


def test_what_was_dispatched_shows_its_progress(client, board):
    shown = text_of(client.get("/nhiem-vu/da-giao/"))

    assert "01/TB-HĐPH" in shown
    assert f"/nhiem-vu/dieu-khoan/{board.pk}/" in shown
    assert shown.count("<b>1</b>/2") == 2  # received, acknowledged


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_however_long(client, rows, django_assert_num_queries):
    host = BodyFactory()
    sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=host))
    clause = ClauseFactory(paper__issuer=host)
    for _ in range(rows):
        party = PartyFactory(task__clause=clause)
        PartyFactory(task__clause__paper__issuer=host)
        PartyFactory(body=host)

    frame = 4  # session, person, mandates, unread notices
    with django_assert_num_queries(
        frame + 6
    ):  # body, tally, count, parts, answers, bodies
        shown = text_of(client.get("/nhiem-vu/"))
    assert shown.count('class="task"') == rows
    with django_assert_num_queries(frame + 4):  # count, papers, clauses, tallies
        shown = text_of(client.get("/nhiem-vu/da-giao/"))
    assert shown.count("tasks-paper__title") == 1 + rows
    # task, parties, answers, what was derived, what went before and after, what is owed
    with django_assert_num_queries(frame + 6):
        text_of(client.get(f"/nhiem-vu/{party.task_id}/"))
    with django_assert_num_queries(frame + 3):  # clause, parties, answers
        shown = text_of(client.get(f"/nhiem-vu/dieu-khoan/{clause.pk}/"))
    assert shown.count("answers__body") == rows
    assert PartyRole.LEAD in {p.role for p in TaskParty.objects.all()}
