"""Rows of conferences, and the people who act at them."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from lantoa.access.vocabulary import Role
from lantoa.conferences.models import (
    AgendaItem,
    Conclusion,
    Conference,
    RollCall,
    Turn,
    Venue,
)
from lantoa.conferences.vocabulary import (
    TURN_LENGTH,
    ConferenceState,
    ItemKind,
    RequestClass,
    VenueKind,
)
from lantoa.kernel.actor import Actor
from tests.factories import NINE, BodyFactory, actor_as

MOVED = timedelta(minutes=1)
IN_2020 = datetime(2020, 12, 15, 1, 0, tzinfo=UTC)  # eight o'clock in Ha Noi
TODAY_34 = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class ConferenceFactory(DjangoModelFactory):
    """A conference that is still being prepared."""

    class Meta:
        model = Conference

    host = factory.SubFactory(BodyFactory)
    title = "Hội nghị trực tuyến toàn quốc"
    chair_office = "Chủ tịch Hội đồng"
    place = "Hà Nội"
    planned_start = NINE
    open_to_public = True

    class Params:
        invited = factory.Trait(state=ConferenceState.INVITED, invited_at=NINE)
        live = factory.Trait(
            state=ConferenceState.LIVE, invited_at=NINE, started_at=NINE
        )
        closed = factory.Trait(
            state=ConferenceState.CLOSED,
            invited_at=NINE,
            started_at=NINE,
            ended_at=NINE,
        )


class VenueFactory(DjangoModelFactory):
    """An invited venue of a live conference."""

    class Meta:
        model = Venue

    conference = factory.SubFactory(ConferenceFactory, live=True)
    body = factory.SubFactory(BodyFactory)
    kind = VenueKind.PROVINCE
    name = factory.LazyAttribute(lambda o: o.body.name)
    short_name = factory.LazyAttribute(lambda o: o.name[:40])
    position = factory.Sequence(lambda n: n + 1)
    invited_at = NINE


class ItemFactory(DjangoModelFactory):
    """A planned item of the agenda of a live conference."""

    class Meta:
        model = AgendaItem

    conference = factory.SubFactory(ConferenceFactory, live=True)
    position = factory.Sequence(lambda n: n + 1)
    kind = ItemKind.REPORT
    title = factory.Sequence(lambda n: f"Báo cáo số {n}")
    minutes = 20


class TurnFactory(DjangoModelFactory):
    """A waiting general request."""

    class Meta:
        model = Turn

    venue = factory.SubFactory(VenueFactory)
    conference = factory.SelfAttribute("venue.conference")
    klass = RequestClass.GENERAL
    topic = "Kinh nghiệm ở cơ sở"
    length = TURN_LENGTH
    asked_at = NINE


class RollCallFactory(DjangoModelFactory):
    """An open first round."""

    class Meta:
        model = RollCall

    conference = factory.SubFactory(ConferenceFactory, live=True)
    number = 1
    opened_at = NINE


class ConclusionFactory(DjangoModelFactory):
    """A draft with a lead of its own, by somebody who is no chair."""

    class Meta:
        model = Conclusion

    conference = factory.SubFactory(ConferenceFactory, live=True)
    position = factory.Sequence(lambda n: n + 1)
    heading = "Ban hành kế hoạch"
    work = "Ban hành kế hoạch triển khai năm 2021."
    lead = factory.SubFactory(BodyFactory)
    deadline_text = "Quý I năm 2021"
    drafted_by = 1_000_000


def chair_of(conference: Conference) -> Actor:
    """Return the chair of *conference*."""
    return actor_as(Role.CHAIR, conference.host)


def secretary_of(conference: Conference) -> Actor:
    """Return somebody of the secretariat of *conference*."""
    return actor_as(Role.SECRETARIAT, conference.host)


def speaker_of(venue: Venue) -> Actor:
    """Return the representative of *venue*."""
    return actor_as(Role.REPRESENTATIVE, venue.body)
