"""The pages of giving work on, rewording it, and answering what changed above."""

from datetime import date

import pytest

from lantoa.access.vocabulary import Role
from lantoa.organisations.vocabulary import BodyKind
from lantoa.plans.models import Task, TaskParty
from tests.factories import MandateFactory, below, send, sign_in
from tests.plans.test_deriving import WORDS, derive, given, lead_of
from tests.plans.test_pages import text_of
from tests.plans.test_stale import SAID, is_stale, revise

pytestmark = pytest.mark.django_db


@pytest.fixture
def top():
    return given(product="Kế hoạch")


@pytest.fixture
def own(client, top):
    """Give the lead body of *top*, whose officer is signed in."""
    body = lead_of(top)
    sign_in(client, MandateFactory(role=Role.OFFICER, body=body))
    return body


def communes(own, *names):
    kind = BodyKind.PEOPLES_COMMITTEE
    return [below(own, kind=kind, name=f"Ủy ban nhân dân {name}") for name in names]


def typed(*leads, **more):
    return {
        "work": "Ban hành kế hoạch của xã",
        "deadline_text": "trước 30/5",
        "due_on": "2026-05-30",
        "seen": "1",
        "lead": [body.pk for body in leads],
        "do": "preview",
        **more,
    }


def to(task):
    return f"/nhiem-vu/{task.pk}/cu-the-hoa/"


def test_the_wording_begins_with_what_the_upstream_says(client, top, own):
    communes(own, "xã Hòa Cư", "xã Cao Lâu")

    shown = text_of(client.get(to(top)))

    assert top.work in shown
    assert "Chọn cả 2" in shown
    assert shown.index("xã Cao Lâu") < shown.index("xã Hòa Cư")
    assert "30/6/2026" in shown


def test_a_press_chooses_a_whole_group_and_keeps_what_was_typed(client, top, own):
    both = communes(own, "xã Hòa Cư", "xã Cao Lâu")
    group = "all-territorial.peoples_committee"

    shown = text_of(send(client, to(top), typed(do=group)))

    assert shown.count(" checked") == 2
    assert "Ban hành kế hoạch của xã" in shown
    cleared = text_of(send(client, to(top), typed(*both, do="clear")))
    assert " checked" not in cleared
    none = text_of(
        send(client, to(top), typed(*both, own, do=group.replace("all", "none")))
    )
    assert none.count(" checked") == 1
    assert Task.objects.count() == 1


def test_bodies_further_below_are_found_without_diacritics_or_by_who_stands_above(
    client, top, own
):
    (district,) = communes(own, "huyện Cao Lộc")
    (commune,) = communes(district, "xã Hòa Cư")

    found = text_of(send(client, to(top), typed(do="find", q="hoa cu")))
    inside = text_of(send(client, to(top), typed(do="within", inside=district.pk)))
    kept = text_of(send(client, to(top), typed(commune, do="find", q="zzz")))

    assert f'value="{commune.pk}"' in found
    assert "xã Hòa Cư" in inside
    assert f'value="{commune.pk}" checked' in kept


def test_the_preview_counts_and_only_sending_writes(client, top, own):
    both = communes(own, "xã Hòa Cư", "xã Cao Lâu")

    shown = text_of(send(client, to(top), typed(*both, own)))
    assert "Sẽ giao cho 3 cơ quan" in shown
    assert "30/5/2026" in shown
    assert Task.objects.count() == 1
    answer = send(client, to(top), typed(*both, own, do="send"))

    assert answer["Location"] == f"/nhiem-vu/{top.pk}/#giao-tiep"
    assert [lead_of(task) for task in top.derived.order_by("pk")] == [*both, own]
    page = text_of(client.get(f"/nhiem-vu/{top.pk}/"))
    assert page.count("work-derived__one") == 3
    edited = text_of(send(client, to(top), typed(*both, do="edit")))
    assert edited.count(" checked") == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"lead": []}, "Hãy chọn ít nhất một cơ quan chủ trì."),
        ({"work": ""}, "trước 30/5"),
        ({"due_on": "2026-07-30", "do": "send"}, "không được sau thời hạn"),
        ({"seen": "7", "do": "send"}, "vừa được điều chỉnh"),
        ({"due_on": ""}, "được hiểu là ngày 30/5/"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client, top, own, change, words
):
    (commune,) = communes(own, "xã Hòa Cư")
    MandateFactory(body=own)

    answer = send(client, to(top), typed(commune) | {"product": "Sổ"} | change)

    shown = text_of(answer, 422)
    assert words in shown
    assert 'value="Sổ"' in shown
    assert Task.objects.count() == 1


