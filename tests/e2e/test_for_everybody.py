"""Live pages without a mouse, without scripts, and for those who do not see them."""

from importlib.resources import files

import pytest

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = pytest.mark.browser
CHAIR, VENUE = "chutri@lantoa.test", "tinh-20@lantoa.test"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
PAGES = {
    "chair": (CHAIR, "/hoi-nghi/{pk}/dieu-hanh/"),
    "venue": (VENUE, "/hoi-nghi/{pk}/diem-cau/{venue}/"),
    "inbox": (VENUE, "/nhiem-vu/"),
    "notices": (VENUE, "/thong-bao/"),
    "choices": (VENUE, "/thong-bao/tuy-chon/"),
    "calendar": (None, "/to-chuc/lich/"),
    "watch": (None, "/theo-doi/{pk}/"),
    "list": (None, "/theo-doi/{pk}/?xem=danh-sach"),
    "hall": (None, "/theo-doi/{pk}/man-hinh/"),
}


@pytest.fixture(scope="module")
def place(consoles, venue_accounts):
    """Give the numbers of a conference that is held, and of Lạng Sơn's venue."""
    state = consoles.get(CHAIR, "/api/v1/conferences/1")
    base = f"/api/v1/conferences/{state['id']}"
    if state["state"] == "invited":
        consoles.post(CHAIR, f"{base}/open")
    consoles.post(CHAIR, f"{base}/roll-call/open")
    venues = {each["name"]: each for each in state["venues"]}
    for number, name in enumerate(("Cao Bằng", "Cà Mau", "Đà Nẵng")):
        email, pk = venue_accounts[venues[name]["body_id"]], venues[name]["id"]
        path = f"/api/v1/conferences/venues/{pk}"
        consoles.post(email, f"{path}/presence", {"headcount": 20})
        turn = consoles.post(email, f"{path}/floor", {"topic": "Cách làm hay"})
        if not number:
            consoles.post(CHAIR, f"/api/v1/conferences/turns/{turn['id']}/give", {})
    item = next(each for each in state["items"] if each["kind"] == "discussion")
    consoles.post(CHAIR, f"/api/v1/conferences/items/{item['id']}/start")
    return {"pk": state["id"], "venue": venues["Lạng Sơn"]["id"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(window, place, name, scheme):
    email, path = PAGES[name]
    page = window(email, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page.goto(path.format(**place))
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [
        (broken["id"], [node["html"][:200] for node in broken["nodes"][:3]])
        for broken in found["violations"]
        if broken["impact"] in {"serious", "critical"}
    ] == []


def test_a_venue_needs_no_mouse(window, place):
    page = window(VENUE)
    page.goto(PAGES["venue"][1].format(**place))
    focused = "document.activeElement?.name || document.activeElement?.textContent"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Đến nội dung chính"
    page.keyboard.press("Enter")
    order = []
    while "speaker_office" not in order and len(order) < 30:
        page.keyboard.press("Tab")
        order.append((page.evaluate(focused) or "").strip())
        # Whoever goes by keys sees where they are.
        assert page.evaluate("document.activeElement.matches(':focus-visible')")
        if order[-1] == "headcount":
            page.keyboard.press("Control+A")
            page.keyboard.type("27")
            page.keyboard.press("Enter")
            tile = page.locator(f"#tile-{place['venue']}")
            expect(tile).to_have_attribute("data-state", "present")
        if order[-1] == "topic":
            page.keyboard.type("Mô hình vùng biên")
    said = [word for word in order if word]
    assert said[-5:] == [
        "headcount",
        "Xác nhận có mặt",
        "topic",
        "klass",
        "speaker_office",
    ]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-own-place]")).to_have_text("3")
    page.keyboard.press("Tab")
    assert page.evaluate(focused).strip() == "Rút đăng ký"
    page.keyboard.press("Enter")
    expect(page.locator("venue-desk")).to_have_attribute("data-call", "none")


def test_a_venue_needs_no_script(window, place):
    page = window(VENUE, width=390, height=844, java_script_enabled=False)
    page.goto(PAGES["venue"][1].format(**place))
    page.fill("#presence-form [name=headcount]", "28")
    page.click("#presence-form button")
    expect(page.locator("[data-own-words]")).to_contain_text("28")
    page.fill("#ask-form [name=topic]", "Mô hình vùng biên")
    page.click("#ask-form button")
    expect(page.locator("[data-own-place]")).to_be_visible()
    watcher = window(java_script_enabled=False)
    watcher.goto(PAGES["watch"][1].format(**place))
    expect(watcher.locator("#speaker")).to_contain_text("Cao Bằng")
    expect(watcher.locator("#item")).to_contain_text("Kinh nghiệm")
    expect(watcher.locator(f"#tile-{place['venue']}")).to_contain_text("thứ 3")
    page.click("#withdraw-form button")
    expect(page.locator("[data-own-place]")).to_be_hidden()
