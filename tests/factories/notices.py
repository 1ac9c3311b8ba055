"""Notices, their kinds, and who gets them."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from lantoa.kernel.actor import system_actor
from lantoa.notices.actions import SEND
from lantoa.notices.models import Notice
from tests.factories import PersonFactory

SYSTEM = system_actor(SEND)
# Tuesday, a working day, at half past six in Ha Noi: before the digests leave.
DAWN = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
MORNING = datetime(2026, 3, 10, 0, 30, tzinfo=UTC)  # half past seven
NEXT_MORNING = datetime(2026, 3, 11, 0, 30, tzinfo=UTC)


class NoticeFactory(DjangoModelFactory):
    """An unread notice of a kind that nobody registered unless told otherwise."""

    class Meta:
        model = Notice

    person = factory.SubFactory(PersonFactory)
    kind = "thu.mot"
    subject = factory.Sequence(lambda n: f"obligation:{n}")
    occasion = "giao"
    href = "/to-chuc/"
    words = "%(body)s giao nhiệm vụ."
    params = factory.LazyFunction(lambda: {"body": "Sở Tư pháp"})
    created_at = DAWN
