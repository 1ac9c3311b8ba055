"""The boards, the list behind each number, the silent, and their spreadsheets."""

import re
from datetime import date, datetime
from html import unescape
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from lantoa.access.vocabulary import Role
from lantoa.journal.models import Entry
from lantoa.kernel.dates import HANOI
from lantoa.notices.models import Notice
from lantoa.organisations.models import BodySuccession, Unit
from lantoa.organisations.vocabulary import TWO_LEVELS_FROM
from lantoa.plans import actions
from lantoa.plans.events import SilenceChased
from lantoa.plans.queries import Asked
from lantoa.plans.reactions import tell_the_silent
from lantoa.plans.vocabulary import MapView, Stage, WorkState
from lantoa.plans.web import filters
from tests.factories import (
    BodyFactory,
    MandateFactory,
    actor_with,
    below,
    send,
    sign_in,
)
from tests.factories.documents import ClauseFactory, PaperFactory
from tests.factories.organisations import SuccessionFactory
from tests.factories.plans import ObligationFactory, PartyFactory
from tests.plans.test_pages import provinces, text_of

pytestmark = pytest.mark.django_db
ADDRESSES = ("toan-quoc/", "danh-sach/", "danh-sach.xlsx", "chua-xac-nhan/")
SENT = datetime(2020, 12, 20, 8, tzinfo=HANOI)


def reader(client, body, role=Role.SECRETARIAT):
    sign_in(client, MandateFactory(role=role, body=body))
    return client


def oblige(clause, body, **given):
    """Oblige *body*; facts of its part begin with ``party__``."""
    given = {"party__task__dispatched_at": SENT} | given
    return ObligationFactory(party__task__clause=clause, party__body=body, **given)


def links(html):
    return [unescape(href) for href in re.findall(r'href="(/nhiem-vu/[^"]*)"', html)]


def sheet_of(response):
    assert response.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_a_stranger_signs_in_and_who_reads_no_tasks_is_refused(client):
    paper = PaperFactory()
    board = f"van-ban/{paper.pk}/"
    for address in (*ADDRESSES, board, "chua-xac-nhan.xlsx"):
        assert client.get(f"/nhiem-vu/{address}").status_code == 302
    reader(client, BodyFactory(), Role.DELEGATE)
    for address in (*ADDRESSES, board, "chua-xac-nhan.xlsx"):
        assert client.get(f"/nhiem-vu/{address}").status_code == 403


@pytest.mark.parametrize(
    "role", [Role.CHAIR, Role.SECRETARIAT, Role.OFFICER, Role.AUDITOR]
)
def test_three_clicks_lead_from_the_board_to_the_obligation(client, role):
    clause = ClauseFactory()
    host = clause.paper.issuer
    body = below(host, name="UBND tỉnh Lạng Sơn")
    owed = oblige(clause, body)
    reader(client, host, role)

    first = text_of(client.get("/nhiem-vu/toan-quoc/"))
    board = f"/nhiem-vu/van-ban/{clause.paper_id}/"
    assert board in links(first)
    numbers = [
        link
        for link in links(text_of(client.get(board)))
        if link.startswith("/nhiem-vu/danh-sach/?") and "dieu-khoan" in link
    ]
    shown = text_of(client.get(numbers[0]))
    assert owed.get_absolute_url() in links(shown)
    assert "UBND tỉnh Lạng Sơn" in shown


def test_every_number_of_a_board_opens_a_list_of_just_as_many(client):
    paper = PaperFactory()
    north, south = (below(paper.issuer) for _ in range(2))
    for clause in ClauseFactory.create_batch(2, paper=paper):
        oblige(clause, north, started_at=SENT)
        oblige(clause, south, due_on=date(2021, 1, 1))
    reader(client, paper.issuer)

    html = text_of(client.get(f"/nhiem-vu/van-ban/{paper.pk}/"))

    cells = re.findall(r'<td><a href="([^"]+)">([\d.]+)</a></td>', html)
    assert len(cells) == 2 * 3 + 2  # two states and the sum a clause, two sums
    for href, number in cells:
        listed = text_of(client.get(unescape(href)))
        assert listed.count('<th scope="row"') == int(number)


def test_a_board_that_obliges_nobody_in_reach_is_not_there(client):
    hidden = PaperFactory(public=False)
    oblige(ClauseFactory(paper=hidden), BodyFactory())
    bare = PaperFactory()
    reader(client, BodyFactory())

    assert client.get(f"/nhiem-vu/van-ban/{hidden.pk}/").status_code == 404
    assert client.get("/nhiem-vu/van-ban/999999/").status_code == 404
    shown = text_of(client.get(f"/nhiem-vu/van-ban/{bare.pk}/"))
    assert "Chưa có nhiệm vụ nào" in shown
    assert hidden.code not in text_of(client.get("/nhiem-vu/toan-quoc/"))
    assert "Chưa có văn bản nào giao việc" in text_of(
        client.get("/nhiem-vu/toan-quoc/")
    )


