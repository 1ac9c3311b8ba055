"""What of a conference an actor may read: one scope for the list and for each thing."""

from django.db.models import Q, QuerySet

from lantoa.conferences import rules
from lantoa.conferences.models import (
    AgendaItem,
    Conclusion,
    Conference,
    OpeningReport,
    RollCall,
    Turn,
    Venue,
)
from lantoa.conferences.queries import conferences
from lantoa.kernel.actor import Actor


def seen_by(actor: Actor) -> QuerySet[Conference]:
    """Return the conferences that the actor attends, or that anybody may follow."""
    attended = conferences.attended_by(actor).values("pk")
    followed = conferences.watched_by_all().values("pk")
    return Conference.objects.filter(Q(pk__in=attended) | Q(pk__in=followed))


def items_seen_by(actor: Actor) -> QuerySet[AgendaItem]:
    """Return the items of the agendas that the actor may read."""
    return AgendaItem.objects.filter(conference__in=seen_by(actor))


def turns_seen_by(actor: Actor) -> QuerySet[Turn]:
    """Return the turns of the conferences that the actor may follow."""
    return Turn.objects.filter(conference__in=seen_by(actor))


def roll_calls_seen_by(actor: Actor) -> QuerySet[RollCall]:
    """Return the roll calls of the conferences that the actor may follow."""
    return RollCall.objects.filter(conference__in=seen_by(actor))


def venues_seen_by(actor: Actor) -> QuerySet[Venue]:
    """Return the venues whose answer the actor may read: overseen, or their own."""
    own = rules.SPEAK.scope(actor, Venue.objects.filter(conference__in=seen_by(actor)))
    overseen = Q(conference__in=conferences.overseen_by(actor))
    return Venue.objects.filter(overseen | Q(pk__in=own.values("pk")))


def conclusions_seen_by(actor: Actor) -> QuerySet[Conclusion]:
    """Return the conclusions that the actor may read: drafts only who makes them."""
    made = Q(conference__in=conferences.run_by(actor))
    issued = Q(clause__isnull=False, conference__in=seen_by(actor))
    return Conclusion.objects.filter(made | issued)


def opening_reports_seen_by(actor: Actor) -> QuerySet[OpeningReport]:
    """Return the opening reports of the actor's desk, and those on the agenda."""
    run = Q(conference__in=conferences.run_by(actor))
    placed = Q(item__isnull=False, conference__in=conferences.attended_by(actor))
    return OpeningReport.objects.filter(run | placed)
