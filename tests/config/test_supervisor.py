"""Who is started again, and when."""

import time

import pytest

from lantoa.config.processes import spawn
from lantoa.config.supervisor import Service
from lantoa.config.trouble import Trouble


def test_a_child_that_keeps_dying_is_started_ever_later():
    service = Service("x", lambda: spawn(["/bin/false"], environment={}))
    pauses = []
    for _ in range(8):
        service.run()
        service.process.wait()
        service.look()
        pauses.append(service.due_at - time.monotonic())
        assert service.process is None

    expected = [0, 0.25, 0.5, 1, 2, 4, 5, 5]
    assert pauses == pytest.approx(expected, abs=0.2)


def test_a_child_that_cannot_start_is_tried_again(capsys):
    def start():
        raise Trouble("hết chỗ", "no room")

    service = Service("x", start)
    service.run()
    service.look()

    assert service.deaths == 2
    assert service.process is None
    assert capsys.readouterr().out == "hết chỗ (no room)\n" * 2


def test_a_child_that_runs_is_left_alone():
    service = Service("x", lambda: spawn(["/bin/sleep", "60"], environment={}))
    service.run()
    process = service.process
    try:
        service.look()
        assert service.process is process
        assert service.deaths == 0
    finally:
        process.kill()
        process.wait()
