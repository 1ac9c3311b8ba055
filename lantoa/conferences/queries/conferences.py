"""Which conferences, and as whom somebody stands before one."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lantoa.conferences import rules
from lantoa.conferences.models import Conference, Delegation, Directive, Venue
from lantoa.conferences.vocabulary import ConferenceState
from lantoa.kernel.actor import Actor
from lantoa.live.fragments import Authority

_SHOWN = [
    ConferenceState.INVITED,
    ConferenceState.LIVE,
    ConferenceState.CLOSED,
    ConferenceState.CONCLUDED,
]


def watched_by_all() -> QuerySet[Conference]:
    """Return the conferences that anybody may follow."""
    return Conference.objects.filter(open_to_public=True, state__in=_SHOWN)


def attended_by(actor: Actor) -> QuerySet[Conference]:
    """Return the conferences at which the actor chairs, prepares, sits or reads."""
    venues = Venue.objects.filter(conference=OuterRef("pk"))
    seats = Delegation.objects.filter(venue__conference=OuterRef("pk"))
    rows = Conference.objects.all()
    own = [rules.CHAIR, rules.PREPARE, rules.READ]
    mine = Q(pk__in=[])
    for rule in own:
        mine |= Q(pk__in=rule.scope(actor, rows).values("pk"))
    invited = Q(Exists(rules.SPEAK.scope(actor, venues)))
    invited |= Q(Exists(rules.ATTEND.scope(actor, venues)))
    invited |= Q(Exists(rules.SIT_IN.scope(actor, seats)))
    return rows.filter(mine | (invited & Q(state__in=_SHOWN)))


def prepared_by(actor: Actor) -> QuerySet[Conference]:
    """Return the conferences that the actor may prepare."""
    return rules.PREPARE.scope(actor, Conference.objects.all())


def run_by(actor: Actor) -> QuerySet[Conference]:
    """Return the conferences that the actor may run, as chair or secretariat."""
    rows = Conference.objects.all()
    chaired = Q(pk__in=rules.CHAIR.scope(actor, rows).values("pk"))
    return rows.filter(
        chaired | Q(pk__in=rules.PREPARE.scope(actor, rows).values("pk"))
    )


def overseen_by(actor: Actor) -> QuerySet[Conference]:
    """Return the conferences whose preparation the actor may see as a whole."""
    rows = Conference.objects.all()
    seen = Q(pk__in=[])
    for rule in (rules.CHAIR, rules.PREPARE, rules.READ):
        seen |= Q(pk__in=rule.scope(actor, rows).values("pk"))
    return rows.filter(seen)


def spoken_for(actor: Actor) -> QuerySet[Venue]:
    """Return the venues that the actor speaks for, of conferences that invited."""
    rows = Venue.objects.filter(invited_at__isnull=False)
    return rules.SPEAK.scope(actor, rows).select_related("conference", "body")


def listed(rows: QuerySet[Conference]) -> QuerySet[Conference]:
    """Return *rows* as a list shows them: newest first, with how many venues."""
    return (
        rows.select_related("host")
        .annotate(venue_count=Count("venues", distinct=True))
        .order_by("-planned_start", "-pk")
    )


def directives(conference: Conference) -> QuerySet[Directive]:
    """Return the papers that the conference puts into practice, oldest first."""
    return conference.directives.select_related("paper").order_by(
        "paper__issued_on", "pk"
    )


def authority(actor: Actor, conference: Conference) -> Authority | None:
    """Return as whom the actor stands before *conference*; None = not at all."""
    if rules.CHAIR.allows(actor, conference):
        return "chair"
    if rules.PREPARE.allows(actor, conference):
        return "secretariat"
    venues = conference.venues.filter(invited_at__isnull=False)
    if rules.SPEAK.scope(actor, venues).exists():
        return "venue"
    if _sits_in(actor, venues) or rules.READ.allows(actor, conference):
        return "delegate"
    shown = conference.open_to_public and conference.state in _SHOWN
    return "public" if shown else None


def _sits_in(actor: Actor, venues: QuerySet[Venue]) -> bool:
    seats = Delegation.objects.filter(venue__in=venues)
    return (
        rules.ATTEND.scope(actor, venues).exists()
        or rules.SIT_IN.scope(actor, seats).exists()
    )
