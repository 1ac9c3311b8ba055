import gzip
import hashlib
import os
import socket
import threading
import time
from contextlib import contextmanager
from email.utils import formatdate
from http.client import HTTPConnection

import brotli
import pytest
import uvicorn
from django.contrib.staticfiles.finders import get_finder

from lantoa.config.front import protocol
from lantoa.config.front.app import Front
from lantoa.config.front.bodies import Limits
from lantoa.config.front.protocol import FrontProtocol
from lantoa.config.front.shelf import StaticShelf

PAGE = "<p>Trang chủ của các điểm cầu</p>" * 100


class Pages:
    """A WSGI application that tells what it was asked, and may be held up."""

    def __init__(self, root):
        self.root = root
        self.seen = []
        self.held = threading.Event()
        self.entered = threading.Semaphore(0)

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        body = environ["wsgi.input"].read()
        self.seen.append((path, environ, body))
        headers = [("Content-Type", "text/html; charset=utf-8")]
        content = PAGE.encode()
        if path == "/held":
            self.entered.release()
            assert self.held.wait(10)
        elif path == "/sum":
            content = hashlib.sha256(body).hexdigest().encode()
        elif path == "/long":
            content = os.urandom(12_000_000)
            headers = [("Content-Type", "application/octet-stream")]
        elif path.startswith("/file/"):
            headers = [
                ("Content-Type", "application/pdf"),
                ("X-Sendfile", environ["QUERY_STRING"]),
            ]
            content = b""
        elif path == "/tagged":
            headers += [("ETag", '"a"'), ("Content-Length", str(len(content)))]
        elif path == "/packed":
            headers += [("Content-Encoding", "identity")]
        elif path == "/broken":
            raise ZeroDivisionError
        start_response("200 OK", headers)
        return [content]


class Served:
    def __init__(self, root, **options):
        self.pages = Pages(root)
        self.front = Front(self.pages, files=root, **options)
        self.server = uvicorn.Server(
            uvicorn.Config(
                self.front,
                port=0,
                http=FrontProtocol,
                log_level="critical",
                ws="none",
                timeout_graceful_shutdown=3,
            )
        )
        started = threading.Event()
        startup = self.server.startup

        async def start(sockets=None):
            await startup(sockets)
            started.set()

        self.server.startup = start
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        assert started.wait(10)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]

    def get(self, path, method="GET", body=None, **headers):
        line = HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, named)
        answer = line.getresponse()
        answer.content = answer.read()
        line.close()
        return answer

    @contextmanager
    def open(self, text, receive_buffer=None):
        with socket.socket() as line:
            if receive_buffer:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            line.settimeout(10)
            line.connect(("127.0.0.1", self.port))
            line.sendall(text.replace("\n", "\r\n").encode())
            yield line

    def paths(self):
        return [path for path, _, _ in self.pages.seen]


def rest_of(line):
    """Return all that comes until the other side closes."""
    text = b""
    while piece := line.recv(65536):
        text += piece
    return text


@pytest.fixture
def serve(tmp_path):
    running = []

    def start(**options):
        running.append(Served(tmp_path, **options))
        return running[-1]

    yield start
    for served in running:
        served.pages.held.set()
        served.server.should_exit = True
        served.thread.join(10)
        assert not served.thread.is_alive()


@pytest.fixture
def served(serve):
    return serve()


def test_a_truncated_body_never_reaches_django(served):
    with served.open("POST /sum HTTP/1.1\nHost: a\nContent-Length: 14\n\namount=1000"):
        pass
    with served.open(
        "POST /sum HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5\namoun\n"
    ):
        pass
    assert served.get("/").status == 200
    assert served.paths() == ["/"]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_long_body_arrives_whole_by_way_of_the_disk(serve, chunked):
    served = serve(limits=Limits(memory=1000))
    body = os.urandom(3_000_000)
    pieces = iter([body[:999], body[999:1001], body[1001:]]) if chunked else body
    answer = served.get("/sum", "POST", pieces)
    assert answer.content.decode() == hashlib.sha256(body).hexdigest()
    assert served.pages.seen[0][1]["CONTENT_LENGTH"] == "3000000"
    assert served.front._spool.on_disk == 0


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_too_large_is_refused_in_words_that_arrive(serve, declared):
    served = serve(limits=Limits(body=100_000))
    head = "Content-Length: 400000" if declared else "Transfer-Encoding: chunked"
    with served.open(f"POST /sum HTTP/1.1\nHost: a\n{head}\n\n") as line:
        piece = b"x" * 40_000
        for _ in range(10):
            line.sendall(piece if declared else b"9c40\r\n" + piece + b"\r\n")
        if not declared:
            line.sendall(b"0\r\n\r\n")
        answer = rest_of(line).decode()
    assert answer.startswith("HTTP/1.1 413 ")
    assert "quá lớn" in answer
    assert served.paths() == []


