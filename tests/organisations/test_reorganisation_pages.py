from datetime import date

import pytest

from lantoa.access.vocabulary import Role
from lantoa.organisations.models import Body, Change, Reorganisation
from lantoa.organisations.vocabulary import ChangeKind, Extent, ReorganisationState
from tests.factories import BodyFactory, MandateFactory, below, send, sign_in
from tests.factories.organisations import ProvinceFactory
from tests.organisations.reorganising import DAY, applied, draft, passing

pytestmark = pytest.mark.django_db

INDEX = "/to-chuc/sap-xep/"


@pytest.fixture
def keeper(client):
    return sign_in(client, MandateFactory(role=Role.ADMINISTRATOR))


def page_of(row, rest=""):
    return f"{INDEX}{row.pk}/{rest}"


def test_only_who_keeps_the_register_sees_the_pages(client):
    row = draft()
    sign_in(client, MandateFactory(role=Role.CHAIR))
    for rest in ("", "sua/", "tac-dong/", "them/hop-nhat/"):
        assert client.get(page_of(row, rest)).status_code == 403
    assert client.get(INDEX).status_code == 403
    for rest in ("ap-dung/", "hoan-tac/", "ke-thua/", "bo/", "xoa/"):
        assert send(client, page_of(row, rest)).status_code == 403


def test_an_empty_list_says_what_to_do(keeper):
    shown = keeper.get(INDEX).content.decode()
    assert "Chưa có đợt sắp xếp nào" in shown
    assert INDEX in keeper.get("/to-chuc/").content.decode()


def test_a_draft_is_written_amended_and_thrown_away(keeper):
    said = {"title": "Đợt một", "basis": "Nghị quyết 1", "effective_on": "2026-03-01"}
    answer = send(keeper, f"{INDEX}moi/", said)
    row = Reorganisation.objects.get()
    assert answer.headers["Location"] == page_of(row)
    send(keeper, page_of(row, "sua/"), {**said, "title": "Đợt hai"})
    assert "Đợt hai" in keeper.get(page_of(row)).content.decode()
    send(keeper, page_of(row, "xoa/"))
    assert not Reorganisation.objects.exists()


def test_a_draft_without_a_day_comes_back_with_what_was_typed(keeper):
    answer = send(keeper, f"{INDEX}moi/", {"title": "Đợt một"})
    assert answer.status_code == 422
    assert "Đợt một" in answer.content.decode()


def test_bodies_are_found_while_typing_with_their_place(keeper):
    province = ProvinceFactory(name="Lạng Sơn")
    body = BodyFactory(name="Ủy ban nhân dân xã Hội Hoan", territory=province)
    to = "/to-chuc/tim-co-quan/?name=old&ngay=2026-02-28&nhieu=1&q-old=hoi+hoan"
    shown = keeper.get(to).content.decode()
    assert f'type="checkbox" name="old" value="{body.pk}"' in shown


def test_a_merger_is_entered_with_bodies_of_the_register(keeper):
    one, two, new = BodyFactory.create_batch(3)
    row = draft()
    answer = send(
        keeper,
        page_of(row, "them/hop-nhat/"),
        {"old": [one.pk, two.pk], "new": new.pk, "kind": "", "name": ""},
    )
    assert answer.status_code == 302
    rows = Change.objects.order_by("old")
    assert [(c.kind, c.old, c.new) for c in rows] == [
        (ChangeKind.MERGER, one, new),
        (ChangeKind.MERGER, two, new),
    ]


def test_a_renaming_describes_the_new_body_after_the_old_one(keeper):
    old = BodyFactory(name="Sở Tư pháp cũ")
    row = draft()
    said = {"q-old": "so tu phap cu", "name": "Sở Tư pháp mới"}
    answer = send(keeper, page_of(row, "them/doi-ten/"), said)
    assert answer.status_code == 302
    founded = Change.objects.get(old=old).founded
    assert (founded.name, founded.kind) == ("Sở Tư pháp mới", old.kind)


