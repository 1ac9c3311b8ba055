"""15 December 2020, entered as history: held, concluded, and received by the bodies."""

from datetime import UTC, datetime, timedelta

from lantoa.access.models import Mandate
from lantoa.access.reach import actor_under
from lantoa.conferences.actions import agenda, conclusions, floor, rollcall, running
from lantoa.conferences.models import Conference, RollCall, Venue
from lantoa.conferences.queries.agenda import timeline
from lantoa.conferences.vocabulary import ItemKind, RequestClass
from lantoa.config.demo import article, people, story
from lantoa.documents.models import Paper
from lantoa.kernel.actor import Actor
from lantoa.organisations.vocabulary import BodyRule
from lantoa.plans import actions as plans

OPENED = datetime(2020, 12, 15, 1, 0, tzinfo=UTC)  # 08:00 in Ha Noi: illustrative
ISSUED = datetime(2020, 12, 21, 2, 0, tzinfo=UTC)  # illustrative
ACKNOWLEDGED = datetime(2020, 12, 22, 1, 30, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


def hold(conference: Conference, held: dict[str, Mandate]) -> Paper:
    """Hold the conference that stands on its eve; return the issued conclusions."""
    chair = actor_under(held[people.CHAIR])
    by_body = people.representatives(held)
    venues = [
        (actor_under(by_body[venue.body_id]), venue)
        for venue in conference.venues.order_by("position")
        if venue.body_id in by_body
    ]
    running.open_conference(actor=chair, conference=conference, at=OPENED)
    _call_the_roll(chair, conference, venues)
    _go_through_the_agenda(chair, conference, venues)
    running.close_conference(
        actor=chair, conference=conference, at=OPENED + 200 * _MINUTE
    )
    _conclude(conference, held)
    conference.refresh_from_db()
    if conference.paper is None:
        raise RuntimeError("the conclusions have not left")
    _acknowledge(conference.paper, venues)
    return conference.paper


def _call_the_roll(
    chair: Actor, conference: Conference, venues: list[tuple[Actor, Venue]]
) -> None:
    at = OPENED + 2 * _MINUTE
    rollcall.open_roll_call_round(actor=chair, conference=conference, at=at)
    for number, (speaker, venue) in enumerate(venues):
        rollcall.confirm_presence(
            actor=speaker,
            venue=venue,
            headcount=venue.expected or 20,
            at=at + timedelta(seconds=4 * number),
        )
    rollcall.close_roll_call(
        actor=chair,
        roll_call=RollCall.objects.get(conference=conference),
        at=at + 6 * _MINUTE,
    )


def _go_through_the_agenda(
    chair: Actor, conference: Conference, venues: list[tuple[Actor, Venue]]
) -> None:
    at = OPENED + 10 * _MINUTE
    for row in timeline(conference):
        item = row.item
        if item.kind == ItemKind.SESSION:
            continue
        agenda.start_item(actor=chair, item=item, at=at)
        if item.kind == ItemKind.DISCUSSION and "mô hình hiệu quả" in item.title:
            _discuss(chair, venues, at)
        at += item.minutes * _MINUTE
        agenda.finish_item(actor=chair, item=item, at=at)


def _discuss(chair: Actor, venues: list[tuple[Actor, Venue]], at: datetime) -> None:
    """Let those speak who ask in the telling, too, each for seven minutes."""
    for speaker, venue in venues:
        topic = story.ASKING.get(venue.name)
        if topic is None:
            continue
        turn = floor.ask_for_floor(
            actor=speaker,
            venue=venue,
            klass=RequestClass.GENERAL,
            topic=topic,
            speaker_office=f"Đại diện điểm cầu {venue.name}",
            at=at,
        )
        floor.give_floor(actor=chair, turn=turn, minutes=7, at=at + _MINUTE)
        at += 7 * _MINUTE
        floor.end_floor(actor=chair, turn=turn, at=at)


def _conclude(conference: Conference, held: dict[str, Mandate]) -> None:
    chair = actor_under(held[people.CHAIR])
    secretariat = actor_under(held[people.SECRETARIAT])
    at = OPENED + 180 * _MINUTE
    for said in article.CONCLUSIONS:
        draft = conclusions.draft_conclusion(
            actor=secretariat,
            conference=conference,
            heading=said.heading,
            work=said.work,
            lead=None,
            lead_rule=BodyRule.PROVINCES,
            coordinating=[],
            deadline_text=said.deadline,
            due_on=said.due_on,
            product=said.product,
            at=at,
        )
        conclusions.confirm_conclusion(
            actor=chair, conclusion=draft, at=at + 2 * _MINUTE
        )
        at += 3 * _MINUTE
    conclusions.issue_conclusions(actor=secretariat, conference=conference, at=ISSUED)


def _acknowledge(paper: Paper, venues: list[tuple[Actor, Venue]]) -> None:
    """Let every province acknowledge within days, but for those that keep silent."""
    for number, (speaker, venue) in enumerate(venues):
        if venue.name in story.SILENT:
            continue
        at = ACKNOWLEDGED + timedelta(hours=number)
        plans.receive_all(actor=speaker, body=venue.body, at=at)
        plans.acknowledge_all(
            actor=speaker, body=venue.body, paper=paper, at=at + 20 * _MINUTE
        )
