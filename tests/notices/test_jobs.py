"""The watch gathers, and a job of its own sends: once, whoever looks how often."""

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from lantoa.notices.jobs import look_for_digests
from lantoa.notices.models import Digest
from tests.factories import PersonFactory
from tests.factories.racing import race, work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_job_before_or_after():
    forget_jobs()
    yield
    forget_jobs()


def forget_jobs():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE queue_name = 'mail'")


def waiting():
    now = timezone.now()
    for person in PersonFactory.create_batch(3):
        Digest.objects.create(
            person=person, day=timezone.localdate(), made_at=now, again_at=now
        )


def jobs():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'mail'"
        )
        return cursor.fetchone()[0]


def test_whoever_looks_queues_one_job():
    waiting()

    look_for_digests()
    assert race(look_for_digests, look_for_digests) == [None, None]

    assert jobs() == 1


def test_with_nothing_to_send_nothing_is_queued():
    look_for_digests()

    assert jobs() == 0


def test_the_job_sends_or_puts_off():
    waiting()
    look_for_digests()
    work_off()

    sent = Digest.objects.filter(sent_at__isnull=False).count()
    later = Digest.objects.filter(again_at__gt=timezone.now()).count()
    assert jobs() == 0
    assert sent + later == 3
    assert sent == len(mail.outbox)