def test_who_was_set_nothing_directly_sees_what_was_derived(client):
    top = oblige(ClauseFactory(), BodyFactory())
    commune = BodyFactory()
    derived = {
        "party__task__derived_from": top.task,
        "party__task__derived_version": 1,
        "party__task__origin": top.task,
    }
    oblige(top.task.clause, commune, **derived)
    reader(client, commune, Role.OFFICER)

    shown = text_of(client.get(f"/nhiem-vu/van-ban/{top.task.clause.paper_id}/"))

    assert "<b>1</b> nhiệm vụ" in shown
    assert re.search(r'aria-current="page">Cụ thể hóa cho cấp dưới', shown)


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_the_same_statements_however_much_there_is(
    client, django_assert_num_queries, number
):
    paper = PaperFactory()
    provinces()
    units = list(Unit.objects.order_by("pk")[: number + 1])
    bodies = [below(paper.issuer, territory=unit) for unit in units]
    for clause in ClauseFactory.create_batch(number, paper=paper):
        for body in bodies:
            oblige(clause, body, passed_at=SENT)
            oblige(clause, body)
    reader(client, paper.issuer)
    client.get("/nhiem-vu/toan-quoc/")

    for address, statements in (
        ("toan-quoc/", BASE + 3),
        (f"van-ban/{paper.pk}/?ban-do=63", BASE + 6),
        ("danh-sach/", BASE + 5),
        (f"danh-sach/?van-ban={paper.pk}&tinh={units[0].pk}&ban-do=63", BASE + 11),
        ("chua-xac-nhan/", BASE + 5),
    ):
        with django_assert_num_queries(statements):
            text_of(client.get(f"/nhiem-vu/{address}"))


BASE = 4  # session, person, mandate, unread notices


def test_the_map_shows_the_most_pressing_state_or_the_one_chosen(client):
    provinces()
    paper = PaperFactory()
    unit = Unit.objects.get(code="20")
    body = below(paper.issuer, territory=unit, name="UBND tỉnh Lạng Sơn")
    clauses = ClauseFactory.create_batch(3, paper=paper)
    oblige(clauses[0], body, due_on=date(2021, 1, 1))
    oblige(clauses[1], body, due_on=date(2021, 1, 1))
    oblige(clauses[2], body, started_at=SENT)
    ministry = below(paper.issuer, name="Bộ Công an")
    oblige(clauses[0], ministry)
    reader(client, paper.issuer)
    assert "venue-map" not in text_of(client.get(f"/nhiem-vu/van-ban/{paper.pk}/"))
    other = below(paper.issuer, territory=Unit.objects.get(code="04"))
    oblige(clauses[0], other, completed_on=SENT.date(), accepted_at=SENT)
    reader(client, paper.issuer)
    board = f"/nhiem-vu/van-ban/{paper.pk}/"

    shown = text_of(client.get(f"{board}?ban-do=63"))
    assert 'data-work="overdue" data-number="2"' in shown
    assert shown.count('<i data-work="none"') == 63  # 61 provinces, two archipelagos
    assert "Cơ quan trung ương, ngoài bản đồ: 1 nhiệm vụ" in shown
    chosen = text_of(client.get(f"{board}?ban-do=63&tinh-trang=in-progress"))
    assert 'data-work="in-progress" data-number="1"' in chosen
    of_clause = text_of(client.get(f"{board}?ban-do=63&dieu-khoan={clauses[2].pk}"))
    assert '<i data-work="in-progress">' in of_clause
    to_list = (
        f"/nhiem-vu/danh-sach/?van-ban={paper.pk}&tinh={unit.pk}&ban-do=63&cap=goc"
    )
    listed = text_of(client.get(to_list))
    assert to_list in links(shown)
    assert listed.count('<th scope="row"') == 3
    assert "Tỉnh Lạng Sơn" in listed or "Địa bàn" in listed


