import pytest

from lantoa.kernel.actor import ANONYMOUS, NOWHERE, Actor, FixedReach, system_actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.kernel.rule import require_anywhere


def test_the_public_holds_nothing():
    assert not ANONYMOUS.signed_in
    assert not ANONYMOUS.may("conferences.read")
    assert ANONYMOUS.reach.rows("conferences.read", "host") == NOWHERE


def test_the_system_holds_what_it_was_given_and_no_more():
    clock = system_actor("conferences.chair")

    assert clock.reach.covers("conferences.chair", 1)
    assert not clock.may("conferences.read")
    with pytest.raises(NotPermitted):
        require_anywhere(clock, "conferences.read")


def test_a_capability_over_no_body_is_none():
    actor = Actor(office="", reach=FixedReach({"files.read": frozenset()}))

    assert not actor.may("files.read")
    assert not actor.reach.covers("files.read", 1)
    assert not actor.reach.covers("files.read", None)
