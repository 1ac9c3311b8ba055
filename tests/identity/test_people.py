import pytest
from django.urls import reverse

from lantoa.identity import actions, queries
from lantoa.identity.models import Person
from lantoa.identity.vocabulary import EmailTaken
from lantoa.journal.models import Entry
from tests.factories import NINE, PASSWORD, PersonFactory, actor_with
from tests.factories.racing import race

KEEPER = actor_with("identity.keep")


def register(email="ai.do@example.vn"):
    return actions.register_person(
        actor=KEEPER, email=email, password=PASSWORD, full_name="Họ và tên", at=NINE
    )


@pytest.mark.django_db
def test_an_account_is_opened_and_the_journal_knows_only_its_number():
    person = register(" Ai.Do@Example.vn ")

    entry = Entry.objects.get()
    assert person.email == "ai.do@example.vn"
    assert entry.payload == {"person_id": person.pk}
    assert queries.person_by_email("AI.DO@example.vn") == person


@pytest.mark.django_db
def test_an_address_is_used_once():
    register()

    with pytest.raises(EmailTaken):
        register("AI.DO@example.vn")


@pytest.mark.django_db(transaction=True)
def test_racing_for_one_address_opens_one_account():
    answers = race(*[register] * 4)

    assert Person.objects.count() == 1
    assert sorted(type(each).__name__ for each in answers) == [
        *["EmailTaken"] * 3,
        "Person",
    ]


@pytest.mark.django_db
def test_closing_and_reopening_say_so_once():
    person = register()

    for perform in (
        actions.close_person,
        actions.close_person,
        actions.reopen_person,
        actions.reopen_person,
    ):
        perform(actor=KEEPER, person=person, at=NINE)

    assert [entry.name for entry in Entry.objects.order_by("pk")] == [
        "identity.person_registered",
        "identity.person_closed",
        "identity.person_reopened",
    ]


@pytest.mark.django_db
def test_signing_in_by_address_and_password(client):
    PersonFactory(email="ai.do@example.vn", password=PASSWORD)
    url = reverse("account_login")

    wrong = client.post(url, {"login": "ai.do@example.vn", "password": "sai rồi"})
    right = client.post(url, {"login": "ai.do@example.vn", "password": PASSWORD})

    assert wrong.status_code == 200
    assert right.url == "/ban-lam-viec/"


@pytest.mark.django_db
def test_a_closed_account_does_not_sign_in(client):
    person = PersonFactory(email="ai.do@example.vn", password=PASSWORD)
    actions.close_person(actor=KEEPER, person=person, at=NINE)

    client.post(
        reverse("account_login"),
        {"login": "ai.do@example.vn", "password": PASSWORD},
    )

    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_nobody_signs_up_by_themselves(client):
    client.post(
        reverse("account_signup"),
        {"email": "la@example.vn", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert not Person.objects.exists()
