"""A person is told once, by the mandate they hold, in the language they read."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from lantoa.access.vocabulary import Role
from lantoa.journal.models import Entry
from lantoa.kernel.refusal import NotPermitted
from lantoa.notices import kinds
from lantoa.notices.actions import notify, notify_many
from lantoa.notices.models import Notice
from lantoa.notices.vocabulary import Holders, Message, People
from tests.factories import BodyFactory, MandateFactory, PersonFactory, actor_as
from tests.factories.notices import DAWN, SYSTEM
from tests.factories.racing import race

RECEIVE = "tasks.receive"


def said(**given):
    return {
        "kind": "thu.mot",
        "subject": "obligation:12",
        "occasion": "giao",
        "href": "/nhiem-vu/12/",
        "words": "Đã giao %(work)s.",
        "params": {"work": "việc", "due": date(2026, 3, 5)},
        **given,
    }


@pytest.mark.django_db
def test_who_holds_the_capability_there_is_told_and_nobody_else():
    body = BodyFactory()
    told = MandateFactory(body=body, role=Role.OFFICER)
    MandateFactory(body=body, role=Role.AUDITOR)
    MandateFactory(body=body, role=Role.OFFICER, ends_on=date(2021, 1, 1))
    MandateFactory(body=body, role=Role.OFFICER, person__is_active=False)
    MandateFactory(role=Role.OFFICER)

    number = notify(actor=SYSTEM, to=Holders(RECEIVE, (body.pk,)), at=DAWN, **said())

    notice = Notice.objects.get()
    assert number == 1
    assert (notice.person, notice.mandate) == (told.person, told)


@pytest.mark.django_db
def test_of_two_mandates_one_notice_comes():
    first, second = BodyFactory.create_batch(2)
    person = PersonFactory()
    earlier = MandateFactory(body=first, person=person, starts_on=date(2019, 1, 1))
    MandateFactory(body=second, person=person)

    to = Holders(RECEIVE, (second.pk, first.pk))
    notify(actor=SYSTEM, to=to, at=DAWN, **said())

    assert [n.mandate for n in Notice.objects.all()] == [earlier]


@pytest.mark.django_db
def test_the_same_occasion_is_told_once_and_another_again():
    person = PersonFactory()
    for occasion in ("giao", "giao", "nhắc"):
        notify(
            actor=SYSTEM,
            to=People((person.pk,)),
            at=DAWN,
            **said(occasion=occasion),
        )

    assert Notice.objects.count() == 2
    assert list(Entry.objects.values_list("payload__notices", flat=True)) == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_who_race_to_tell_tell_once():
    people = tuple(person.pk for person in PersonFactory.create_batch(20))

    def tell(order):
        return lambda: notify(actor=SYSTEM, to=People(order), at=DAWN, **said())

    answers = race(tell(people), tell(people[::-1]), tell(people), tell(people[::-1]))

    assert sorted(answers) == [0, 0, 0, 20]
    assert Notice.objects.count() == 20


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_many_are_told_in_the_same_statements(number, django_assert_num_queries):
    bodies = [MandateFactory().body for _ in range(number)]
    messages = [
        Message(
            to=Holders(RECEIVE, (body.pk,)), **said(subject=f"obligation:{body.pk}")
        )
        for body in bodies
    ]

    with django_assert_num_queries(5):  # savepoint, who, tell, record, release
        assert notify_many(actor=SYSTEM, messages=messages, at=DAWN) == number

    entry = Entry.objects.get()
    assert sorted(entry.subjects) == sorted(
        [f"obligation:{body.pk}" for body in bodies]
        + [f"body:{body.pk}" for body in bodies]
    )


@pytest.mark.django_db
def test_words_are_kept_as_they_are_and_told_in_the_readers_language():
    person = PersonFactory()
    with translation.override("en"):
        notify(
            actor=SYSTEM,
            to=People((person.pk,)),
            at=DAWN,
            **said(
                words=gettext_lazy("Đăng xuất"),
                params={
                    "due": date(2026, 3, 5),
                    "role": Role.OFFICER.label,
                    "at": DAWN,
                },
            ),
        )

    notice = Notice.objects.get()
    assert notice.words == "Đăng xuất"
    notice.words = "%(role)s, hạn %(due)s, lúc %(at)s"
    assert notice.text == (
        "Cán bộ phổ biến, giáo dục pháp luật, hạn 05/3/2026, lúc 06:30, 10/3/2026"
    )


@pytest.mark.django_db
def test_words_whose_values_do_not_fit_are_told_as_written():
    assert Notice(words="Hạn %(khi)s và 5%", params={}).text == "Hạn %(khi)s và 5%"


@pytest.mark.django_db
def test_only_the_system_tells():
    person = PersonFactory()
    for role in Role:
        with pytest.raises(NotPermitted):
            notify(actor=actor_as(role), to=People((person.pk,)), at=DAWN, **said())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"kind": "không.có"}, {"href": "https://x.vn/"}, {"href": "//x.vn/"}],
)
def test_a_kind_or_an_address_that_is_not_ours_is_a_fault(wrong):
    with pytest.raises(ValueError, match=r"kind|address"):
        notify(actor=SYSTEM, to=People((1,)), at=DAWN, **said(**wrong))


def test_a_kind_that_is_gone_is_called_by_its_name():
    assert kinds.kind_named("cũ.rồi").label == "cũ.rồi"
    assert kinds.mailed_by_default() == ["thu.mot"]
