"""Pages of owed work: one obligation, its plan, a report, a verdict, more time."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lantoa.access.vocabulary import Role
from lantoa.plans import queries
from lantoa.plans.actions import MilestoneText
from lantoa.plans.models import ExtensionRequest, Milestone, Obligation, Progress
from lantoa.plans.vocabulary import Decision, PartyRole, Verdict
from lantoa.plans.web.work_words import due_words
from tests.factories import BodyFactory, MandateFactory, below, send, sign_in
from tests.factories.plans import ObligationFactory, PartyFactory
from tests.plans.working import PDF, accept, ask, doer, give_back, judge, plan, report

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Boosted": "true"}
FRAME = 4  # statements: session, person, mandates, bell


def text_of(response, status=200):
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def officer(client, body, role=Role.OFFICER):
    sign_in(client, MandateFactory(role=role, body=body))


def in_days(n):
    return timezone.localdate() + timedelta(days=n)


def now():
    return timezone.now()


@pytest.fixture
def owed():
    """Give what a commune owes a district by a day in the near future."""
    district = BodyFactory(name="Ủy ban nhân dân huyện Cao Lộc")
    commune = below(district, name="Ủy ban nhân dân xã Hồng Phong")
    party = PartyFactory(
        body=commune,
        task__clause__paper__issuer=district,
        task__work="Tuyên truyền Luật Biên phòng tại các thôn giáp biên",
        task__product="Báo cáo kèm ảnh",
        task__dispatched_at=now() - timedelta(days=20),
    )
    return ObligationFactory(party=party, due_on=in_days(14))


def page(owed, rest=""):
    return f"/nhiem-vu/nghia-vu/{owed.pk}/{rest}"


def step(title="Tập huấn", product="Danh sách", **given):
    return MilestoneText(title=title, product=product, **given)


# Who gets in


@pytest.mark.parametrize(
    "address",
    [
        "nghia-vu/1/",
        "nghia-vu/1/ke-hoach/",
        "nghia-vu/1/ke-hoach/lich-su/",
        "nghia-vu/1/bao-cao/",
        "nghia-vu/1/gia-han/",
        "minh-chung/1/",
        "cho-xem-xet/",
        "nghiem-thu/1/",
        "gia-han/1/",
    ],
)
def test_a_stranger_is_asked_to_sign_in(client, address):
    assert client.get(f"/nhiem-vu/{address}").status_code == 302


def test_nothing_of_another_body_is_there(client, owed):
    proof = report(
        owed, content=io.BytesIO(PDF), file_name="a.pdf", completes=True, at=now()
    )
    request = ask(owed, in_days(30), at=now())
    officer(client, BodyFactory())

    for rest in ("", "ke-hoach/", "ke-hoach/lich-su/", "bao-cao/", "gia-han/"):
        assert client.get(page(owed, rest)).status_code == 404
    for rest in ("ke-hoach/", "bao-cao/", "gia-han/"):
        assert send(client, page(owed, rest), {"text": "x"}).status_code == 404
    assert client.get(f"/nhiem-vu/minh-chung/{proof.pk}/").status_code == 404
    for address in (f"nghiem-thu/{proof.pk}/", f"gia-han/{request.pk}/"):
        assert client.get(f"/nhiem-vu/{address}").status_code == 404
        answer = send(client, f"/nhiem-vu/{address}", {"do": "accept"})
        assert answer.status_code == 404
    assert Progress.objects.get().verdict == Verdict.PENDING


def test_who_reads_does_not_work_and_who_works_does_not_judge(client, owed):
    proof = report(owed, completes=True, at=now())
    request = ask(owed, in_days(30), at=now())
    judging = (f"nghiem-thu/{proof.pk}/", f"gia-han/{request.pk}/")

    officer(client, owed.task.acceptor)
    for rest in ("ke-hoach/", "bao-cao/", "gia-han/"):
        assert client.get(page(owed, rest)).status_code == 403
        assert send(client, page(owed, rest), {"text": "x"}).status_code == 403
    assert client.get(page(owed)).status_code == 200

    officer(client, owed.party.body)
    for address in judging:
        assert client.get(f"/nhiem-vu/{address}").status_code == 403
        answer = send(client, f"/nhiem-vu/{address}", {"do": "accept"})
        assert answer.status_code == 403
    officer(client, owed.party.body, Role.REPRESENTATIVE)
    assert client.get("/nhiem-vu/cho-xem-xet/").status_code == 403


# The page


def test_the_page_says_what_is_owed_how_long_there_is_and_what_to_do(client, owed):
    officer(client, owed.party.body)

    shown = text_of(client.get(page(owed)))

    for words in (
        "Tuyên truyền Luật Biên phòng",
        "Chưa nhận",
        "ngày làm việc",
        "Báo cáo kèm ảnh",
        "Lập kế hoạch",
        "Đề nghị gia hạn",
        "Chưa có báo cáo nào",
        'hx-trigger="load"',  # opening it receives it
    ):
        assert words in shown
    assert "Xem và nghiệm thu" not in shown


def test_the_judge_sees_what_waits_and_no_button_of_the_others(client, owed):
    proof = report(owed, "Đã tuyên truyền 3 thôn.", completes=True, at=now())
    ask(owed, in_days(30), at=now())
    officer(client, owed.task.acceptor)

    shown = text_of(client.get(page(owed)))

    assert f"/nhiem-vu/nghiem-thu/{proof.pk}/" in shown
    assert "Đã tuyên truyền 3 thôn." in shown
    assert "Mưa lũ chia cắt đường." in shown
    assert f"{page(owed)}bao-cao/" not in shown


def test_an_extended_due_day_stands_beside_the_first_one(client, owed):
    Obligation.objects.update(due_on=in_days(30))
    officer(client, owed.party.body)

    shown = text_of(client.get(page(owed)))

    assert "hạn ban đầu" in shown


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 3, 17), "còn 1 ngày làm việc"),
        (date(2026, 3, 16), "hôm nay là hạn cuối"),
        (date(2026, 3, 13), "đã quá hạn 1 ngày làm việc"),
        (None, "không ghi ngày đến hạn"),
    ],
)
def test_time_left_is_counted_in_working_days(owed, due, words):
    owed.due_on = due

    assert due_words(owed, date(2026, 3, 16))[0] == words  # a Monday


def test_a_weekend_before_the_due_day_leaves_no_working_day(owed):
    owed.due_on = date(2026, 3, 15)
    assert due_words(owed, date(2026, 3, 14)) == (
        "không còn ngày làm việc nào trước hạn",
        "warn",
    )
    assert due_words(owed, date(2026, 3, 16))[0] == "đã quá hạn 1 ngày làm việc"


def test_where_a_task_comes_from_names_whose_it_is_and_links_what_may_be_read(client):
    ministry, province, commune = (
        BodyFactory(name=name)
        for name in ("Bộ Tư pháp", "UBND tỉnh Lạng Sơn", "UBND xã Hồng Phong")
    )
    top = PartyFactory(body=province, task__clause__paper__issuer=ministry)
    middle = PartyFactory(
        body=province,
        task__clause=top.task.clause,
        task__dispatcher=province,
        task__derived_from=top.task,
        task__derived_version=1,
        task__origin=top.task,
        task__work="Chỉ đạo toàn tỉnh",
    )
    last = PartyFactory(
        body=commune,
        task__clause=top.task.clause,
        task__dispatcher=province,
        task__derived_from=middle.task,
        task__derived_version=1,
        task__origin=top.task,
    )
    owed = ObligationFactory(party=last)
    officer(client, commune)

    shown = text_of(client.get(page(owed)))

    assert "UBND tỉnh Lạng Sơn" in shown
    assert f'href="/nhiem-vu/{middle.task_id}/"' not in shown
    assert "Chỉ đạo toàn tỉnh" not in shown
    officer(client, province)
    shown = text_of(client.get(page(owed)))
    assert f'href="/nhiem-vu/{middle.task_id}/"' in shown
    above = queries.way_down(doer(owed), last.task)
    assert [each.part.task for each in above] == [top.task, middle.task]


def test_the_roadmap_is_a_list_and_a_drawing_within_its_bounds(client, owed):
    plan(
        owed,
        step(due_on=in_days(-3)),
        step("Tổng kết", due_on=in_days(10)),
        step("Không ngày"),
        at=now(),
    )
    officer(client, owed.party.body)

    shown = text_of(client.get(page(owed)))

    assert shown.count('class="roadmap__row"') == 3
    assert shown.count('class="roadmap__mark"') == 2
    assert "Quá hạn" in shown
    assert "style=" not in shown


def test_steps_of_what_was_taken_as_done_are_not_overdue(client, owed):
    plan(owed, step(due_on=in_days(-9)), step("Tổng kết"), at=now())
    accept(report(owed, completes=True, at=now()), at=now())
    officer(client, owed.party.body)

    shown = text_of(client.get(page(owed)))

    assert shown.count("Không báo cáo riêng") == 2
    assert "roadmap__late" not in shown


def test_what_was_derived_is_counted_as_its_list_counts_it(client, owed):
    """A district's page counts its communes, though the directive came from above."""
    top = PartyFactory(task__clause=owed.task.clause)
    chain = {
        "task__clause": owed.task.clause,
        "task__derived_version": 1,
        "task__origin": top.task,
    }
    type(owed.task).objects.filter(pk=owed.task_id).update(
        derived_from=top.task, derived_version=1, origin=top.task
    )
    ObligationFactory(
        party=PartyFactory(
            **chain, task__derived_from=owed.task, task__dispatcher=owed.party.body
        )
    )
    ObligationFactory(party=PartyFactory(**chain, task__derived_from=top.task))
    officer(client, owed.party.body)

    shown = text_of(client.get(page(owed)))

    address = f"/nhiem-vu/danh-sach/?nguon={owed.task_id}&amp;tinh-trang=not-received"
    assert address in shown
    assert shown.count('class="work-derived__one"') == 1
    listed = text_of(client.get(address.replace("&amp;", "&")))
    assert listed.count('scope="row"') == 1


