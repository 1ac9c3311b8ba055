from http.client import HTTPConnection

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lantoa.live.queries import last_beats

from .conftest import Watch, ticket
from .test_hub import eventually


def ask(served, method="POST", path="/live/poll", body=None, **headers):
    line = HTTPConnection("127.0.0.1", served.port, timeout=10)
    line.request(method, path, body, headers)
    answer = line.getresponse()
    status = answer.status
    answer.read()
    line.close()
    return status


def test_what_is_not_asked_properly_is_refused(served):
    assert ask(served, "GET") == 405
    assert ask(served, path="/live/elsewhere") == 404
    for body in ("", "{", "[]", "null", '{"want": 1}', '{"have": []}', '{"want": [1]}'):
        assert ask(served, body=body) == 400
    assert ask(served, body='{"have": {"a": 1}}') == 400
    assert ask(served, body='{"wait": "long"}') == 400
    assert ask(served, body=b"[" * 200_000) == 400
    assert ask(served, body=b"\xff\xfe") == 400
    assert ask(served, body=b" " * 300_000) == 413


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
    ],
)
def test_another_site_cannot_ask(served, headers):
    assert Watch(served, "poll", headers=headers).status == 403


def test_our_own_pages_can(served):
    own = {"Origin": f"http://127.0.0.1:{served.port}", "Sec-Fetch-Site": "same-origin"}
    watch = Watch(served, "poll", headers=own)
    assert watch.status == 200
    assert "access-control-allow-origin" not in watch.answer.headers


def test_heartbeats_are_written_together_under_the_subject_of_the_ticket(served):
    venues = [f"venue:{number}" for number in range(5)]
    for venue in venues:
        for _ in range(3):
            assert (
                Watch(served, "beat", ticket=ticket("venue", subject=venue)).status
                == 200
            )
    eventually(lambda: len(last_beats(venues)) == 5)
    first = last_beats(venues)["venue:2"]
    Watch(served, "beat", ticket=ticket("venue", subject="venue:2"))
    eventually(lambda: last_beats(venues)["venue:2"] > first)
    with CaptureQueriesContext(connection) as asked:
        assert last_beats(["venue:9"]) == {}
    assert len(asked) == 1


def test_a_ticket_without_a_subject_sends_no_heartbeat(served):
    assert Watch(served, "beat", ticket=ticket("venue")).status == 403
    assert (
        Watch(served, "stream", ticket=ticket("venue", subject="venue:1")).status == 200
    )
    assert last_beats(["venue:1"]) == {}