def test_a_sender_that_falls_silent_is_told_so(serve):
    served = serve(limits=Limits(idle=0.2))
    with served.open("POST /sum HTTP/1.1\nHost: a\nContent-Length: 9\n\nabc") as line:
        answer = rest_of(line).decode()
    assert answer.startswith("HTTP/1.1 408 ")
    assert "quá chậm" in answer
    assert served.paths() == []


def test_a_trickle_just_under_the_idle_limit_ends_too(serve):
    served = serve(limits=Limits(idle=5, grace=0.3, rate=1000))
    begun = time.monotonic()
    with served.open("POST /sum HTTP/1.1\nHost: a\nContent-Length: 9999\n\n") as line:
        line.settimeout(0.02)
        answer = b""
        while not answer:
            assert time.monotonic() - begun < 5
            line.sendall(b"x")
            try:
                answer = line.recv(4096)
            except TimeoutError:
                continue
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert served.paths() == []


def test_all_bodies_together_have_a_limit_on_the_disk(serve):
    served = serve(limits=Limits(memory=1000, disk=500_000))
    head = "POST /sum HTTP/1.1\nHost: a\nContent-Length: 400001\n\n" + "x" * 400_000
    with served.open(head) as line:
        deadline = time.monotonic() + 10
        while served.front._spool.on_disk < 400_000:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        assert served.get("/sum", "POST", b"y" * 200_000).status == 503
        line.sendall(b"x")
        assert line.recv(4096).startswith(b"HTTP/1.1 200")
    assert served.front._spool.on_disk == 0


def test_a_wrong_length_is_refused(served):
    with served.open("POST /sum HTTP/1.1\nHost: a\nContent-Length: -1\n\n") as line:
        assert rest_of(line).startswith(b"HTTP/1.1 400")
    assert served.paths() == []


def test_slow_uploads_and_slow_readers_do_not_stop_the_pages(serve, tmp_path):
    (tmp_path / "film").write_bytes(os.urandom(12_000_000))
    served = serve(threads=2)
    upload = "POST /sum HTTP/1.1\nHost: a\nContent-Length: 5000000\n\n" + "x" * 100_000
    lines = [served.open(upload) for _ in range(10)]
    for path in ("/long", f"/file/?{tmp_path}/film"):
        lines += [
            served.open(f"GET {path} HTTP/1.1\nHost: a\n\n", receive_buffer=4096)
            for _ in range(5)
        ]
    for line in lines:
        line.__enter__()
    for _ in range(5):
        assert served.get("/").status == 200
    for line in lines:
        line.__exit__(None, None, None)
    assert "/sum" not in served.paths()


def test_a_reader_that_takes_nothing_is_cut_off(serve, tmp_path):
    (tmp_path / "film").write_bytes(os.urandom(12_000_000))
    served = serve(patience=0.2)
    request = f"GET /file/?{tmp_path}/film HTTP/1.1\nHost: a\n\n"
    with served.open(request, receive_buffer=4096):
        deadline = time.monotonic() + 10
        while not served.server.server_state.connections:
            assert time.monotonic() < deadline
        while served.server.server_state.connections:
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_whoever_leaves_while_waiting_costs_no_thread(serve):
    served = serve(threads=1)
    first = threading.Thread(target=served.get, args=["/held"])
    first.start()
    assert served.pages.entered.acquire(timeout=10)
    with served.open("GET /left HTTP/1.1\nHost: a\n\n"):
        deadline = time.monotonic() + 10
        while not served.front._turns._line:
            assert time.monotonic() < deadline
    while served.front._turns._line:
        assert time.monotonic() < deadline
    served.pages.held.set()
    first.join()
    assert served.get("/").status == 200
    assert served.paths() == ["/held", "/"]


def test_when_too_many_wait_the_next_is_asked_to_come_back(serve):
    served = serve(threads=1, waiting=0)
    first = threading.Thread(target=served.get, args=["/held"])
    first.start()
    assert served.pages.entered.acquire(timeout=10)
    answer = served.get("/")
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    served.pages.held.set()
    first.join()
    assert served.get("/").status == 200


def test_django_is_told_what_was_asked(served):
    served.get("/h%E1%BB%99i/%2e?a=%C4%91", Cookie="a=1", X_Real="yes")
    _, environ, _ = served.pages.seen[0]
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/hội/."
    assert environ["QUERY_STRING"] == "a=%C4%91"
    assert environ["HTTP_COOKIE"] == "a=1"
    assert environ["HTTP_X_REAL"] == "yes"
    assert environ["REMOTE_ADDR"] == "127.0.0.1"
    with served.open(
        "GET / HTTP/1.1\nHost: a\nA: 1\nA: 2\nX_Real: no\nConnection: close\n\n"
    ) as line:
        rest_of(line)
    _, environ, _ = served.pages.seen[1]
    assert environ["HTTP_A"] == "1,2"
    assert "HTTP_X_REAL" not in environ


