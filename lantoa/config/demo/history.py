"""What came before 15 December 2020: prepared, invited, answered, rehearsed."""

from datetime import UTC, datetime, timedelta

from lantoa.access.models import Mandate
from lantoa.access.reach import actor_under
from lantoa.conferences.actions import agenda, preparing, venues
from lantoa.conferences.models import AgendaItem, Conference, Venue
from lantoa.conferences.vocabulary import Check, CheckState
from lantoa.config.demo import article, people
from lantoa.documents.models import Paper
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import BodyRule

PREPARED = datetime(2020, 12, 1, 2, 0, tzinfo=UTC)
INVITED = datetime(2020, 12, 4, 2, 0, tzinfo=UTC)
ANSWERED = datetime(2020, 12, 8, 2, 0, tzinfo=UTC)
REHEARSED = datetime(2020, 12, 14, 7, 0, tzinfo=UTC)


def enter(held: dict[str, Mandate], *, rehearsed: bool = True) -> Conference:
    """Enter the conference as it stood on the eve; return it.

    Args:
        held: the demo's mandates by e-mail address.
        rehearsed: whether to enter what the rehearsal showed of each venue.
    """
    conference = prepare(held)
    secretariat = actor_under(held[people.SECRETARIAT])
    venues.add_venues_by_rule(
        actor=secretariat,
        conference=conference,
        rule=BodyRule.PROVINCES,
        at=PREPARED,
    )
    venues.invite(actor=secretariat, conference=conference, at=INVITED)
    by_body = people.representatives(held)
    seats = Body.objects.in_bulk(article.LANG_SON_SEATS, field_name="slug")
    rows = conference.venues.select_related("body").order_by("position")
    for number, venue in enumerate(rows):
        mandate = by_body.get(venue.body_id)
        if mandate is None:
            continue
        at = ANSWERED + timedelta(minutes=7 * number)
        _answer(mandate, venue, seats, at)
        for check in Check if rehearsed else ():
            venues.check_venue(
                actor=actor_under(mandate),
                venue=venue,
                check=check,
                state=CheckState.GOOD,
                at=REHEARSED + timedelta(minutes=number),
            )
    return conference


def prepare(held: dict[str, Mandate]) -> Conference:
    """Open the conference and write its agenda."""
    secretariat = actor_under(held[people.SECRETARIAT])
    papers = Paper.objects.filter(code__in=article.DIRECTIVES)
    conference = preparing.prepare_conference(
        actor=secretariat,
        host=held[people.SECRETARIAT].body,
        title=article.TITLE,
        purpose=article.PURPOSE,
        chair_office=article.CHAIR,
        place="Hà Nội",
        planned_start=article.STARTS,
        open_to_public=True,
        directives=list(papers),
        at=PREPARED,
    )
    write_agenda(held, conference, article.AGENDA)
    return conference


def write_agenda(
    held: dict[str, Mandate],
    conference: Conference,
    items: tuple[article.Item, ...],
    parent: AgendaItem | None = None,
) -> None:
    """Add *items*, and their parts, to the agenda."""
    for item in items:
        added = agenda.add_item(
            actor=actor_under(held[people.SECRETARIAT]),
            conference=conference,
            kind=item.kind,
            title=item.title,
            minutes=item.minutes,
            presenter_office=item.presenter,
            parent=parent,
            at=PREPARED,
        )
        write_agenda(held, conference, item.parts, added)


def _answer(
    mandate: Mandate, venue: Venue, seats: dict[str, Body], at: datetime
) -> None:
    ours = venue.body.slug == article.LANG_SON
    people_in = 20 + venue.position * 7 % 31  # illustrative, steady
    venues.answer_invitation(
        actor=actor_under(mandate),
        venue=venue,
        room=f"Phòng họp trực tuyến, {venue.body.name}",
        lead_office=article.LANG_SON_LEAD if ours else f"Lãnh đạo {venue.body.name}",
        contact=f"Đầu mối điểm cầu {venue.name}",
        technician=f"Cán bộ kỹ thuật điểm cầu {venue.name}",
        expected=people_in,
        delegates=article.LANG_SON_DELEGATES
        if ours
        else ("Các thành viên Hội đồng phối hợp phổ biến, giáo dục pháp luật",),
        delegations=[venues.Seat(body, 2) for body in seats.values()] if ours else [],
        at=at,
    )
