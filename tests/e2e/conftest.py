"""The whole program with its demo, a browser, and the consoles of the other venues."""

import asyncio
import threading
from concurrent.futures import Future

import pytest

from lantoa.config.demo import people
from lantoa.config.demo.clients import Client
from tests.program import Program
from tests.ui.conftest import ARGS


class Consoles:
    """Signed-in accounts that act through the API, on a loop of their own."""

    def __init__(self, program):
        self.program, self.clients = program, {}
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, coroutine):
        """Run a coroutine on the loop and return its result."""
        future: Future = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        return future.result(60)

    def client(self, email):
        """Return the account's client, signed in once."""
        if email not in self.clients:
            client = Client(self.program.url, email, self.program.word)
            self.run(client.sign_in())
            self.clients[email] = client
        return self.clients[email]

    def get(self, email, path):
        return self.run(self.client(email).get(path))

    def post(self, email, path, said=None):
        return self.run(self.client(email).post(path, said))

    def close(self):
        for client in self.clients.values():
            self.run(client.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
        self.thread.join()
        self.loop.close()


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Give the running program; every module of journeys has its own."""
    started = Program(tmp_path_factory.mktemp("program"), DEMO="eve")
    yield started
    started.stop()
    print(started.said[-8000:])  # noqa: T201 - shown with what failed
    started.discard()


@pytest.fixture(scope="module")
def consoles(program):
    """Give the accounts that act without a window."""
    held = Consoles(program)
    yield held
    held.close()


@pytest.fixture(scope="module")
def venue_accounts(program):
    """Give the address of who speaks for each body."""
    return dict(
        program.rows(
            "SELECT m.body_id, p.email FROM access_mandate m"
            " JOIN identity_person p ON p.id = m.person_id"
            " WHERE m.role = 'representative'"
        )
    )


@pytest.fixture(scope="module")
def chromium(chromium_path):
    """Give a browser for the journeys of one module."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium, program):
    """Give a function that opens a window as somebody (None: the public)."""
    opened = []

    def open_window(email=None, *, width=1440, height=900, **options):
        context = chromium.new_context(
            base_url=program.url,
            viewport={"width": width, "height": height},
            locale="vi-VN",
            **options,
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if email is not None:
            page.goto("/tai-khoan/login/")
            page.fill("[name=login]", email)
            page.fill("[name=password]", program.word)
            page.press("[name=password]", "Enter")
            page.wait_for_url(lambda url: "/login" not in url)
        return page

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def addresses():
    """Give the e-mail addresses of the demo's offices."""
    return people
