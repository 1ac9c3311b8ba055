"""What every test stands on: a PostgreSQL of its own, and a browser where there is one.

The server is started for the run and gone after it, unless DATABASE_URL names one.
"""

import os
import shutil
from contextlib import ExitStack

import pytest

from lantoa.config.postgres import temporary_server

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items):
    """Mark what starts whole programs: it is run with nothing beside it."""
    for item in items:
        if {"e2e", "config"} & set(item.path.parts):
            item.add_marker(pytest.mark.whole)


@pytest.fixture(scope="session")
def database_server():
    """Give the address of the server of this run; it is in the environment, too."""
    with ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            url = stack.enter_context(temporary_server())
            environment = stack.enter_context(pytest.MonkeyPatch.context())
            environment.setenv("DATABASE_URL", url)
        yield os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_server, django_db_modify_db_settings_parallel_suffix
):
    """Point Django at the server of this run before it makes the test database."""
    from django.db import connections

    from lantoa.config.database import parse_database_url

    connections["default"].settings_dict.update(parse_database_url(database_server))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let the tests that race empty the journal after them; nothing else may."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE journal_entry DISABLE TRIGGER entries_are_never_emptied"
        )
        cursor.execute(
            "ALTER TABLE journal_seal DISABLE TRIGGER seals_are_never_emptied"
        )


@pytest.fixture(scope="session")
def chromium_path():
    """Give the path of Debian's Chromium, or leave the test out and say so."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(
            "cần Chromium: apt-get install chromium (no Chromium on this machine)"
        )
    return path
