from importlib.resources import files

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
PAGES = ["/ui/", "/ui/hoi-truong/", "/ui/giay/", "/tai-khoan/login/"]
SIZES = {"phone": (390, 844), "desk": (1440, 900)}


@pytest.fixture
def opened(chromium, live_server):
    """Give a function that opens a page and fails on anything the browser objects to."""
    contexts = []
    objections = []

    def open_page(path, **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda said: said.type == "error" and objections.append(said.text),
        )
        page.on("pageerror", lambda error: objections.append(str(error)))
        page.goto(live_server.url + path)
        return page

    open_page.objections = objections
    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_fit(opened, path, size, scheme):
    width, height = SIZES[size]
    options = {
        "viewport": {"width": width, "height": height},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }
    page = opened(path, **options)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1:visible").count() == 1
    assert opened.objections == []  # the content policy included

    watched = opened(path, bypass_csp=True, **options)
    watched.evaluate(AXE)
    found = watched.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [
        (broken["id"], [node["html"] for node in broken["nodes"]])
        for broken in found["violations"]
    ] == []


def test_targets_on_a_phone_are_wide_enough_for_a_finger(opened):
    page = opened("/ui/", viewport={"width": 390, "height": 844}, has_touch=True)
    small = page.evaluate(
        """[...document.querySelectorAll('main .button, .nav a, .chip, .tabs a')]
        .map(each => [each.textContent.trim(), each.getBoundingClientRect()])
        .filter(([_, box]) => box.width && (box.height < 44 || box.width < 44))
        .map(([words, box]) => [words, box.width, box.height])"""
    )
    assert small == []


def test_the_choice_of_theme_stays_and_the_server_knows_it(opened):
    page = opened("/ui/", color_scheme="light")
    page.get_by_role("button", name="Đổi giao diện sáng, tối").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_dialog_opens_and_closes_by_keyboard(opened):
    page = opened("/ui/")
    dialog = page.locator("#hoi-ket-thuc")
    page.get_by_role("button", name="Kết thúc hội nghị").first.press("Enter")
    assert dialog.is_visible()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_a_dialog_opens_without_scripts(opened):
    page = opened("/ui/", java_script_enabled=False)
    page.locator("a[href='#hoi-ket-thuc']").click()
    assert page.locator("#hoi-ket-thuc").is_visible()
    page.locator("#hoi-ket-thuc [data-close]").click()
    assert not page.locator("#hoi-ket-thuc").is_visible()


def test_a_broken_line_keeps_the_words_and_sends_the_same_command_again(opened):
    page = opened("/ui/")
    sent = []

    def line(route, request):
        if request.method != "POST":
            return route.continue_()
        sent.append(dict(pair.split("=", 1) for pair in request.post_data.split("&")))
        if len(sent) == 1:
            return route.abort("internetdisconnected")
        return route.fulfill(status=204)

    page.route("**/ui/", line)
    form = page.locator("steady-form").first
    form.get_by_label("Nội dung phát biểu").fill("Tuyen truyen")
    form.get_by_label("Mọi tỉnh, thành phố").check()
    form.get_by_role("button", name="Gửi đăng ký").click()

    note = form.locator(".steady-note")
    note.get_by_text("Chưa gửi được vì đường truyền").wait_for()
    assert form.get_by_label("Nội dung phát biểu").input_value() == "Tuyen truyen"

    note.wait_for(state="hidden")  # the retry was answered
    first, again = sent
    assert first == again
    assert first["_key"]
    # ... and what is sent next is another command.
    assert form.locator("[name=_key]").input_value() != first["_key"]


def test_a_live_button_pressed_twice_is_two_commands(opened):
    page = opened("/ui/")
    sent = []

    def answer(route):
        sent.append(route.request.post_data)
        route.fulfill(status=204)

    page.route("**/ui/thu/", answer)
    for times in (1, 2):
        with page.expect_response("**/ui/thu/"):
            page.get_by_role("button", name="Thử nút trực tiếp").click()
        assert len(sent) == times
    assert sent[0] != sent[1]


def test_a_refusal_comes_as_a_toast_and_leaves_what_was_typed(opened):
    page = opened("/ui/")
    page.route(
        "**/ui/",
        lambda route: (
            route.fulfill(
                status=409,
                content_type="text/html; charset=utf-8",
                headers={
                    "HX-Retarget": "#toasts",
                    "HX-Reswap": "beforeend",
                    "HX-Reselect": ".toast",
                },
                body='<toast-note class="toast toast--bad">Đã có điểm cầu phát biểu.</toast-note>',
            )
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    form = page.locator("steady-form").first
    form.get_by_label("Nội dung phát biểu").fill("Tuyen truyen")
    form.get_by_label("Mọi tỉnh, thành phố").check()
    form.get_by_role("button", name="Gửi đăng ký").click()
    toast = page.locator("#toasts toast-note")
    toast.get_by_text("Đã có điểm cầu phát biểu.").wait_for()
    assert form.get_by_label("Nội dung phát biểu").input_value() == "Tuyen truyen"
    toast.get_by_role("button", name="Đóng thông báo").click()
    assert toast.count() == 0


def test_a_first_visit_is_light(opened):
    weight = {"bytes": 0}
    page = opened("/tai-khoan/login/")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.loadingFinished",
        lambda done: weight.update(bytes=weight["bytes"] + done["encodedDataLength"]),
    )
    session.send("Network.clearBrowserCache")
    page.reload()
    page.wait_for_load_state("networkidle")
    # Not compressed by the test's server: a served first visit is about a third.
    assert weight["bytes"] < 260 * 1024


def test_the_hall_screen_shows_the_whole_map_at_once(opened):
    page = opened("/ui/hoi-truong/", viewport={"width": 1920, "height": 1080})
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080
    lowest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.venue-tile')]"
        ".map(each => each.getBoundingClientRect().bottom))"
    )
    assert lowest <= 1080
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.venue-map .venue-tile__long')]"
        ".map(each => parseFloat(getComputedStyle(each).fontSize)))"
    )
    assert smallest >= 16  # of 1080 lines


@pytest.mark.parametrize("state", ["waiting", "present", "lost", "queued", "speaking"])
def test_a_change_of_one_element_repaints_its_tile(opened, state):
    page = opened("/ui/", reduced_motion="reduce")
    tile = page.locator("#tile-1")
    before = page.locator("li:has(> #tile-1)").screenshot()
    other = "lost" if state == "waiting" else state
    tile.evaluate("(each, to) => { each.dataset.state = to; }", other)
    after = page.locator("li:has(> #tile-1)").screenshot()
    assert before != after
