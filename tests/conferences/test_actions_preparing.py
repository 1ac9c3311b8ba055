from datetime import timedelta

import pytest

from lantoa.access.vocabulary import Role
from lantoa.conferences.actions import preparing
from lantoa.conferences.models import Conference
from lantoa.conferences.vocabulary import NotPreparing
from lantoa.kernel.refusal import NotPermitted
from tests.conferences.facts import facts, last_fact
from tests.factories import NINE, BodyFactory, actor_as
from tests.factories.conferences import (
    ConferenceFactory,
    ItemFactory,
    VenueFactory,
    chair_of,
    secretary_of,
)
from tests.factories.documents import PaperFactory

pytestmark = pytest.mark.django_db

WORDS = {
    "title": " Hội nghị trực tuyến ",
    "purpose": "Quán triệt",
    "chair_office": "Chủ tịch Hội đồng",
    "place": "Hà Nội",
    "planned_start": NINE,
    "open_to_public": True,
}


def test_a_conference_is_opened_with_its_papers_and_leaves_a_fact():
    host, paper = BodyFactory(), PaperFactory()
    actor = actor_as(Role.SECRETARIAT, host)

    opened = preparing.prepare_conference(
        actor=actor, host=host, directives=[paper], at=NINE, **WORDS
    )

    assert opened.title == "Hội nghị trực tuyến"
    assert [row.paper for row in opened.directives.all()] == [paper]
    assert facts() == ["conference_prepared"]
    assert last_fact().subjects == [f"conference:{opened.pk}", f"host_body:{host.pk}"]
    assert last_fact().actor_id == actor.person_id


@pytest.mark.parametrize("role", [Role.CHAIR, Role.REPRESENTATIVE, Role.AUDITOR])
def test_only_the_secretariat_opens_one(role):
    host = BodyFactory()

    with pytest.raises(NotPermitted):
        preparing.prepare_conference(
            actor=actor_as(role, host), host=host, at=NINE, **WORDS
        )

    assert not Conference.objects.exists()


def test_the_secretariat_of_another_body_opens_none_here():
    with pytest.raises(NotPermitted):
        preparing.prepare_conference(
            actor=actor_as(Role.SECRETARIAT), host=BodyFactory(), at=NINE, **WORDS
        )


def test_revising_says_which_fields_moved_and_again_says_nothing():
    conference = ConferenceFactory(title="Tên cũ", chair_office="Chủ tịch Hội đồng")
    actor = secretary_of(conference)
    said = WORDS | {"title": "Tên mới", "purpose": ""}

    for _ in range(2):
        preparing.revise_conference(
            actor=actor, conference=conference, directives=[], at=NINE, **said
        )

    assert facts() == ["conference_revised"]
    assert last_fact().payload["fields"] == ["title"]


def test_a_paper_is_put_in_and_taken_out_again():
    conference, paper = ConferenceFactory(), PaperFactory()
    said = {name: getattr(conference, name) for name in WORDS}
    for papers in ([paper], []):
        preparing.revise_conference(
            actor=secretary_of(conference), conference=conference, directives=papers,
            at=NINE, **said,
        )  # fmt: skip
        assert [row.paper for row in conference.directives.all()] == papers


@pytest.mark.parametrize("state", ["live", "closed"])
def test_what_has_begun_is_not_revised(state):
    conference = ConferenceFactory(**{state: True})

    with pytest.raises(NotPreparing):
        preparing.revise_conference(
            actor=secretary_of(conference), conference=conference, directives=[],
            at=NINE, **WORDS,
        )  # fmt: skip


def test_the_chair_doesnt_revise():
    conference = ConferenceFactory()

    with pytest.raises(NotPermitted):
        preparing.revise_conference(
            actor=chair_of(conference), conference=conference, directives=[],
            at=NINE, **WORDS,
        )  # fmt: skip


def test_the_next_conference_keeps_words_papers_and_agenda_but_no_venue():
    conference = ConferenceFactory(closed=True)
    session = ItemFactory(conference=conference, kind="session", title="Phiên sáng")
    ItemFactory(conference=conference, parent=session, title="Báo cáo")
    VenueFactory(conference=conference)

    following = preparing.prepare_next(
        actor=secretary_of(conference),
        conference=conference,
        title="Hội nghị kế tiếp",
        planned_start=NINE + timedelta(days=7),
        at=NINE,
    )

    assert following.prepared_from == conference
    assert following.preparing
    tree = following.items.order_by("position").values_list("title", "parent__title")
    assert list(tree) == [("Phiên sáng", None), ("Báo cáo", "Phiên sáng")]
    assert not following.venues.exists()