def test_a_part_and_a_move_are_entered(keeper):
    old, part = BodyFactory.create_batch(2)
    row = draft()
    send(
        keeper,
        page_of(row, "them/chia-tach/"),
        {"old": old.pk, "new": part.pk, "main_part": "on"},
    )
    send(
        keeper,
        page_of(row, "them/chuyen/"),
        {"old": part.pk, "new": BodyFactory().pk, "line": "justice"},
    )
    said = Change.objects.order_by("pk").values_list("kind", "extent", "main_part")
    assert list(said) == [
        (ChangeKind.SPLIT, Extent.PART, True),
        (ChangeKind.MOVE, Extent.WHOLE, False),
    ]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"name": "Mới"}, "Hãy chọn cơ quan."),
        ({"q-old": "không có đâu"}, "Không tìm thấy cơ quan nào"),
        ({"q-old": "so tu phap"}, "Hãy chọn trong danh sách"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(keeper, said, word):
    BodyFactory.create_batch(2)
    answer = send(keeper, page_of(draft(), "them/hop-nhat/"), said)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert word in shown
    assert all(value in shown for value in said.values())


def test_the_preview_counts_and_names_what_is_touched(keeper):
    old, new = BodyFactory.create_batch(2)
    below(old)
    MandateFactory(body=old, office="Chuyên viên phòng")
    row = draft()
    passing(row, [old], new)
    shown = keeper.get(page_of(row, "tac-dong/")).content.decode()
    assert "Chuyên viên phòng" in shown
    assert "Chức danh chuyển sang cơ quan tiếp nhận" in shown
    part = keeper.get(page_of(row, "tac-dong/"), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


def test_problems_stand_in_the_preview(keeper):
    row = draft()
    passing(
        row, [BodyFactory(name="Phòng cũ", valid_until=date(2020, 1, 1))], BodyFactory()
    )
    assert (
        "Phòng cũ không còn hoạt động"
        in keeper.get(page_of(row, "tac-dong/")).content.decode()
    )


def test_it_is_applied_and_taken_back_from_the_page(keeper):
    old, new = BodyFactory.create_batch(2)
    row = draft()
    passing(row, [old], new)
    assert "Tôi đã xem tác động" in keeper.get(page_of(row)).content.decode()
    send(keeper, page_of(row, "ap-dung/"), {"sure": "on"})
    shown = keeper.get(page_of(row)).content.decode()
    assert "Đã áp dụng lúc" in shown
    assert Body.objects.get(pk=old.pk).valid_until == DAY
    assert send(keeper, page_of(row, "ap-dung/")).status_code == 409
    send(keeper, page_of(row, "hoan-tac/"), {"reason": "Nhập nhầm ngày"})
    assert "Đã hoàn tác lúc" in keeper.get(page_of(row)).content.decode()
    journal = keeper.get(f"/nhat-ky/reorganisation/{row.pk}/").content.decode()
    assert "Nhập nhầm ngày" in journal


def test_a_change_is_taken_out_again(keeper):
    row = draft()
    passing(row, [BodyFactory()], BodyFactory())
    send(keeper, page_of(row, "bo/"), {"changes": f"{Change.objects.get().pk},x"})
    assert not Change.objects.exists()


def test_what_is_applied_shows_no_way_to_change_it(keeper):
    row = draft()
    passing(row, [BodyFactory()], BodyFactory())
    applied(row)
    shown = keeper.get(page_of(row)).content.decode()
    assert "Thêm thay đổi" not in shown
    assert row.__class__.objects.get().state == ReorganisationState.APPLIED


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_long(
    keeper, count, django_assert_num_queries, django_assert_max_num_queries
):
    for _each in range(count):
        passing(draft(), [BodyFactory()], BodyFactory())
    row = draft()
    olds = BodyFactory.create_batch(count)
    for old in olds:
        MandateFactory(body=old)
        passing(row, [old], BodyFactory())
    keeper.get(INDEX)
    with django_assert_num_queries(6):
        keeper.get(INDEX)
    with django_assert_num_queries(8):
        keeper.get(page_of(row))
    with django_assert_max_num_queries(30):
        keeper.get(page_of(row, "tac-dong/"))
