"""Rows of tasks."""

import factory
from factory.django import DjangoModelFactory

from lantoa.plans.models import Obligation, Task, TaskParty
from lantoa.plans.vocabulary import PartyRole
from tests.factories import NINE, BodyFactory
from tests.factories.documents import ClauseFactory


class TaskFactory(DjangoModelFactory):
    """A task; it needs a lead (PartyFactory) before its transaction commits."""

    class Meta:
        model = Task

    clause = factory.SubFactory(ClauseFactory)
    dispatcher = factory.SelfAttribute("clause.paper.issuer")
    acceptor = factory.SelfAttribute("dispatcher")
    work = "Ban hành kế hoạch thực hiện"
    deadline_text = "Quý I năm 2021"
    dispatched_at = NINE


class PartyFactory(DjangoModelFactory):
    """The lead of a task of its own, or another part."""

    class Meta:
        model = TaskParty

    task = factory.SubFactory(TaskFactory)
    body = factory.SubFactory(BodyFactory)
    role = PartyRole.LEAD


class ObligationFactory(DjangoModelFactory):
    """What the lead of a task of its own owes: once, without a due day."""

    class Meta:
        model = Obligation

    task = factory.SelfAttribute("party.task")
    party = factory.SubFactory(PartyFactory)
    original_due_on = factory.SelfAttribute("due_on")
    due_on = None
