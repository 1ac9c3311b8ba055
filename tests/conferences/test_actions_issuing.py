import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lantoa.access.vocabulary import Role
from lantoa.conferences.actions.conclusions import issue_conclusions
from lantoa.documents import actions as documents
from lantoa.kernel.actor import system_actor
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import BodyRule
from lantoa.plans.models import Task, TaskParty
from tests.factories import actor_as
from tests.factories.conferences import IN_2020, ConclusionFactory, ConferenceFactory
from tests.organisations.conftest import reference  # noqa: F401

STATEMENTS = 59  # for 10 clauses, however many bodies
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_ten_clauses_reach_63_provinces_in_few_statements():
    documents.load_document_types(
        actor=system_actor("documents.types"), at=timezone.now()
    )
    host = Body.objects.get(slug="hdph-trung-uong")
    conference = ConferenceFactory(host=host, planned_start=IN_2020, closed=True)
    ConclusionFactory.create_batch(
        10,
        conference=conference,
        lead=None,
        lead_rule=BodyRule.PROVINCES,
        confirmed_by=2_000_000,
        confirmed_at=IN_2020,
    )
    chair = actor_as(Role.CHAIR, host)

    with CaptureQueriesContext(connection) as statements:
        issued = issue_conclusions(actor=chair, conference=conference, at=IN_2020)

    assert issued.paper.code == "01/TB-HĐPH"
    assert Task.objects.count() == TaskParty.objects.count() == 630
    assert len(statements) == STATEMENTS, "\n".join(q["sql"] for q in statements)
