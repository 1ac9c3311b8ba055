"""One e-mail instead of many: when it leaves, and what a crash or a refusal does."""

from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from lantoa.journal.models import Entry
from lantoa.kernel.refusal import NotPermitted
from lantoa.notices import actions, queries
from lantoa.notices.actions.sending import first_moment
from lantoa.notices.models import MAX_TRIES, Digest, Notice, Preference
from lantoa.notices.vocabulary import DigestInQuietHours, DigestState
from lantoa.organisations.models import CalendarDay
from lantoa.organisations.queries import Calendar
from tests.factories import PersonFactory, actor_with
from tests.factories.notices import (
    DAWN,
    MORNING,
    NEXT_MORNING,
    SYSTEM,
    NoticeFactory,
)
from tests.factories.racing import race

LAW = Calendar({})
MINUTE = timedelta(minutes=1)


def gather(at=MORNING):
    return actions.gather_digests(actor=SYSTEM, at=at)


def send(at=MORNING):
    return actions.send_digests(actor=SYSTEM, at=at)


def hanoi(day, clock):
    moment = datetime.combine(day, clock, UTC)
    return moment - timedelta(hours=7)


class Broken:
    """A mail server that answers with *error*."""

    def __init__(self, error):
        self.error = error

    def open(self):
        return False

    def close(self):
        pass

    def send_messages(self, messages):
        raise self.error