def test_pages_are_packed_for_those_who_can_unpack_them(served):
    plain = served.get("/tagged", Accept_Encoding="identity")
    assert plain.content.decode() == PAGE
    brotled = served.get("/tagged", Accept_Encoding="gzip, br;q=0.9")
    assert brotli.decompress(brotled.content).decode() == PAGE
    zipped = served.get("/tagged", Accept_Encoding="gzip")
    assert gzip.decompress(zipped.content).decode() == PAGE
    assert len(brotled.content) < len(PAGE) / 10
    for answer in (plain, brotled, zipped):
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["etag"] == 'W/"a"'
    assert served.get("/packed", Accept_Encoding="br").content.decode() == PAGE


def test_head_has_the_head_of_get(served, tmp_path):
    (tmp_path / "paper").write_bytes(b"0123456789")
    for path in ("/", "/long", f"/file/?{tmp_path}/paper"):
        get, head = served.get(path), served.get(path, "HEAD")
        assert head.content == b""
        assert head.headers["content-length"] == get.headers["content-length"]
        assert len(get.content) == int(get.headers["content-length"])


def test_a_failure_in_django_is_a_plain_error(served):
    assert served.get("/broken").status == 500
    assert served.get("/").status == 200


@pytest.mark.parametrize(
    ("asked", "status", "content", "said"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=7-99", 206, b"789", "bytes 7-9/10"),
        ("bytes=9-9", 206, b"9", "bytes 9-9/10"),
        ("bytes=10-", 416, None, "bytes */10"),
        ("bytes=-0", 416, None, "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_a_part_of_a_file(served, tmp_path, asked, status, content, said):
    (tmp_path / "paper").write_bytes(b"0123456789")
    answer = served.get(f"/file/?{tmp_path}/paper", Range=asked)
    assert answer.status == status
    assert answer.headers["content-range"] == said
    if content is not None:
        assert answer.content == content
        assert answer.headers["content-type"] == "application/pdf"


def test_a_part_is_only_given_of_the_same_file(served, tmp_path):
    paper = tmp_path / "paper"
    paper.write_bytes(b"0123456789")
    os.utime(paper, (1_600_000_000, 1_600_000_000))
    path = f"/file/?{paper}"
    etag = served.get(path).headers["etag"]
    for same in (etag, formatdate(1_600_000_000, usegmt=True)):
        assert served.get(path, Range="bytes=0-1", If_Range=same).status == 206
    for other in ('"another"', formatdate(1_500_000_000, usegmt=True)):
        assert served.get(path, Range="bytes=0-1", If_Range=other).status == 200
    known = served.get(path, If_None_Match=f'"x", {etag}')
    assert (known.status, known.content) == (304, b"")


def test_only_files_below_the_root_are_sent(served, tmp_path):
    secret = tmp_path.parent / "secret"
    secret.write_text("bí mật")
    (tmp_path / "link").symlink_to(secret)
    (tmp_path / "folder").mkdir()
    (tmp_path / "paper").write_text("được")
    for name in (
        "../secret",
        "link",
        "folder",
        "none",
        "folder/../../secret",
        "",
        "%00",
    ):
        answer = served.get(f"/file/?{tmp_path}/{name}")
        assert answer.status == 404
        assert "x-sendfile" not in answer.headers
    assert served.get(f"/file/?{secret}").status == 404
    good = served.get(f"/file/?{tmp_path}/folder/../paper")
    assert (good.status, good.content.decode()) == (200, "được")
    assert "x-sendfile" not in good.headers


def test_a_head_that_does_not_come_in_time_is_not_awaited(monkeypatch, served):
    monkeypatch.setattr(protocol, "HEAD_PATIENCE", 0.1)
    with served.open("GET / HTTP/1.1\nHost: a\nX-Slow: ") as line:
        assert rest_of(line) == b""
    with served.open("GET / HTTP/1.1\nHost: a\nX-Long: " + "x" * 70_000) as line:
        assert rest_of(line).startswith(b"HTTP/1.1 400")
    assert served.paths() == []


def test_static_files_are_answered_without_django(serve):
    served = serve(shelf=StaticShelf())
    answer = served.get("/static/live/screen.js")
    assert answer.status == 200
    assert b"live-screen" in answer.content
    assert "javascript" in answer.headers["content-type"]
    again = served.get("/static/live/screen.js", If_None_Match=answer.headers["etag"])
    assert (again.status, again.content) == (304, b"")
    assert served.get("/static/live/screen.js", "HEAD").content == b""
    assert served.paths() == []
    served.get("/static/../settings.py")
    assert served.paths() == ["/static/../settings.py"]


def test_static_files_that_are_not_collected_may_change(serve, settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    served = serve(shelf=StaticShelf())
    get_finder.cache_clear()
    for text in ("một", "một hai ba"):
        (tmp_path / "now.js").write_text(text)
        assert served.get("/static/now.js").content.decode() == text
    get_finder.cache_clear()
