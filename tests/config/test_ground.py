import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_run_has_a_postgresql_of_its_own():
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ĐIỆN'), current_setting('fsync')")
        assert cursor.fetchone() == ("điện", "off")