def test_what_was_passed_on_links_to_its_successor(client):
    paper = PaperFactory()
    clause = ClauseFactory(paper=paper)
    provinces()
    old_unit, new_unit = Unit.objects.order_by("pk")[:2]
    SuccessionFactory(old=old_unit, new=new_unit)
    Unit.objects.filter(pk=old_unit.pk).update(valid_until=TWO_LEVELS_FROM)
    old = below(paper.issuer, territory=old_unit)
    new = below(paper.issuer, territory=new_unit, name="UBND tỉnh kế thừa")
    BodySuccession.objects.create(
        old=old, new=new, effective_on=TWO_LEVELS_FROM, extent="whole"
    )
    passed = oblige(clause, old, passed_at=SENT)
    party = PartyFactory(body=new, task__clause=clause, task__succeeds=passed.task)
    carried = ObligationFactory(party=party)
    reader(client, paper.issuer)

    then = text_of(client.get(f"/nhiem-vu/danh-sach/?van-ban={paper.pk}&ban-do=63"))
    now = text_of(client.get(f"/nhiem-vu/danh-sach/?van-ban={paper.pk}&ban-do=34"))

    assert "Tiếp tục tại UBND tỉnh kế thừa" in then
    assert carried.get_absolute_url() in links(then)
    assert then.count('<th scope="row"') == now.count('<th scope="row"') == 1
    assert passed.get_absolute_url() not in links(now)
    rows = sheet_of(
        client.get(f"/nhiem-vu/danh-sach.xlsx?van-ban={paper.pk}&ban-do=63")
    )
    assert rows[4][-1] == "UBND tỉnh kế thừa"


def test_a_list_is_filtered_searched_sorted_and_paged_by_its_address(client):
    clause = ClauseFactory()
    host = clause.paper.issuer
    for number in range(53):
        oblige(clause, below(host, name=f"UBND tỉnh số {number:02}"))
    late = oblige(clause, below(host, name="UBND tỉnh Lạng Sơn"), due_on=SENT.date())
    reader(client, host)

    def rows(query):
        return text_of(client.get(f"/nhiem-vu/danh-sach/{query}")).count(
            '<th scope="row"'
        )

    assert rows("") == 50
    assert rows("?trang=2") == rows("?page=2") == 4
    assert rows("?q=lang+son") == rows("?tinh-trang=overdue") == 1
    assert rows("?tinh-trang=overdue&tinh-trang=not-received") == 50
    assert rows(f"?don-vi={late.party.body_id}&dieu-khoan={clause.pk}") == 1
    assert rows("?tinh-trang=passed") == 0
    shown = text_of(client.get("/nhiem-vu/danh-sach/?q=lang+son&xep=-co-quan"))
    assert 'aria-sort="descending"' in shown
    assert "/nhiem-vu/danh-sach/?q=lang+son&xep=co-quan" in links(shown)
    assert "/nhiem-vu/danh-sach.xlsx?q=lang+son&xep=-co-quan" in links(shown)
    nothing = text_of(client.get("/nhiem-vu/danh-sach/?q=khong-co"))
    assert "Bỏ mọi điều kiện lọc" in nothing


@pytest.mark.parametrize(
    "query",
    [
        "?van-ban=x&dieu-khoan=-1&tinh=%00&don-vi=99999999999999999999&trang=zz",
        "?tinh-trang=%27&ban-do=35&cap=x&xep=--han&q=%00%25_%5C",
        "?nguon=1&ben-giao=1&van-ban=1&dieu-khoan=1&tinh=0&im-lang=co",
    ],
)
def test_what_an_address_cannot_mean_does_not_matter(client, query):
    oblige(ClauseFactory(), BodyFactory())
    reader(client, BodyFactory())

    assert client.get(f"/nhiem-vu/danh-sach/{query}").status_code == 200
    assert client.get(f"/nhiem-vu/toan-quoc/{query}").status_code == 200
    assert client.get(f"/nhiem-vu/chua-xac-nhan/{query}").status_code == 200


def test_an_address_says_all_that_is_asked_for():
    from django.http import QueryDict

    asked = Asked(
        view=MapView.DISPATCHED,
        paper=1,
        clause=2,
        states=frozenset({WorkState.OVERDUE, WorkState.PLANNED}),
        body=3,
        province=4,
        stage=Stage.DERIVED,
        origin=5,
        dispatcher=6,
        silent=True,
        text="kế hoạch",
        order="-han",
    )

    assert filters.read(QueryDict(filters.query_of(asked)[1:])) == asked


