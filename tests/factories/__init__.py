"""Rows that every test may need; each package adds its own in a module beside this.

Factories write rows and nothing else: no journal entry, no job.
"""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import factory
from django.http import HttpResponse
from django.test import Client
from factory.django import DjangoModelFactory

from lantoa.access.actions import fill_reach
from lantoa.access.middleware import SESSION_KEY
from lantoa.access.models import Mandate
from lantoa.access.reach import actor_under
from lantoa.access.vocabulary import Role
from lantoa.identity.models import Person
from lantoa.kernel.actor import Actor, FixedReach
from lantoa.organisations.models import Body, ReportsTo
from lantoa.organisations.vocabulary import BodyKind, Line

NINE = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)  # nine o'clock in Ha Noi
TODAY = date(2026, 3, 10)
PASSWORD = "mot-mat-khau-du-dai"  # of PersonFactory(password=PASSWORD)


class PersonFactory(DjangoModelFactory):
    """Somebody who may sign in; without a password unless one is given."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"nguoi-{n}@example.vn")

    @classmethod
    def _create(cls, model_class: type[Person], *_: Any, **kwargs: Any) -> Person:
        password = kwargs.pop("password", None)
        person = model_class(**kwargs)
        person.set_password(password)
        person.save()
        return person


class BodyFactory(DjangoModelFactory):
    """A body without dates, territory or superior."""

    class Meta:
        model = Body

    slug = factory.Sequence(lambda n: f"co-quan-{n}")
    kind = BodyKind.DEPARTMENT
    name = factory.Sequence(lambda n: f"Sở Tư pháp số {n}")


class MandateFactory(DjangoModelFactory):
    """A mandate in force, whose reach is its own body and what is below it now."""

    class Meta:
        model = Mandate

    person = factory.SubFactory(PersonFactory)
    body = factory.SubFactory(BodyFactory)
    role = Role.OFFICER
    office = factory.LazyAttribute(lambda o: f"{Role(o.role).label}, {o.body.name}")
    starts_on = date(2020, 1, 1)

    @classmethod
    def _create(cls, model_class: type[Mandate], *args: Any, **kwargs: Any) -> Mandate:
        mandate = super()._create(model_class, *args, **kwargs)
        fill_reach([mandate], TODAY)
        return mandate


def actor_as(role: Role, body: Body | None = None) -> Actor:
    """Return somebody acting in *role* at *body* (a new body without one)."""
    given = {"body": body} if body else {}
    return actor_under(MandateFactory(role=role, **given))


def actor_with(*capabilities: str, body: Body | None = None) -> Actor:
    """Return an actor holding just *capabilities*, at *body* or everywhere."""
    bodies = None if body is None else frozenset({body.pk})
    return Actor(
        office="Người thử",
        reach=FixedReach(dict.fromkeys(capabilities, bodies)),
        person_id=0,
        body_id=body.pk if body else None,
    )


def below(superior: Body, *, line: Line = Line.TERRITORIAL, **given: Any) -> Body:
    """Return a new body that reports to *superior*."""
    body = BodyFactory(**given)
    ReportsTo.objects.create(body=body, superior=superior, line=line)
    return body


def sign_in(client: Client, mandate: Mandate) -> Client:
    """Sign the mandate's person in, acting under it."""
    client.force_login(mandate.person)
    session = client.session
    session[SESSION_KEY] = mandate.pk
    session.save()
    return client


def send(client: Client, url: str, data: dict[str, Any] | None = None) -> HttpResponse:
    """Post a command with a fresh key."""
    return client.post(url, {"_key": uuid4().hex, **(data or {})})