def test_who_does_not_lead_does_not_derive(client, top):
    friend = MandateFactory(role=Role.OFFICER)
    TaskParty.objects.create(task=top, body=friend.body, role="coordinating")
    sign_in(client, friend)

    assert client.get(to(top)).status_code == 409
    sign_in(client, MandateFactory(role=Role.OFFICER))
    assert client.get(to(top)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_however_many_stand_below(
    client, top, own, count, django_assert_num_queries
):
    communes(own, *(f"xã {n}" for n in range(count)))

    # frame, task, lead, open days, below, who has others below
    with django_assert_num_queries(4 + 5):
        text_of(client.get(to(top)))


@pytest.fixture
def stale_pair(top, own):
    """Give two tasks derived alike, one of them worded anew since, both stale."""
    one, two = derive(top, *communes(own, "xã Hòa Cư", "xã Cao Lâu"))
    revise(top)
    return one, two


def test_what_is_stale_is_compared_three_ways_and_adopted_together(
    client, top, stale_pair
):
    one, two = stale_pair
    listed = text_of(client.get("/nhiem-vu/doi-chieu/"))
    assert "2 nhiệm vụ đã cụ thể hóa" in listed

    shown = text_of(client.get(f"/nhiem-vu/doi-chieu/{one.pk}/"))
    assert '<ins class="diff">' in shown
    assert WORDS.work.strip() in shown  # mine stays mine
    assert "Áp dụng cho 2 nhiệm vụ ghi giống nhau" in shown
    answer = send(
        client,
        f"/nhiem-vu/doi-chieu/{one.pk}/",
        {"work": "Mới", "deadline_text": "Quý I", "seen": 2, "task": [one.pk, two.pk]},
    )

    assert answer.status_code == 302
    assert [is_stale(one), is_stale(two)] == [False, False]
    assert {one.work, two.work} == {"Mới"}
    assert "Không có gì cần đối chiếu" in text_of(client.get("/nhiem-vu/doi-chieu/"))


def test_adopting_proposes_the_new_words_where_mine_were_the_old_ones(client, top, own):
    (task,) = derive(top, own, wording=type(WORDS).of(top))
    revise(top)

    shown = client.get(f"/nhiem-vu/doi-chieu/{task.pk}/").context["form"].initial

    assert (shown["work"], shown["due_on"]) == (SAID.work, SAID.due_on)
    assert shown["deadline_text"] == SAID.deadline_text


def test_keeping_wants_a_reason(client, stale_pair):
    one, two = stale_pair
    address = f"/nhiem-vu/doi-chieu/{one.pk}/giu-nguyen/"

    text_of(send(client, address, {"reason": " ", "seen": 2, "task": [one.pk]}), 422)
    answer = send(client, address, {"reason": "Đã làm", "seen": 2, "task": [one.pk]})

    assert answer["Location"] == "/nhiem-vu/doi-chieu/"  # the other one waits
    assert [is_stale(one), is_stale(two)] == [False, True]


def test_what_changed_meanwhile_is_shown_before_it_is_adopted(client, top, stale_pair):
    one, _ = stale_pair
    revise(top, type(SAID)(work="Lần ba", deadline_text="x", due_on=SAID.due_on))

    answer = send(
        client,
        f"/nhiem-vu/doi-chieu/{one.pk}/",
        {"work": "Của tôi", "deadline_text": "x", "seen": 2, "task": [one.pk]},
    )

    shown = text_of(answer, 422)
    assert "Lần ba" in shown
    assert "Của tôi" in shown
    assert 'name="seen" value="3"' in shown
    assert is_stale(one)


def test_rewording_says_who_must_look_again(client, top, own):
    communes_ = communes(own, "xã Hòa Cư", "xã Cao Lâu")
    derive(top, *communes_)
    sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=top.dispatcher))
    address = f"/nhiem-vu/{top.pk}/dieu-chinh/"

    shown = text_of(client.get(address))
    assert "<b>2</b> nhiệm vụ đã cụ thể hóa" in shown
    assert "xã Hòa Cư" in shown
    said = {"work": "Mới", "deadline_text": "Quý II", "seen": 1, "reason": ""}
    assert "Mới" in text_of(send(client, address, said), 422)
    answer = send(client, address, said | {"reason": "Theo kết luận mới"})

    assert answer["Location"] == f"/nhiem-vu/{top.pk}/"
    page = text_of(client.get(f"/nhiem-vu/{top.pk}/"))
    assert "Phiên bản 2" in page
    assert "Theo kết luận mới" in page
    assert page.count("cần đối chiếu") == 2


def test_a_recurring_task_is_let_end_from_its_page(client):
    task = given(recurrence="continuous", due_on=None)
    sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=task.dispatcher))
    assert "Thôi thực hiện" in text_of(client.get(f"/nhiem-vu/{task.pk}/"))

    send(client, f"/nhiem-vu/{task.pk}/thoi-thuc-hien/", {"reason": "Hết đợt"})

    assert Task.objects.get(pk=task.pk).ended_on is not None
    assert "Thôi thực hiện từ ngày" in text_of(client.get(f"/nhiem-vu/{task.pk}/"))


def test_dates_of_the_upstream_bound_the_proposal(client, top, own):
    (task,) = derive(top, own)
    earlier = type(SAID)(work="x", deadline_text="x", due_on=date(2026, 4, 30))
    revise(top, earlier)

    start = client.get(f"/nhiem-vu/doi-chieu/{task.pk}/").context["form"].initial

    assert start["due_on"] == date(2026, 4, 30)