def test_what_was_passed_on_leads_to_who_carries_on(client, owed):
    heir = BodyFactory(name="Ủy ban nhân dân xã Đồng Đăng")
    party = PartyFactory(
        body=heir,
        task__clause=owed.task.clause,
        task__succeeds=owed.task,
    )
    after = ObligationFactory(party=party, due_on=owed.due_on)
    Obligation.objects.filter(pk=owed.pk).update(passed_at=now())
    officer(client, owed.party.body)

    shown = text_of(client.get(page(owed)))
    assert page(after) in shown
    assert "Đã chuyển cơ quan kế thừa" in shown
    assert f"{page(owed)}bao-cao/" not in shown
    assert client.get(page(owed, "bao-cao/")).status_code == 409
    officer(client, heir)
    assert page(owed) in text_of(client.get(page(after)))


# The plan


def rows(*said, reason="", seen=0, press="save"):
    """Return a plan as its form sends it."""
    return {
        "do": press,
        "reason": reason,
        "seen": str(seen),
        "id": [row[0] for row in said],
        "title": [row[1] for row in said],
        "product": [row[2] for row in said],
        "due_on": [row[3] for row in said],
    }


def test_a_plan_is_made_without_scripts(client, owed):
    officer(client, owed.party.body)
    here = page(owed, "ke-hoach/")
    shown = text_of(client.get(here))
    assert shown.count('name="title"') == 2

    shown = text_of(send(client, here, rows(("", "Họp thôn", "", ""), press="add")))
    assert shown.count('name="title"') == 2
    assert 'value="Họp thôn"' in shown
    assert "Trường này" not in shown  # nothing is wrong yet
    one, two = ("", "Họp thôn", "Biên bản", ""), ("", "Tổng kết", "Báo cáo", "")
    shown = text_of(send(client, here, rows(one, two, press="down-0")))
    assert shown.index("Tổng kết") < shown.index("Họp thôn")
    shown = text_of(send(client, here, rows(one, two, press="drop-0")))
    assert "Họp thôn" not in shown
    assert not Milestone.objects.exists()

    blank = ("", "", " ", "")
    answer = send(
        client, here, rows(one, blank, ("", "Tổng kết", "Báo cáo", "2027-01-15"))
    )
    assert answer["Location"] == page(owed)
    assert [(m.title, m.due_on) for m in Milestone.objects.all()] == [
        ("Họp thôn", None),
        ("Tổng kết", date(2027, 1, 15)),
    ]


