"""One line of the log for each request, with its ids; and what is counted of it."""

import json
import logging

import pytest
from django.utils import timezone

from lantoa.access.vocabulary import Role
from lantoa.config.logs import AddTrace, Json, Lines, logging_by
from lantoa.journal.commands import command
from lantoa.journal.jobs import react
from lantoa.journal.models import Entry
from lantoa.kernel.actor import system_actor
from lantoa.kernel.trace import Trace, request_id_from, tracing
from lantoa.operations.actions import ask_verification
from lantoa.operations.figures import COUNTS, Counts, answers_in, times_in
from lantoa.operations.vocabulary import KEEP
from tests.factories import MandateFactory, send, sign_in

pytestmark = pytest.mark.django_db


def line_of(caplog):
    (record,) = [r for r in caplog.records if r.name == "lantoa.requests"]
    return record


@pytest.fixture(autouse=True)
def at_info(caplog):
    caplog.handler.addFilter(AddTrace())
    caplog.set_level(logging.INFO, "lantoa.requests")


def test_a_sane_id_is_kept_and_any_other_replaced():
    assert request_id_from("abc-DEF.123_4") == "abc-DEF.123_4"
    for said in (
        None,
        "",
        "short",
        "x" * 65,
        "a b c d e f",
        "abcdef\nINFO lie",
        "é" * 9,
    ):
        made = request_id_from(said)
        assert made != said
        assert len(made) == 12


def test_an_answer_and_its_line_carry_the_id(client, caplog):
    answer = client.get("/", headers={"X-Request-Id": "kiem-tra-0001"})

    record = line_of(caplog)
    assert answer.headers["X-Request-Id"] == "kiem-tra-0001"
    assert record.known == {"request_id": "kiem-tra-0001"}
    assert (record.route, record.status) == ("portal:home", 302)
    assert record.milliseconds > 0


def test_a_command_is_logged_with_mandate_and_key_and_no_name(client, caplog):
    mandate = MandateFactory(role=Role.ADMINISTRATOR)
    sign_in(client, mandate)

    send(client, "/quan-tri/pham-vi/", {"_key": "khoa-1"})

    record = line_of(caplog)
    assert record.known["mandate_id"] == mandate.pk
    assert record.known["command_key"] == "khoa-1"
    assert mandate.person.email not in Json().format(record)


def test_a_repeated_command_is_told_from_the_first(client, caplog):
    before = COUNTS.told()["commands"]
    sign_in(client, MandateFactory(role=Role.ADMINISTRATOR))

    for _ in range(2):
        send(client, "/quan-tri/pham-vi/", {"_key": "khoa-2"})
    send(client, "/quan-tri/van-hanh/viec-nen/7/chay-lai/", {"_key": "khoa-3"})

    after = COUNTS.told()["commands"]
    grown = {name: after[name] - before.get(name, 0) for name in after}
    assert {name: n for name, n in grown.items() if n} == {
        "done": 1,
        "repeated": 1,
        "refused": 1,
    }


def test_a_refusal_and_a_missing_page_show_the_id(client):
    sign_in(client, MandateFactory(role=Role.ADMINISTRATOR))
    for url in ("/khong-co/", "/quan-tri/van-hanh/viec-nen/7/chay-lai/"):
        asked = {"X-Request-Id": "bao-ma-nay-77"}
        answer = client.post(url, {"_key": "k-4"}, headers=asked)

        assert answer.status_code in {404, 409}
        assert "Mã yêu cầu: bao-ma-nay-77" in answer.content.decode()


def test_a_failure_shows_the_id_and_its_traceback_carries_it(
    client, caplog, monkeypatch
):
    client.raise_request_exception = False
    monkeypatch.setattr(
        "lantoa.gateway.web.health.settings", type("Broken", (), {})(), raising=True
    )

    answer = client.get("/healthz", headers={"X-Request-Id": "hong-0000"})

    assert answer.status_code == 500
    assert "Mã yêu cầu: hong-0000" in answer.content.decode()
    (failure,) = [r for r in caplog.records if r.name == "django.request"]
    assert failure.known["request_id"] == "hong-0000"
    assert failure.exc_info


def test_the_log_of_a_job_carries_entry_and_command(caplog, monkeypatch):
    caplog.set_level(logging.INFO, "lantoa.jobs")
    with command("khoa-9"):
        ask_verification(actor=system_actor(KEEP), at=timezone.now())
    entry = Entry.objects.get()
    reaction = "lantoa.operations.reactions.verify_journal"

    react(entry_id=entry.pk, reaction=reaction)
    with pytest.raises(KeyError):
        react(entry_id=entry.pk, reaction="gone.since")

    lines = [r for r in caplog.records if r.name == "lantoa.jobs"]
    assert [r.levelname for r in lines] == ["INFO", "INFO", "ERROR"]
    for line in lines:
        assert line.known == {"command_key": "khoa-9", "entry_id": entry.pk}


def test_the_log_can_be_json():
    made = logging_by(level="INFO", style="json")
    assert made["handlers"]["console"]["formatter"] == "json"
    assert made["root"]["level"] == "WARNING"
    assert logging_by(level="ERROR", style="")["root"]["level"] == "ERROR"


def test_lines_of_the_log_cannot_be_forged():
    record = logging.makeLogRecord({"msg": "xong", "levelname": "INFO", "name": "a"})
    with tracing(Trace(command_key="x]\n2026 INFO lie")):
        AddTrace().filter(record)

    assert Lines("{message}{ids}", style="{").format(record) == (
        "xong [lenh=x??2026?INFO?lie]"
    )
    assert json.loads(Json().format(record))["command_key"] == "x]\n2026 INFO lie"
    assert "\n" not in Json().format(record)


def test_times_are_told_in_cumulated_buckets():
    counts = Counts()
    for seconds in (0.004, 0.01, 0.02, 3.0, 99.0):
        counts.request("portal:front", "GET", 200, seconds)
    counts.request("portal:front", "GET", 404, 0.3)

    told = json.loads(json.dumps(counts.told()))

    assert answers_in(told) == [
        ("portal:front", "GET", "200", 5),
        ("portal:front", "GET", "404", 1),
    ]
    ((route, total, buckets),) = times_in(told)
    assert (route, round(total, 3)) == ("portal:front", 102.334)
    assert buckets == [
        ("0.01", 2), ("0.025", 3), ("0.05", 3), ("0.1", 3), ("0.25", 3), ("0.5", 4),
        ("1.0", 4), ("2.5", 4), ("10.0", 5), ("+Inf", 6),
    ]  # fmt: skip
