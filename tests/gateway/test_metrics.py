"""Figures and readiness: what they say, and to whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from lantoa.kernel.actor import system_actor
from lantoa.operations.actions import (
    remember_backup,
    remember_verification,
    tell_process,
)
from lantoa.operations.figures import own_name
from lantoa.operations.vocabulary import KEEP, ProcessKind

pytestmark = pytest.mark.django_db
HERE = {"host": "localhost:8000"}


def samples(answer):
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_figures_of_everything(client):
    now = timezone.now()
    remember_verification(
        actor=system_actor(KEEP), faults=2, head="ab", seals=3, at=now
    )
    counted = {
        "answers": [["portal:front", "GET", 200, 7]],
        "times": [["portal:front", 1.5, *[0.0] * 9, 7.0]],
        "commands": {"done": 4},
    }
    tell_process("web-2@kia", ProcessKind.WEB, now, streams=12, figures=counted)
    tell_process("worker-1@kia", ProcessKind.WORKER, now)

    answer = client.get("/metrics", headers=HERE)

    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    found = samples(answer)
    other = ("process", "web-2@kia")
    front = ("route", "portal:front")
    told = {
        ("lantoa_database_up",): 1,
        ("lantoa_journal_unsealed",): 1,
        ("lantoa_verification_faults",): 2,
        ("lantoa_streams", other): 12,
        ("lantoa_commands_total", ("outcome", "done"), other): 4,
        (
            "lantoa_requests_total",
            ("method", "GET"),
            other,
            front,
            ("status", "200"),
        ): 7,
        ("lantoa_request_seconds_count", other, front): 7,
        ("lantoa_request_seconds_sum", other, front): 1.5,
    }
    assert {key: found.get(key) for key in told} == told
    assert found["lantoa_database_bytes",] > 1_000_000
    own = ("process", own_name())
    assert any(own in key for key in client_counts(client))


def client_counts(client):
    return samples(client.get("/metrics", headers=HERE))


def test_labels_carry_no_ids_and_no_addresses(client):
    client.get("/hoi-nghi/123456/")
    client.get("/khong-co/nguoi-nao@example.vn/")

    text = client.get("/metrics", headers=HERE).content.decode()

    assert "123456" not in text
    assert "example.vn" not in text


@pytest.mark.parametrize("url", ["/metrics", "/healthz/ready"])
@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"headers": HERE | {"x-forwarded-for": "127.0.0.1"}},
        {"headers": HERE | {"via": "1.1 caddy"}},
        {"headers": {"host": "testserver"}},
        {"headers": HERE | {"authorization": "Bearer "}, "REMOTE_ADDR": "203.0.113.9"},
        {"headers": HERE | {"authorization": "Bearer sai"}, "REMOTE_ADDR": "::2"},
    ],
)
def test_the_public_finds_nothing_there(client, settings, url, asked):
    assert client.get(url, **asked).status_code == 404


def test_the_token_opens_from_anywhere_and_behind_a_proxy_it_alone_does(
    client, settings
):
    settings.METRICS_TOKEN = "do-dem-0123456789"
    settings.SECURE = True
    said = {"authorization": f"Bearer {settings.METRICS_TOKEN}", "host": "testserver"}

    assert client.get("/metrics", headers=HERE).status_code == 404
    assert (
        client.get("/metrics", headers=said, REMOTE_ADDR="192.0.2.1").status_code == 200
    )


def test_readiness_is_bad_only_while_something_is_lost(client):
    answer = client.get("/healthz/ready", headers=HERE)
    assert (answer.status_code, answer.json()["warnings"]) == (
        503,
        ["no_worker", "no_backup"],
    )

    tell_process("worker-1@kia", ProcessKind.WORKER, timezone.now())
    answer = client.get("/healthz/ready", headers=HERE)
    assert (answer.status_code, answer.json()["warnings"]) == (200, ["no_backup"])

    made = {
        "sha256": "ab",
        "size": 1,
        "files": 0,
        "missing": 0,
        "head": "",
        "seconds": 1,
    }
    made |= {"archive": "a.tar", "at": timezone.now() - timedelta(hours=1)}
    remember_backup(actor=system_actor(KEEP), **made)
    answer = client.get("/healthz/ready", headers=HERE)
    assert (answer.status_code, answer.json()["warnings"]) == (200, [])


def test_without_a_database_the_process_still_tells_what_it_counted(
    client, django_db_blocker
):
    connection.close()
    port = connection.settings_dict["PORT"]
    connection.settings_dict["PORT"] = "1"
    try:
        figures = client.get("/metrics", headers=HERE)
        ready = client.get("/healthz/ready", headers=HERE)
    finally:
        connection.settings_dict["PORT"] = port
        connection.close()

    found = samples(figures)
    assert found["lantoa_database_up",] == 0
    assert any(key[0] == "lantoa_requests_total" for key in found)
    assert (ready.status_code, ready.json()["warnings"]) == (503, ["no_database"])
