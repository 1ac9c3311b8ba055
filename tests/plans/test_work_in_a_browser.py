"""Owed work on a phone: a photo made small, a bad line, no scripts, a screen reader."""

import base64
from datetime import timedelta
from importlib.resources import files

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from lantoa.access.vocabulary import Role
from lantoa.plans.models import Milestone, Progress
from tests.factories import MandateFactory, sign_in
from tests.factories.plans import ObligationFactory
from tests.plans.working import PLAN, TRAIN, give_back, plan, report
from tests.ui.conftest import chromium  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect = pytest.importorskip("playwright.sync_api").expect

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
PHONE = {"viewport": {"width": 390, "height": 844}}
ENOUGH = 300 * 1024
NOISE = """() => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2400, 1800];
  const pen = canvas.getContext("2d");
  for (let n = 0; n < 9000; n += 1) {
    pen.fillStyle = `hsl(${(n * 47) % 360} 60% 50%)`;
    pen.fillRect((n * 131) % 2400, (n * 197) % 1800, 40, 30);
  }
  return canvas.toDataURL("image/jpeg", 1).split(",")[1];
}"""


@pytest.fixture
def owed():
    with transaction.atomic():
        return ObligationFactory(due_on=timezone.localdate() + timedelta(days=9))


@pytest.fixture
def window(chromium, live_server):  # noqa: F811 - the fixture
    """Give a function that opens a page as an officer of a body."""
    contexts = []

    def open_window(path, body, **options):
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        mandate = MandateFactory(role=Role.OFFICER, body=body)
        cookie = sign_in(Client(), mandate).cookies[settings.SESSION_COOKIE_NAME]
        known = {"name": cookie.key, "value": cookie.value, "url": live_server.url}
        context.add_cookies([known])
        page = context.new_page()
        page.goto(f"/nhiem-vu/{path}")
        return page

    yield open_window
    for context in contexts:
        context.close()


def test_a_photo_is_made_small_and_sent_once_the_line_is_back(window, owed):
    page = window(f"nghia-vu/{owed.pk}/bao-cao/", owed.party.body, **PHONE)
    photo = base64.b64decode(page.evaluate(NOISE))
    assert len(photo) > 2 * ENOUGH
    page.get_by_label("Đã làm được gì?").fill("Đã tuyên truyền đủ 11 thôn.")
    page.get_by_label("Ảnh hoặc tệp minh chứng").set_input_files(
        {"name": "IMG_1502.png.jpeg", "mimeType": "image/jpeg", "buffer": photo}
    )
    expect(page.get_by_text("đã thu nhỏ còn")).to_be_visible(timeout=30_000)

    page.context.set_offline(offline=True)
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_text("Chưa gửi được vì đường truyền")).to_be_visible()
    page.context.set_offline(offline=False)
    page.wait_for_url("**/#bao-cao-*")

    told = Progress.objects.get()
    assert told.text == "Đã tuyên truyền đủ 11 thôn."
    assert told.file.size <= ENOUGH
    assert (told.file.media_type, told.file.name) == ("image/jpeg", "IMG_1502.png.jpg")


def test_a_note_outlives_the_page_that_the_phone_closed(window, owed):
    page = window(f"nghia-vu/{owed.pk}/bao-cao/", owed.party.body, **PHONE)
    page.get_by_label("Đã làm được gì?").fill("Đang tập huấn.")

    page.reload()

    expect(page.get_by_label("Đã làm được gì?")).to_have_value("Đang tập huấn.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.wait_for_url("**/#bao-cao-*")
    page.goto(f"/nhiem-vu/nghia-vu/{owed.pk}/bao-cao/")
    expect(page.get_by_label("Đã làm được gì?")).to_have_value("")


@pytest.mark.parametrize("scripts", [True, False])
def test_milestones_are_added_and_saved_with_the_enter_key(window, owed, scripts):
    page = window(
        f"nghia-vu/{owed.pk}/ke-hoach/", owed.party.body, java_script_enabled=scripts
    )
    titles = page.get_by_label("Nội dung công việc")
    titles.first.fill("Họp thôn")
    page.get_by_role("button", name="Thêm mốc").click()
    expect(titles).to_have_count(3)
    expect(titles.first).to_have_value("Họp thôn")
    page.get_by_label("Sản phẩm").first.fill("Biên bản")
    page.get_by_label("Sản phẩm").first.press("Enter")
    page.wait_for_url(f"**/nghia-vu/{owed.pk}/")

    assert [m.title for m in Milestone.objects.all()] == ["Họp thôn"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_are_for_everybody_and_fit_a_phone(window, owed, theme):
    plan(owed, PLAN, TRAIN)
    give_back(report(owed, completes=True))
    proof = report(owed, completes=True)
    body, judge = owed.party.body, owed.task.acceptor

    for path, who in (
        (f"nghia-vu/{owed.pk}/", body),
        (f"nghia-vu/{owed.pk}/ke-hoach/", body),
        (f"nghia-vu/{owed.pk}/ke-hoach/lich-su/", body),
        (f"nghia-vu/{owed.pk}/bao-cao/", body),
        (f"nghia-vu/{owed.pk}/gia-han/", body),
        ("cho-xem-xet/", judge),
        (f"nghiem-thu/{proof.pk}/", judge),
    ):
        page = window(path, who, color_scheme=theme, **PHONE)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        assert width <= PHONE["viewport"]["width"], path
        page.evaluate(AXE)
        found = page.evaluate("() => axe.run()")
        wrong = [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
        assert wrong == [], path