def test_a_browser_lets_blank_rows_of_a_plan_be(client, owed):
    officer(client, owed.party.body)

    said = text_of(client.get(page(owed, "ke-hoach/")))

    assert said.count('name="title"') > 1
    assert " required" not in said


def test_a_wrong_plan_keeps_what_was_typed(client, owed):
    officer(client, owed.party.body)
    here = page(owed, "ke-hoach/")

    wrong = rows(("", "Họp thôn", "", ""), ("", "", "Báo cáo", "32/13"))
    shown = text_of(send(client, here, wrong), 422)
    assert 'value="Họp thôn"' in shown
    assert 'value="Báo cáo"' in shown
    assert shown.count("field--wrong") == 3
    assert "Kế hoạch cần ít nhất một mốc" in text_of(send(client, here, rows()), 422)
    plan(owed, step(), at=now())
    held = Milestone.objects.get()
    other = rows((str(held.pk), "Tập huấn lại", "Danh sách", ""), seen=1)
    shown = text_of(send(client, here, other), 422)
    assert "Hãy ghi rõ lý do." in shown
    assert 'value="Tập huấn lại"' in shown


def test_a_plan_changed_meanwhile_is_shown_beside_what_was_typed(client, owed):
    plan(owed, step("Tập huấn"), step("Hội thi"), at=now())
    first, second = Milestone.objects.all()
    officer(client, owed.party.body)
    mine = [
        (str(first.pk), "Tập huấn", "Danh sách", ""),
        (str(second.pk), "Hội thi cấp xã", "Danh sách", ""),
    ]
    kept = [step("Tập huấn", id=first.pk), step("Phát tờ rơi")]
    plan(owed, *kept, reason="Thay hội thi bằng tờ rơi.", at=now())

    here = page(owed, "ke-hoach/")
    shown = text_of(send(client, here, rows(*mine, reason="Đổi tên.", seen=1)), 422)

    assert "vừa được người khác của cơ quan điều chỉnh" in shown
    assert 'value="Hội thi cấp xã"' in shown
    assert 'value="Phát tờ rơi"' in shown
    assert 'name="seen" value="2"' in shown
    assert "Đổi tên." in shown
    third = Milestone.objects.get(title="Phát tờ rơi")
    mine[1] = ("", *mine[1][1:])
    mine.append((str(third.pk), "Phát tờ rơi", "Danh sách", ""))
    answer = send(client, here, rows(*mine, reason="Đổi tên.", seen=2))
    assert answer.status_code == 302
    assert [m.title for m in queries.milestones_of(owed)] == [
        "Tập huấn",
        "Hội thi cấp xã",
        "Phát tờ rơi",
    ]


