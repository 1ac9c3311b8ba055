"""The switch as a reader meets it: by keyboard, without scripts, on a phone."""

from importlib.resources import files

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
PAGES = ["/", "/ui/", "/ui/hoi-truong/", "/tai-khoan/login/", "/to-chuc/"]


@pytest.fixture
def opened(chromium, live_server):
    """Give a function that opens a page of the running site in a new browser."""
    contexts = []

    def open_page(path, **options):
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_the_keyboard_switches_the_language_without_scripts(opened, live_server):
    page = opened("/tai-khoan/login/?next=/van-ban/", java_script_enabled=False)
    page.get_by_role("link", name="English").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tai-khoan/login/?next=/van-ban/")

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"

    page.get_by_role("link", name="Tiếng Việt").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Đăng nhập"


def test_scripts_speak_the_language_of_the_page(opened, live_server):
    page = opened("/ui/")
    page.get_by_role("link", name="English").click()
    page.wait_for_load_state()

    assert page.evaluate("say('Đang gửi lại…')") == "Sending again…"
    assert page.evaluate("say('không có trong từ điển {n}', {n: 2})").endswith("2")


@pytest.mark.parametrize("path", PAGES)
def test_english_pages_are_accessible_and_fit_a_phone(opened, path):
    page = opened(
        path, viewport={"width": 390, "height": 844}, bypass_csp=True,
        reduced_motion="reduce",
    )  # fmt: skip
    page.context.add_cookies(
        [{"name": "django_language", "value": "en", "url": page.url}]
    )
    page.reload()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [
        (broken["id"], [node["html"] for node in broken["nodes"]])
        for broken in found["violations"]
    ] == []
