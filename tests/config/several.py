"""Several web processes and workers of one program: what a visitor and a watcher see."""

import os
import re
import signal
import subprocess
import sys
import threading
from uuid import uuid4

import httpx
from django.test import override_settings

from lantoa.config.folder import CHECKOUT
from lantoa.live import tickets
from lantoa.live.fragments import Viewer
from tests.program import until

EMAIL, PASSWORD = "quan-tri@example.vn", "mot-mat-khau-du-dai"


class Visitor:
    """Somebody with a browser, who keeps cookies and sends forms."""

    def __init__(self, program):
        self.url = program.url
        self.http = httpx.Client(base_url=program.url, timeout=20, trust_env=False)

    def close(self):
        self.http.close()

    def get(self, path):
        return self.http.get(path, headers={"Host": "localhost"})

    def send(self, path, **said):
        """Send a form, on a new connection as a phone on a bad line would."""
        if "csrftoken" not in self.http.cookies:
            self.get("/tai-khoan/login/")
        token = self.http.cookies.get("csrftoken")
        form = {"csrfmiddlewaretoken": token, "_key": uuid4().hex, **said}
        headers = {"Host": "localhost", "Connection": "close"}
        return self.http.post(path, data=form, headers=headers)


class Watcher:
    """A stream that rests on a mandate; it says why it ended."""

    def __init__(self, program, mandate_id):
        with override_settings(SECRET_KEY=program.told["SECRET_KEY"]):
            self.ticket = tickets.issue(
                "conference:1", Viewer("secretariat", "vi"), mandate_id=mandate_id
            )
        self.url = program.url
        self.said = ""
        self.open = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()
        assert self.open.wait(10)

    def _watch(self):
        said = {"ticket": self.ticket, "want": []}
        with (
            httpx.Client(base_url=self.url, timeout=60, trust_env=False) as http,
            http.stream("POST", "/live/stream", json=said) as answer,
        ):
            for text in answer.iter_text():
                self.said += text
                self.open.set()


def streams(visitor):
    """Return how many streams each web process holds, as Prometheus is told."""
    text = visitor.get("/metrics").text
    found = re.findall(r'lantoa_streams\{process="(web-\d)@[^"]*"\} (\d+)', text)
    return {name: int(number) for name, number in found}


def serve_and_wake_each_other(program, visitor):
    """A command through one web process ends streams on each of them."""
    first = {"email": EMAIL, "password": PASSWORD, "again": PASSWORD}
    answer = visitor.send("/khoi-tao/", body_name="Bộ Tư pháp", **first)
    assert answer.status_code == 302, answer.text
    granted = {"email": "thu-ky@example.vn", "role": "secretariat"}
    granted |= {"office": "Thư ký hội nghị", "starts_on": "2020-01-01"}
    answer = visitor.send(
        "/quan-tri/chuc-danh/giao/", body_name="Bộ Tư pháp", **granted
    )
    assert answer.status_code == 200, answer.text
    ((mandate,),) = program.rows(
        "SELECT id FROM access_mandate WHERE role = 'secretariat'"
    )

    watchers = []

    def spread():
        watchers.append(Watcher(program, mandate))
        return len(watchers) >= 8 and all(streams(visitor).values())

    until(lambda: len(streams(visitor)) == 2, within=20)
    until(spread, within=30)
    assert visitor.send(f"/quan-tri/chuc-danh/{mandate}/ket-thuc/").status_code == 302
    for watcher in watchers:
        watcher.thread.join(10)
        assert "revoked" in watcher.said, watcher.said


def go_on_without_one(program, visitor):
    """A web process and a worker are killed: nobody waits, and sealing goes on."""
    pids = [
        next(pid for pid, line in program.children() if mark in line)
        for mark in (" serve ", "manage.py work")
    ]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    assert program.answer() in {200, 302}
    assert visitor.send("/quan-tri/pham-vi/").status_code == 302
    count = "SELECT count(*) FROM journal_unsealed"
    until(lambda: program.rows(count) == [(0,)], within=20)
    until(lambda: len(program.children()) == 5, within=20)


def copy_and_restore(program, folder):
    """The two commands, while the program runs; return the new data folder."""
    kept = {n: os.environ[n] for n in ("PATH", "HOME") if n in os.environ}

    def command(what, **told):
        return subprocess.run(
            [sys.executable, "-m", "lantoa.config", what],
            cwd=CHECKOUT,
            env=kept | told,
            capture_output=True,
            text=True,
            check=False,
        )

    to, new = folder / "copy.tar", folder / "restored"
    done = command("backup", DATA=str(program.data), TO=str(to))
    assert done.returncode == 0, done.stderr
    assert "Đã sao lưu vào" in done.stdout
    done = command("restore", DATA=str(new), FROM=str(to))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "đầu chuỗi khớp" in done.stdout
    return new