def test_the_history_of_a_plan_shows_what_changed(client, owed):
    plan(owed, step("Tập huấn"), step("Hội thi"), step("Tổng kết"), at=now())
    one, two, _three = Milestone.objects.all()
    changed = step("Hội thi", "Ảnh", id=two.pk)
    plan(
        owed, changed, step(id=one.pk), step("Tờ rơi"), reason="Sát thực tế.", at=now()
    )
    officer(client, owed.task.acceptor)

    shown = text_of(client.get(page(owed, "ke-hoach/lich-su/")))

    assert '<del class="diff">Danh sách</del><ins class="diff">Ảnh</ins>' in shown
    assert "Sát thực tế." in shown
    for kind in ("changed", "moved", "new", "dropped"):
        assert shown.count(f"plan-lines__one--{kind}") == 1
    assert shown.index("Phiên bản 2") < shown.index("Phiên bản 1")


# The report


def test_a_report_with_a_photo_leads_to_where_it_stands(client, owed):
    plan(owed, step(), at=now())
    officer(client, owed.party.body)
    here = page(owed, "bao-cao/")
    shown = text_of(client.get(f"{here}?hoan-thanh=1"))
    assert 'accept="image/*' in shown
    assert "checked" in shown
    assert "sẽ nghiệm thu" in shown

    file = SimpleUploadedFile("lop-tap-huan.pdf", PDF)
    answer = send(
        client,
        here,
        {
            "text": "Đã tập huấn 42 người.",
            "file": file,
            "milestone": Milestone.objects.get().pk,
            "completes": "on",
        },
    )

    told = Progress.objects.get()
    assert answer["Location"] == f"{page(owed)}#bao-cao-{told.pk}"
    assert (told.file.name, told.verdict) == ("lop-tap-huan.pdf", Verdict.PENDING)
    shown = text_of(client.get(page(owed)))
    assert "lop-tap-huan.pdf" in shown
    assert "Chờ nghiệm thu" in shown


