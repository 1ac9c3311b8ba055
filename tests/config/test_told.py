"""What only the whole program can warn of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lantoa.config.demo.people import CHAIR
from lantoa.config.run import openness
from lantoa.notices.models import Digest
from lantoa.operations.exposition import exposition
from lantoa.operations.state import look
from lantoa.operations.warnings import warnings
from tests.factories import PersonFactory


def names():
    return [warning.name for warning in warnings(look(timezone.now()))]


@pytest.mark.django_db
def test_the_demo_is_for_this_machine_only(settings):
    settings.REACHED_BY_OTHERS = True
    assert "demo" not in names()
    PersonFactory(email=CHAIR)
    assert names()[:2] == ["no_worker", "demo"]
    settings.REACHED_BY_OTHERS = False
    assert "demo" not in names()


@pytest.mark.django_db
def test_letters_that_do_not_leave_are_told_and_counted():
    now = timezone.now()
    Digest.objects.create(
        person=PersonFactory(),
        day=now.date(),
        made_at=now - timedelta(hours=2),
        again_at=now,
    )
    assert "digests_late" in names()
    assert b"lantoa_digests_unsent 1.0" in exposition("web-1@may")


@pytest.mark.parametrize(
    ("host", "https", "accounts", "said"),
    [
        ("127.0.0.1", "", "chu-tri@…", []),
        ("0.0.0.0", "", "chu-tri@…", ["trình diễn", "HTTPS"]),
        ("10.1.2.3", "", "", ["HTTPS"]),
        ("10.1.2.3", "yes", "chu-tri@…", ["trình diễn"]),
        ("10.1.2.3", "yes", "", []),
    ],
)
def test_who_lets_the_network_in_is_warned(monkeypatch, host, https, accounts, said):
    monkeypatch.setenv("HTTPS", https)
    lines = openness(host, accounts)
    warned = [line for line in lines if line.startswith("CẢNH BÁO")]
    assert len(warned) == len(said)
    for word in said:
        assert any(word in line for line in lines)