@contextmanager
def mail_server(error):
    """Let the mail server answer with an error."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "lantoa.notices.actions.sending.get_connection", lambda: Broken(error)
        )
        yield


@pytest.mark.django_db
def test_one_digest_comes_instead_of_many():
    person, other = PersonFactory.create_batch(2)
    NoticeFactory.create_batch(5, person=person)
    NoticeFactory(person=other)
    NoticeFactory(person=person, kind="thu.hai")

    assert (gather(), send(), send()) == (2, 2, 0)

    first = mail.outbox[0]
    html = first.alternatives[0][0]
    assert [each.to for each in mail.outbox] == [[person.email], [other.email]]
    assert first.subject == "Lan Tỏa: 5 thông báo mới"
    assert first.body.count("Sở Tư pháp giao nhiệm vụ.") == html.count("<li>") == 5
    assert all(n.get_absolute_url() in first.body for n in Notice.objects.filter(
        person=person, kind="thu.mot"
    ))  # fmt: skip
    assert Notice.objects.filter(digest__isnull=True).count() == 1
    assert list(
        Entry.objects.order_by("pk").values_list("name", "payload__notices")
    ) == [("notices.digest_sent", 5), ("notices.digest_sent", 1)]


@pytest.mark.django_db
def test_a_digest_has_its_time_and_what_comes_later_waits_for_the_next_day():
    person = PersonFactory()
    NoticeFactory(person=person)

    assert gather(MORNING - MINUTE) == 0
    assert gather(MORNING) == 1
    send()
    NoticeFactory(person=person, created_at=MORNING + MINUTE)
    assert gather(MORNING + 2 * MINUTE) == 0
    assert gather(NEXT_MORNING) == 1


@pytest.mark.django_db
def test_what_came_after_the_time_of_the_day_waits_though_nothing_left_that_day():
    NoticeFactory(created_at=MORNING + MINUTE)

    assert gather(MORNING + 2 * MINUTE) == 0
    assert gather(NEXT_MORNING) == 1


@pytest.mark.django_db
def test_what_was_read_or_is_old_or_of_a_closed_account_is_not_mailed():
    NoticeFactory(read_at=DAWN)
    NoticeFactory(created_at=DAWN - timedelta(days=40))
    NoticeFactory(person__is_active=False)

    assert gather() == 0


@pytest.mark.django_db
def test_everybody_chooses_kinds_time_and_language():
    person = PersonFactory()
    Preference.objects.create(
        person=person,
        by_mail={"thu.mot": False, "thu.hai": True},
        digest_at=time(16),
        language="en",
    )
    NoticeFactory(person=person)
    NoticeFactory(person=person, kind="thu.hai")

    assert gather() == 0
    at = hanoi(date(2026, 3, 10), time(16))
    assert (gather(at), send(at)) == (1, 1)
    assert "1 " in mail.outbox[0].subject
    assert 'lang="en"' in mail.outbox[0].alternatives[0][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "mailed"),
    [
        (date(2021, 2, 10), 0),  # 29 Tết
        (date(2021, 2, 16), 0),
        (date(2021, 2, 17), 1),
        (date(2025, 4, 26), 1),  # a Saturday, worked for 2 May
        (date(2025, 4, 19), 0),  # another Saturday
        (date(2025, 5, 2), 0),
    ],
)
def test_digests_leave_on_working_days_only(day, mailed):
    at = hanoi(day, time(7, 30))
    NoticeFactory(created_at=at - timedelta(hours=1))

    assert gather(at) == mailed


@pytest.mark.django_db
def test_an_exception_of_the_calendar_holds_digests_back():
    CalendarDay.objects.create(
        day=date(2026, 3, 10), working=False, name="Nghỉ", basis="Công văn 1"
    )
    NoticeFactory()

    assert (gather(MORNING), gather(NEXT_MORNING)) == (0, 1)


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (date(2026, 3, 10), time(7, 30), (date(2026, 3, 10), time(7, 30))),
        (date(2026, 3, 10), time(6), (date(2026, 3, 10), time(7))),
        (date(2026, 3, 10), time(20), (date(2026, 3, 11), time(7, 30))),
        (date(2026, 3, 13), time(23), (date(2026, 3, 16), time(7, 30))),
        (date(2026, 3, 14), time(10), (date(2026, 3, 16), time(7, 30))),
    ],
)
def test_nothing_leaves_in_quiet_hours_or_on_days_off(day, clock, expected):
    moment = first_moment(Preference(), LAW, hanoi(day, clock))

    assert moment == hanoi(*expected)


def test_the_same_time_twice_means_no_quiet_hours():
    wanted = Preference(quiet_from=time(0), quiet_until=time(0))

    assert not wanted.is_quiet(time(0))
    assert Preference(quiet_from=time(12), quiet_until=time(13)).is_quiet(time(12, 30))


@pytest.mark.django_db
def test_what_is_late_waits_out_the_quiet_hours():
    NoticeFactory()
    gather()
    night = hanoi(date(2026, 3, 10), time(21))

    assert send(night) == 0
    assert not queries.digests_to_send(night).exists()
    assert send(NEXT_MORNING) == 1


@pytest.mark.django_db
def test_a_server_that_is_gone_costs_one_try_and_the_rest_wait():
    NoticeFactory.create_batch(3)
    gather()
    with mail_server(ConnectionRefusedError("không ai nghe")):
        assert send() == 0

    failed, *waiting = queries.unsent_digests()
    assert (failed.state, failed.tries) == (DigestState.FAILED, 1)
    assert failed.last_error == "ConnectionRefusedError: không ai nghe"
    assert [each.state for each in waiting] == [DigestState.WAITING] * 2

    assert send(MORNING + MINUTE) == 2
    assert send(MORNING + 5 * MINUTE) == 1
    assert not queries.unsent_digests().exists()


@pytest.mark.django_db
def test_an_address_that_is_refused_does_not_hold_up_the_others():
    NoticeFactory.create_batch(2)
    gather()
    with mail_server(SMTPRecipientsRefused({"x@x.vn": (550, b"no such user")})):
        send()

    assert [each.tries for each in queries.unsent_digests()] == [1, 1]


@pytest.mark.django_db
def test_after_two_days_it_is_given_up_and_stays_in_sight():
    NoticeFactory()
    gather()
    at = MORNING
    for _ in range(MAX_TRIES + 3):
        with mail_server(ConnectionRefusedError("không ai nghe")):
            send(at)
        at += timedelta(days=1)
        while not LAW.working(at.date()):
            at += timedelta(days=1)

    digest = queries.unsent_digests().get()
    assert (digest.tries, digest.state) == (MAX_TRIES, DigestState.GIVEN_UP)


@pytest.mark.django_db
def test_a_crash_after_the_mail_sends_a_second_copy_and_never_a_third(monkeypatch):
    NoticeFactory()
    gather()

    def crash(**_):
        raise SystemExit

    monkeypatch.setattr("lantoa.notices.actions.sending.confirm_digest", crash)
    at = MORNING
    for _ in range(5):
        with suppress(SystemExit):
            send(at)
        at += timedelta(hours=1)

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert queries.unsent_digests().get().state == DigestState.UNCERTAIN


@pytest.mark.django_db
def test_what_waits_for_the_mail_server_takes_up_what_comes_since():
    person = PersonFactory()
    NoticeFactory(person=person)
    gather()
    with mail_server(ConnectionRefusedError()):
        send()
    NoticeFactory(person=person, created_at=MORNING + MINUTE)
    gather(NEXT_MORNING)
    send(NEXT_MORNING)

    assert [each.subject for each in mail.outbox] == ["Lan Tỏa: 2 thông báo mới"]
    assert Digest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_race_to_gather_and_claim_do_it_once():
    NoticeFactory.create_batch(5)

    gathered = race(gather, gather, gather)
    digest = Digest.objects.first()

    def claim():
        return actions.claim_digest(actor=SYSTEM, digest=digest, at=MORNING)

    claimed = race(claim, claim, claim)

    assert sorted(gathered) == [0, 0, 5]
    assert sorted(claimed) == [False, False, True]
    assert Digest.objects.count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_gathering_costs_the_same_however_many(number, django_assert_num_queries):
    NoticeFactory.create_batch(number)

    with django_assert_num_queries(8):
        # calendar, savepoint, lock, due, waiting, digests, notices, release
        gather()


@pytest.mark.django_db
def test_only_the_system_keeps_the_queue():
    digest = Digest(pk=1)
    somebody = actor_with("notices.read")
    for perform, said in (
        (actions.gather_digests, {"at": MORNING}),
        (actions.send_digests, {"at": MORNING}),
        (actions.claim_digest, {"digest": digest, "at": MORNING}),
        (actions.give_back_digest, {"digest": digest, "error": "", "at": MORNING}),
        (actions.put_off_digest, {"digest": digest, "until": MORNING}),
    ):
        with pytest.raises(NotPermitted):
            perform(actor=somebody, **said)


@pytest.mark.django_db
def test_a_choice_is_ones_own_and_the_digest_does_not_come_in_quiet_hours():
    person, other = PersonFactory.create_batch(2)
    own = actor_with()
    own = type(own)(office="", reach=own.reach, person_id=person.pk)
    said = {
        "by_mail": {}, "quiet_from": time(20), "quiet_until": time(7),
        "language": "vi", "at": MORNING,
    }  # fmt: skip
    with pytest.raises(NotPermitted):
        actions.choose_notices(actor=own, person=other, digest_at=time(8), **said)
    with pytest.raises(DigestInQuietHours):
        actions.choose_notices(actor=own, person=person, digest_at=time(6), **said)

    actions.choose_notices(actor=own, person=person, digest_at=time(8), **said)

    assert Preference.objects.get().digest_at == time(8)
    assert Entry.objects.get().payload["quiet"] == ["20:00", "07:00"]
