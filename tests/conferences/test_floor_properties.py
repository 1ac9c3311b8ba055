"""Whatever is asked, withdrawn, placed, given and ended: one speaker, one order."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lantoa.conferences.actions import floor
from lantoa.conferences.models import Turn
from lantoa.conferences.models.floor import HOLDING
from lantoa.conferences.queries.floor import order_hash, waiting_line
from lantoa.conferences.queries.venues import tiles
from lantoa.conferences.vocabulary import (
    AlreadyWaiting,
    FloorTaken,
    RequestClass,
    TileState,
    TurnState,
)
from lantoa.kernel.actor import system_actor
from tests.factories import NINE
from tests.factories.conferences import ConferenceFactory, VenueFactory

pytestmark = pytest.mark.django_db
VENUES = 4
ANYBODY = system_actor("conferences.chair", "conferences.prepare", "conferences.speak")
picks = st.integers(0, 20)


class Floor(RuleBasedStateMachine):
    """A floor beside a model of it: who waits, who holds, who was heard."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.conference = ConferenceFactory(live=True)
        self.venues = VenueFactory.create_batch(VENUES, conference=self.conference)
        self.waiting = {}  # pk → (venue, class)
        self.holder = None  # (pk, paused)
        self.heard = set()
        self.at = NINE

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def by(self):
        self.at += timedelta(seconds=7)
        return {"actor": ANYBODY, "at": self.at}

    def pick(self, number):
        return Turn.objects.get(pk=sorted(self.waiting)[number % len(self.waiting)])

    def line(self):
        return list(waiting_line(self.conference.pk))

    @rule(number=st.integers(0, VENUES - 1), klass=st.sampled_from(RequestClass))
    def ask(self, number, klass):
        venue = self.venues[number]
        asked = {"venue": venue, "klass": klass, "topic": "Ý kiến"}
        if (venue.pk, klass) in self.waiting.values():
            with pytest.raises(AlreadyWaiting):
                floor.ask_for_floor(**asked, **self.by())
        else:
            turn = floor.ask_for_floor(**asked, **self.by())
            self.waiting[turn.pk] = (venue.pk, klass)

    @precondition(lambda self: self.waiting)
    @rule(number=picks)
    def withdraw(self, number):
        turn = self.pick(number)
        floor.withdraw(turn=turn, **self.by())
        del self.waiting[turn.pk]

    @precondition(lambda self: self.waiting)
    @rule(number=picks, place=st.integers(-1, 6))
    def place(self, number, place):
        turn = self.pick(number)
        before = self.line()
        family = [each.pk for each in before if each.klass == turn.klass]
        family.remove(turn.pk)
        family.insert(max(0, min(place - 1, len(family))), turn.pk)
        others = [each.pk for each in before if each.klass != turn.klass]

        floor.place_turn(turn=turn, place=place, **self.by())

        after = self.line()
        assert [each.pk for each in after if each.klass == turn.klass] == family
        assert [each.pk for each in after if each.klass != turn.klass] == others

    @precondition(lambda self: self.waiting)
    @rule(number=picks)
    def give(self, number):
        turn = self.pick(number)
        if self.holder:
            with pytest.raises(FloorTaken):
                floor.give_floor(turn=turn, **self.by())
            return
        floor.give_floor(turn=turn, **self.by())
        del self.waiting[turn.pk]
        self.holder = (turn.pk, False)

    @precondition(lambda self: self.holder)
    @rule()
    def pause_or_resume(self):
        pk, paused = self.holder
        step = floor.resume_floor if paused else floor.pause_floor
        step(turn=Turn.objects.get(pk=pk), **self.by())
        self.holder = (pk, not paused)

    @precondition(lambda self: self.holder)
    @rule(passing=st.booleans())
    def end(self, passing):
        pk, paused = self.holder
        turn = Turn.objects.get(pk=pk)
        if passing and paused:
            floor.pass_turn(turn=turn, **self.by())
        else:
            floor.end_floor(turn=turn, **self.by())
            if turn.klass != RequestClass.TECHNICAL:
                self.heard.add(turn.venue_id)
        self.holder = None

    @invariant()
    def at_most_one_speaks(self):
        held = Turn.objects.filter(HOLDING, conference=self.conference)
        assert [turn.pk for turn in held] == ([self.holder[0]] if self.holder else [])
        for turn in held:
            paused = turn.state == TurnState.PAUSED
            assert paused == self.holder[1]

    @invariant()
    def the_queue_has_the_order_of_its_rule(self):
        def key(turn):
            unplaced = turn.placement is None
            heard = turn.venue_id in self.heard
            return turn.klass, unplaced, turn.placement or 0, heard, turn.pk

        line = self.line()
        assert {turn.pk for turn in line} == set(self.waiting)
        assert line == sorted(line, key=key)

    @invariant()
    def every_screen_shows_the_same_order(self):
        line = self.line()
        places = {}
        for place, turn in enumerate(line, start=1):
            places.setdefault(turn.venue_id, place)
        queued = {
            tile.venue.pk: tile.place
            for tile in tiles(self.conference.pk)
            if tile.state == TileState.QUEUED
        }
        if self.holder:  # who speaks and waits again is shown as speaking
            places.pop(Turn.objects.get(pk=self.holder[0]).venue_id, None)
        assert queued == places
        assert order_hash(line) == order_hash(self.line())


def test_one_speaker_and_one_order_whatever_happens():
    run_state_machine_as_test(
        Floor,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
