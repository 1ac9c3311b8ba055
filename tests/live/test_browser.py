"""The client in a real browser, under a strict policy, against a real hub."""

import json
import socket

import pytest
from django.template import Context, Template

from lantoa.config.front.shelf import StaticShelf
from lantoa.live import tickets
from lantoa.live.fragments import Viewer
from lantoa.live.pages import screen
from lantoa.live.queries import last_beats

from .conftest import TOPIC, Served, say
from .test_hub import eventually

pytestmark = pytest.mark.browser
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'"
PAGE = """{% load live %}<!doctype html><html lang="vi"><title>Thử</title>
{% live_script %}
{% live_screen shown %}<ul data-live-parts="probe">{% live_parts shown "probe" %}</ul>
{% endlive_screen %}
<server-clock></server-clock>
<elapsed-clock from="2020-12-15T01:30:00Z" paused="2020-12-15T01:33:05Z" limit="300">
</elapsed-clock></html>"""


class Pages:
    """One page with a live screen, and where its next ticket comes from."""

    def __init__(self):
        self.viewer = Viewer("public", "vi")
        self.lifetime = 900
        self.refuse = False
        self.issued = 0
        self.subject = ""

    def ticket(self, lifetime):
        return tickets.issue(
            TOPIC, self.viewer, lifetime=lifetime, subject=self.subject
        )

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == "/ticket":
            if self.refuse:
                start_response("403 Forbidden", [])
                return [b""]
            self.issued += 1
            body = json.dumps({"ticket": self.ticket(900)})
            start_response("200 OK", [("Content-Type", "application/json")])
            return [body.encode()]
        if environ["PATH_INFO"] != "/":
            start_response("404 Not Found", [])
            return [b""]
        shown = screen(
            TOPIC,
            ["probe"],
            self.viewer,
            ticket=self.ticket(self.lifetime),
            ticket_url="/ticket",
            own=2,
            beats=True,
        )
        headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Security-Policy", POLICY),
        ]
        start_response("200 OK", headers)
        return [Template(PAGE).render(Context({"shown": shown})).encode()]


@pytest.fixture
def pages():
    return Pages()


@pytest.fixture
def site(serve, pages):
    return serve(pages=pages, shelf=StaticShelf())


@pytest.fixture(scope="module")
def chromium(chromium_path):
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, and Django would mind.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def context(chromium):
    context = chromium.new_context()
    context.set_default_timeout(15_000)
    context.trouble = []
    context.on("weberror", lambda error: context.trouble.append(str(error.error)))
    context.on(
        "console",
        lambda said: said.type == "error" and context.trouble.append(said.text),
    )
    yield context
    context.close()


def visit(context, site):
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{site.port}/")
    page.wait_for_selector("live-screen[data-line]")
    return page


def shows(page, text):
    page.get_by_text(text).wait_for()


def test_a_change_is_put_in_place_and_the_viewer_marked(context, site):
    page = visit(context, site)
    eventually(lambda: site.hub.watchers == 1)
    say(2, "có mặt")
    shows(page, "đầu dò 2: có mặt")
    say(9, "đến sau")
    shows(page, "đầu dò 9: đến sau")
    assert page.locator("li").count() == 4
    clock = page.locator("server-clock span").inner_text()
    assert len(clock.split(":")) == 3
    elapsed = page.locator("elapsed-clock")
    assert elapsed.inner_text() == "03:05"
    assert elapsed.get_attribute("aria-label") == "Đã 3 phút, còn 2 phút"
    assert elapsed.locator("span").get_attribute("aria-hidden") == "true"
    assert context.trouble == []


def test_two_tabs_share_one_stream(context, site):
    one, other = visit(context, site), visit(context, site)
    eventually(lambda: site.hub.watchers == 1)
    say(1, "cho cả hai")
    shows(one, "đầu dò 1: cho cả hai")
    shows(other, "đầu dò 1: cho cả hai")
    assert site.hub.watchers == 1
    one.close()
    say(3, "cho một")
    shows(other, "đầu dò 3: cho một")
    other.close()
    eventually(lambda: site.hub.watchers == 0)


def test_what_the_viewer_does_is_not_disturbed(context, site):
    page = visit(context, site)
    page.evaluate(
        """() => document.querySelector('#probe-1').innerHTML =
        '<details open><summary>Mở</summary></details><input id="ghi">'"""
    )
    found = page.evaluate(
        """async () => {
        const { apply } = await import('/static/live/apply.js');
        const field = document.querySelector('#ghi');
        field.focus(); field.value = 'đang gõ'; field.setSelectionRange(2, 4);
        let heard = '';
        document.addEventListener('live:fragment', (e) => heard = e.detail.name);
        apply({'probe-1': '<li id="probe-1" data-digest="new" data-venue="2">' +
          '<details><summary>Mở</summary></details><input id="ghi"></li>'}, ['probe-3'], '2');
        const now = document.activeElement;
        return [now !== field, now.id, now.value, now.selectionStart, heard,
          document.querySelector('#probe-1 details').open,
          document.querySelector('#probe-1').dataset.own === '',
          document.querySelector('#probe-3') === null];
        }"""
    )
    assert found == [True, "ghi", "đang gõ", 2, "probe-1", True, True, True]


def test_an_expired_ticket_is_renewed_and_a_refused_one_said(context, site, pages):
    pages.viewer, pages.lifetime = Viewer("venue", "vi"), 1
    pages.subject = "venue:2"
    page = visit(context, site)
    eventually(lambda: pages.issued >= 1)
    eventually(lambda: last_beats(["venue:2"]))
    say(1, "sau khi gia hạn")
    shows(page, "đầu dò 1: sau khi gia hạn")
    pages.refuse = True
    other = visit(context, site)
    shows(other, "Phiên xem đã kết thúc.")
    assert other.locator("live-screen").get_attribute("data-line") == "ended"


def test_where_streams_are_held_back_polling_takes_over(context, site):
    async def hold_back(asked, scope, receive, send):
        head = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        while (await receive())["type"] != "http.disconnect":
            pass

    site.hub._stream = hold_back
    page = visit(context, site)
    eventually(lambda: site.hub._boards)  # somebody polls
    say(2, "bằng cách hỏi")
    shows(page, "đầu dò 2: bằng cách hỏi")
    say(3, "hỏi lần nữa")
    shows(page, "đầu dò 3: hỏi lần nữa")


def test_after_a_restart_the_screen_resumes_by_itself(serve, context, pages):
    door = socket.create_server(("127.0.0.1", 0))
    first = serve(pages=pages, shelf=StaticShelf(), door=door.dup())
    page = visit(context, first)
    eventually(lambda: first.hub.watchers == 1)
    first.stop()
    say(1, "trong lúc vắng")
    second = serve(pages=pages, shelf=StaticShelf(), door=door)
    shows(page, "đầu dò 1: trong lúc vắng")
    eventually(lambda: second.hub.watchers == 1)


def test_without_shared_workers_the_page_holds_the_stream_itself(context, site):
    context.add_init_script("delete window.SharedWorker")
    page = visit(context, site)
    eventually(lambda: site.hub.watchers == 1)
    say(2, "một mình")
    shows(page, "đầu dò 2: một mình")
    assert page.evaluate("'SharedWorker' in window") is False
    assert isinstance(site, Served)