def test_a_report_that_says_nothing_or_the_wrong_thing_keeps_its_words(client, owed):
    officer(client, owed.party.body)
    here = page(owed, "bao-cao/")

    assert "Hãy ghi nội dung hoặc đính kèm" in text_of(send(client, here, {}), 422)
    bad = {"text": "Đã xong.", "file": SimpleUploadedFile("a.exe", b"MZ" * 99)}
    shown = text_of(send(client, here, bad), 422)
    assert "Đã xong." in shown
    assert "Không nhận loại tệp này" in shown
    # To htmx a toast: the page stays as it is, with the file that was chosen.
    bad["file"] = SimpleUploadedFile("a.exe", b"MZ" * 99)
    answer = client.post(here, {"_key": "k", **bad}, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#toasts")
    assert not Progress.objects.exists()


def test_a_report_sent_twice_by_a_bad_line_is_one(client, owed):
    officer(client, owed.party.body)
    here = page(owed, "bao-cao/")

    first, again = (
        client.post(here, {"_key": "one-key", "text": "Đã họp thôn."}) for _ in range(2)
    )

    assert first["Location"] == again["Location"]
    assert Progress.objects.count() == 1


# More time


def test_more_time_is_asked_for_on_its_page(client, owed):
    officer(client, owed.party.body)
    here = page(owed, "gia-han/")

    too_early = {"due_on": in_days(2).isoformat(), "reason": "Mưa lũ."}
    shown = text_of(send(client, here, too_early), 422)
    assert "Ngày đề nghị phải sau thời hạn hiện tại." in shown
    assert "Mưa lũ." in shown
    later = {**too_early, "due_on": in_days(30).isoformat()}
    assert send(client, here, later)["Location"] == page(owed)
    shown = text_of(client.get(page(owed)))
    assert "đang chờ quyết định" in shown
    assert here not in shown
    shown = text_of(send(client, here, later), 422)
    assert "Đã có một đề nghị gia hạn đang chờ quyết định." in shown


# Verdicts


@pytest.fixture
def three(owed):
    """Give three things that wait for the district, the oldest first."""
    start = now() - timedelta(hours=3)
    other = ObligationFactory(party__task__clause=owed.task.clause, due_on=in_days(3))
    return [
        report(owed, "Báo cáo một.", completes=True, at=start),
        ask(other, in_days(30), at=start + timedelta(hours=1)),
        report(other, "Báo cáo hai.", completes=True, at=start + timedelta(hours=2)),
    ]


def addresses(three):
    return [
        f"/nhiem-vu/nghiem-thu/{three[0].pk}/",
        f"/nhiem-vu/gia-han/{three[1].pk}/",
        f"/nhiem-vu/nghiem-thu/{three[2].pk}/",
    ]


def test_all_that_waits_stands_in_a_list_and_one_leads_to_the_next(client, owed, three):
    officer(client, owed.task.acceptor)
    one, two, last = addresses(three)

    shown = text_of(client.get("/nhiem-vu/cho-xem-xet/"))
    assert shown.index(f'<th scope="row"><a href="{one}"') < shown.index(f'"{two}"')
    assert shown.index(f'"{two}"') < shown.index(f'"{last}"')
    shown = text_of(client.get(two))
    assert "2/3" in shown
    assert one in shown
    assert last in shown

    assert send(client, one, {"do": "accept"})["Location"] == two
    assert send(client, two, {"do": "accept"})["Location"] == last
    answer = send(client, last, {"do": "return", "reason": "Thiếu ảnh."})
    assert answer["Location"] == "/nhiem-vu/cho-xem-xet/"
    assert "Không có gì chờ ý kiến" in text_of(client.get("/nhiem-vu/cho-xem-xet/"))
    assert ExtensionRequest.objects.get().decision == Decision.GRANTED
    verdicts = Progress.objects.order_by("pk").values_list("verdict", flat=True)
    assert list(verdicts) == [Verdict.ACCEPTED, Verdict.RETURNED]


def test_giving_back_needs_a_reason_and_keeps_the_page(client, owed, three):
    officer(client, owed.task.acceptor)

    for address in addresses(three)[:2]:
        assert "required" in text_of(client.get(address))
        shown = text_of(send(client, address, {"do": "return", "reason": " "}), 422)
        assert "Hãy ghi rõ lý do." in shown


def test_who_comes_second_sees_the_verdict_of_the_first(client, owed, three):
    officer(client, owed.task.acceptor)
    give_back(three[0], "Thiếu danh sách.", at=now())

    answer = send(client, addresses(three)[0], {"do": "accept"})

    shown = text_of(answer, 422)
    assert "Báo cáo này đã được xem xét" in shown
    assert "Thiếu danh sách." in shown
    assert 'value="accept"' not in shown


def test_a_judge_sees_what_was_asked_beside_what_was_done(client, owed):
    plan(owed, step("Tập huấn", "Danh sách dự"), step("Tổng kết", "Báo cáo"), at=now())
    one, _two = Milestone.objects.all()
    accept(report(owed, milestone=one, completes=True, at=now()), at=now())
    proof = report(owed, "Xong cả.", completes=True, at=now())
    officer(client, owed.task.acceptor)

    shown = text_of(client.get(f"/nhiem-vu/nghiem-thu/{proof.pk}/"))

    for words in ("Báo cáo kèm ảnh", "Danh sách dự", "chưa hoàn thành", "Xong cả."):
        assert words in shown


# Evidence


def test_evidence_goes_to_whoever_may_read_the_work_as_an_attachment(client):
    ministry, province, commune, friend, stranger = BodyFactory.create_batch(5)
    top = PartyFactory(body=province, task__clause__paper__issuer=ministry)
    party = PartyFactory(
        body=commune,
        task__clause=top.task.clause,
        task__dispatcher=province,
        task__derived_from=top.task,
        task__derived_version=1,
        task__origin=top.task,
    )
    PartyFactory(task=party.task, body=friend, role=PartyRole.COORDINATING)
    owed = ObligationFactory(party=party)
    name = "biên bản, họp.pdf"
    proof = report(owed, content=io.BytesIO(PDF), file_name=name, at=now())
    address = f"/nhiem-vu/minh-chung/{proof.pk}/"

    seen = {}
    for body in (ministry, province, commune, friend, stranger):
        officer(client, body)
        seen[body.pk] = client.get(address).status_code
    assert seen == {
        ministry.pk: 200,  # dispatched the directive that it comes from
        province.pk: 200,
        commune.pk: 200,
        friend.pk: 404,  # only the lead's work is its own
        stranger.pk: 404,
    }
    officer(client, province)
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "bi%C3%AAn%20b%E1%BA%A3n" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Sendfile"]
    note = report(owed, "Chỉ có lời.", at=now())
    assert client.get(f"/nhiem-vu/minh-chung/{note.pk}/").status_code == 404


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.ADMINISTRATOR])
def test_evidence_is_not_for_roles_that_read_no_tasks(client, owed, role):
    proof = report(owed, content=io.BytesIO(PDF), file_name="a.pdf", at=now())
    officer(client, owed.party.body, role)

    assert client.get(f"/nhiem-vu/minh-chung/{proof.pk}/").status_code == 404


