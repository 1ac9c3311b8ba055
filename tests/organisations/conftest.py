import pytest
from django.db import connection, transaction
from django.utils import timezone

from lantoa.kernel.actor import system_actor
from lantoa.organisations import actions


@pytest.fixture(scope="module")
def reference(django_db_setup, django_db_blocker):
    """Give all the facts of an installation to the tests of a module, then take them back."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_reference(
            actor=system_actor("organisations.keep"), at=timezone.now()
        )
        with connection.cursor() as cursor:
            # Settled here once; else every test would check all the keys again.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)