def test_a_sheet_holds_what_its_list_shows_with_real_dates(client):
    clause = ClauseFactory(label="II.1", paper__code="08/TB-HĐPH")
    host = clause.paper.issuer
    oblige(
        clause,
        below(host, name="UBND tỉnh Lạng Sơn"),
        party__task__work='=HYPERLINK("http://x","+1")',
        due_on=date(2021, 3, 31),
        completed_on=date(2021, 3, 2),
        accepted_at=SENT,
    )
    oblige(clause, below(host, name="UBND tỉnh Cao Bằng"))
    reader(client, host)

    response = client.get("/nhiem-vu/danh-sach.xlsx?q=lang+son")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert re.search(
        r'filename="nhiem-vu-\d{4}-\d\d-\d\d.xlsx"', response["Content-Disposition"]
    )
    title, told, at, head, *rows = sheet_of(response)

    assert title[0] == "Danh sách nhiệm vụ"
    assert told[0] == "Tìm: “lang son”"
    assert at[0].startswith("Số liệu lúc ")
    assert head == [
        "STT",
        "Tình trạng",
        "Nhiệm vụ",
        "Kỳ",
        "Cơ quan chủ trì",
        "Văn bản",
        "Mục",
        "Cơ quan giao",
        "Ngày giao",
        "Thời hạn ghi trong văn bản",
        "Hạn",
        "Hạn ban đầu",
        "Ngày hoàn thành",
        "Cơ quan kế thừa",
    ]
    assert rows == [
        [
            1,
            "Hoàn thành đúng hạn",
            '=HYPERLINK("http://x","+1")',
            "",
            "UBND tỉnh Lạng Sơn",
            "Thông báo 08/TB-HĐPH",
            "II.1",
            host.name,
            date(2020, 12, 20),
            "Quý I năm 2021",
            date(2021, 3, 31),
            "",
            date(2021, 3, 2),
            "",
        ]
    ]


def test_the_silent_are_listed_with_the_working_days_gone_by(client):
    clause = ClauseFactory()
    host = clause.paper.issuer
    quiet = below(host, name="UBND tỉnh Lạng Sơn")
    friday = datetime(2026, 11, 13, 8, tzinfo=HANOI)
    for _ in range(2):
        oblige(clause, quiet, party__task__dispatched_at=friday)
    opened = below(host, name="UBND tỉnh Cao Bằng")
    oblige(clause, opened, party__received_at=SENT)
    for given in (
        {"party__acknowledged_at": SENT, "party__received_at": SENT},
        {"passed_at": SENT},
    ):
        oblige(clause, below(host, name="UBND tỉnh Yên Bái"), **given)
    oblige(clause, quiet, party__task__dispatcher=opened)
    reader(client, host)

    shown = text_of(client.get("/nhiem-vu/chua-xac-nhan/"))

    assert "UBND tỉnh Yên Bái" not in shown
    assert shown.index("Cao Bằng") < shown.index("Lạng Sơn")  # the longest first
    link = next(href for href in links(shown) if f"don-vi={quiet.pk}" in href)
    assert text_of(client.get(link)).count('<th scope="row"') == 2
    rows = sheet_of(client.get("/nhiem-vu/chua-xac-nhan.xlsx?xep=so-viec"))
    assert [row[1:5] for row in rows[4:]] == [
        ["UBND tỉnh Lạng Sơn", str(clause.paper), 2, 2],
        ["UBND tỉnh Cao Bằng", str(clause.paper), 1, 0],
    ]
    assert rows[4][5] == date(2026, 11, 13)
    assert rows[4][6] > 0 or timezone.localdate() <= date(2026, 11, 15)
    only = text_of(client.get("/nhiem-vu/chua-xac-nhan/?chi=chua-nhan"))
    assert "Cao Bằng" not in only
    everybody = text_of(client.get("/nhiem-vu/chua-xac-nhan/?xem=tat-ca&q=lang+son"))
    assert re.search(r">3</a>", everybody)


def test_whoever_gave_the_work_reminds_the_silent_once_a_day():
    clause = ClauseFactory()
    host = clause.paper.issuer
    body = below(host)
    officer = MandateFactory(role=Role.OFFICER, body=body)
    for _ in range(2):
        oblige(clause, body)
    actor = actor_with("tasks.dispatch", body=host)
    given = {"actor": actor, "dispatcher": host, "body": body, "paper": clause.paper}

    assert actions.chase(**given, at=timezone.now()) == 2
    assert actions.chase(**given | {"body": BodyFactory()}, at=timezone.now()) == 0

    fact = SilenceChased(
        body_id=body.pk, paper_id=clause.paper_id, dispatcher=host.pk, number=2
    )
    for _ in range(2):
        tell_the_silent(fact)
    notice = Notice.objects.get()
    assert notice.person_id == officer.person_id


def test_the_button_reminds_and_only_for_what_was_given_oneself(client):
    clause = ClauseFactory()
    body = below(clause.paper.issuer)
    oblige(clause, body)
    reader(client, clause.paper.issuer)
    chase = f"/nhiem-vu/chua-xac-nhan/nhac/{body.pk}/{clause.paper_id}/"

    assert chase in text_of(client.get("/nhiem-vu/chua-xac-nhan/"))
    assert chase not in text_of(client.get("/nhiem-vu/chua-xac-nhan/?xem=tat-ca"))
    assert "Đã nhắc cơ quan xác nhận 1 nhiệm vụ." in text_of(send(client, chase))
    assert Entry.objects.get().name == "plans.silence_chased"
    reader(client, clause.paper.issuer, Role.AUDITOR)
    assert send(client, chase).status_code == 403