# Costs


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_however_much_there_is(
    client, owed, number, django_assert_num_queries
):
    plan(owed, *[step(f"Mốc {n}", due_on=in_days(n)) for n in range(number)], at=now())
    for n in range(number):
        report(owed, f"Báo cáo {n}.", at=now())
        derived = PartyFactory(
            task__clause=owed.task.clause,
            task__dispatcher=owed.party.body,
            task__derived_from=owed.task,
            task__derived_version=1,
            task__origin=owed.task,
        )
        ObligationFactory(party=derived)
        other = ObligationFactory(
            party__task__clause=owed.task.clause, due_on=in_days(3)
        )
        proof = report(other, completes=True, at=now())
        ask(other, in_days(9), at=now())

    officer(client, owed.task.acceptor)
    with django_assert_num_queries(FRAME + 3):  # all that waits, completions, requests
        shown = text_of(client.get("/nhiem-vu/cho-xem-xet/"))
    assert shown.count('scope="row"') == 2 * number
    with django_assert_num_queries(FRAME + 5):
        # the report, its work, milestones, all that waits, calendar
        text_of(client.get(f"/nhiem-vu/nghiem-thu/{proof.pk}/"))
    officer(client, owed.party.body)
    with django_assert_num_queries(FRAME + 13):
        # the work, its parties, answers, milestones, what waits, what came back, more
        # time, calendar, count of reports, versions, reports, derived, their states
        shown = text_of(client.get(page(owed)))
    assert shown.count('class="roadmap__row"') == number
    assert shown.count('class="reports__one"') == number
    assert shown.count('class="work-derived__one"') == number
    with django_assert_num_queries(FRAME + 4):  # obligation, milestones, plans, waiting
        text_of(client.get(page(owed, "ke-hoach/")))
    with django_assert_num_queries(1):
        assert queries.count_to_judge(judge(owed)) == 2 * number


def test_a_task_leads_to_what_it_obliges_to_and_the_inbox_to_what_waits(client, owed):
    officer(client, owed.party.body)

    assert page(owed) in text_of(client.get(f"/nhiem-vu/{owed.task_id}/"))
    assert "/nhiem-vu/cho-xem-xet/" in text_of(client.get("/nhiem-vu/"))
