"""The embedded server: promises kept over crashes, wherever the checkout lies."""

import os
import signal
import time

import psycopg
import pytest

from lantoa.config import postgres
from lantoa.config.postgres import Cluster, find_account, make_home
from lantoa.config.readiness import make_database
from lantoa.config.supervisor import Supervisor


def until(condition, *, within):
    """Return the first true answer of *condition*, asked again and again."""
    deadline = time.monotonic() + within
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"not {condition} within {within} s"
        time.sleep(0.02)
    return answer


def answers(url):
    try:
        with psycopg.connect(url) as connection:
            return connection.execute(
                "SELECT array_agg(n ORDER BY n) FROM kept"
            ).fetchone()
    except psycopg.OperationalError:
        return None


@pytest.fixture
def closed_folder(tmp_path, monkeypatch):
    """A folder below one of mode 700, where root's helper account cannot go."""
    closed = tmp_path / "closed"
    (closed / "checkout").mkdir(parents=True)
    closed.chmod(0o700)
    system = tmp_path.parent / f"{tmp_path.name}-system"
    if os.geteuid() == 0:  # as /var/lib is: open to all
        for folder in (*tmp_path.parents[:2], tmp_path):
            folder.chmod(0o755)
    monkeypatch.setattr(postgres, "SYSTEM", system)
    previous = os.umask(0o077)
    yield closed / "checkout"
    os.umask(previous)


def test_what_was_committed_is_there_after_kill_9_below_a_closed_folder(closed_folder):
    home = make_home(closed_folder / "postgres")
    cluster = Cluster(home, find_account(home))
    cluster.create()
    supervisor = Supervisor({})
    try:
        supervisor.start_database(cluster, closed_folder / "log")
        make_database(cluster)
        url = cluster.url("lantoa", "lantoa")
        for n in range(3):
            with psycopg.connect(url) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
                connection.execute("INSERT INTO kept VALUES (%s)", [n])
            killed = cluster.process.pid
            os.kill(killed, signal.SIGKILL)

            def back():
                supervisor.look()
                return answers(url)

            assert until(back, within=10) == (list(range(n + 1)),)
            assert cluster.process.pid != killed
    finally:
        supervisor.stop()
    assert cluster.process.poll() == 0
    assert make_home(closed_folder / "postgres") == home


def test_the_programs_role_has_no_special_powers(closed_folder):
    home = make_home(closed_folder / "postgres")
    cluster = Cluster(home, find_account(home))
    cluster.create()
    try:
        cluster.start(closed_folder / "log")
        make_database(cluster)
        make_database(cluster)
        with psycopg.connect(cluster.url("lantoa", "lantoa")) as connection:
            powers = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles"
            found = connection.execute(f"{powers} WHERE rolname = 'lantoa'").fetchone()
            assert found == (False, False, False)
            locale = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'lantoa'"
            assert connection.execute(locale).fetchone() == ("b", "PG_UNICODE_FAST")
        wrong = cluster.url("lantoa", "lantoa").replace(cluster.password(), "guess")
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(wrong)
    finally:
        cluster.stop()
