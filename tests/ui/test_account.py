"""Signing in with a second factor, in a real browser under the content policy."""

from importlib.resources import files

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
EMAIL, PASSWORD = "thu-ky@example.vn", "mot-mat-khau-du-dai"


@pytest.fixture
def person(django_user_model):
    made = django_user_model.objects.create(email=EMAIL)
    made.set_password(PASSWORD)
    made.save()
    return made


@pytest.fixture
def page(chromium, live_server, person):
    """Give a signed-in browser and fail on anything it objects to."""
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    objections = []
    page.on("pageerror", lambda error: objections.append(str(error)))
    page.on(
        "console",
        lambda said: "Content Security" in said.text and objections.append(said.text),
    )
    sign_in(page)
    yield page
    context.close()
    assert objections == []


def sign_in(page):
    page.goto(reverse("account_login"))
    page.get_by_label("Thư điện tử").fill(EMAIL)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)


def confirm(page):
    """Give the password again where the page asks for it."""
    if "reauthenticate" in page.url:
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Xác nhận").click()
        page.wait_for_url(lambda url: "reauthenticate" not in url)


def code_for(secret):
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "usersessions_list",
        "account_logout",
        "account_reset_password",
    ],
)
def test_the_pages_of_the_account_are_accessible(chromium, page, name, live_server):
    page.goto(reverse(name))
    confirm(page)
    state = page.context.storage_state()
    with chromium.new_context(
        bypass_csp=True, storage_state=state, viewport={"width": 390, "height": 844}
    ) as context:
        watched = context.new_page()
        watched.goto(page.url)
        watched.evaluate(AXE)
        found = watched.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [
            (broken["id"], [node["html"] for node in broken["nodes"]])
            for broken in found["violations"]
        ] == []
        assert watched.evaluate("document.documentElement.scrollWidth") <= 390
        assert watched.locator("html").get_attribute("lang") == "vi"


def test_a_code_from_the_phone_is_asked_for_once_it_is_set_up(page):
    page.goto(reverse("mfa_activate_totp"))
    confirm(page)
    drawn = page.locator("img.qr")
    assert drawn.evaluate("each => each.complete && each.naturalWidth > 0")
    secret = page.get_by_label("Khóa bí mật").input_value()
    page.get_by_label("Mã xác thực").fill(code_for(secret))
    page.get_by_role("button", name="Bắt đầu dùng").click()
    page.get_by_text("Mã khôi phục").first.wait_for()

    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.get_by_label("Thư điện tử").fill(EMAIL)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("heading", name="Xác thực hai lớp").wait_for()
    page.get_by_label("Mã", exact=True).fill("000000")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_text("Mã không đúng.").wait_for()


def test_a_passkey_opens_the_door_without_a_password(page):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(reverse("mfa_add_webauthn"))
    confirm(page)
    page.get_by_label("Dùng thay mật khẩu").check()
    page.get_by_role("button", name="Thêm").click()
    page.wait_for_url(lambda url: "add" not in url)

    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(reverse("usersessions_list"))
    page.get_by_role("heading", name="Phiên làm việc").wait_for()
