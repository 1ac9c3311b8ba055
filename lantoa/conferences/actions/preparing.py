"""Preparing a conference: what, when, by which papers, in which order."""

from collections.abc import Sequence
from datetime import datetime

from lantoa.conferences import rules
from lantoa.conferences.actions.locking import being_prepared
from lantoa.conferences.events import ConferencePrepared, ConferenceRevised
from lantoa.conferences.models import AgendaItem, Conference, Directive
from lantoa.documents.models import Paper
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.organisations.models import Body

_REVISABLE = (
    "title",
    "purpose",
    "chair_office",
    "place",
    "planned_start",
    "open_to_public",
)


@action
def prepare_conference(
    *,
    actor: Actor,
    host: Body,
    title: str,
    purpose: str,
    chair_office: str,
    place: str,
    planned_start: datetime,
    open_to_public: bool,
    directives: Sequence[Paper] = (),
    prepared_from: Conference | None = None,
    at: datetime,
) -> Conference:
    """Open a conference for preparation.

    Raises:
        NotPermitted: the actor doesn't prepare the host's conferences.
    """
    conference = Conference(
        host=host,
        title=title.strip(),
        purpose=purpose.strip(),
        chair_office=chair_office.strip(),
        place=place.strip(),
        planned_start=planned_start,
        open_to_public=open_to_public,
        prepared_from=prepared_from,
    )
    rules.PREPARE.require(actor, conference)
    conference.save()
    _set_directives(conference, directives)
    record(
        ConferencePrepared(
            conference_id=conference.pk,
            host_body_id=host.pk,
            prepared_from_id=prepared_from.pk if prepared_from else None,
        ),
        by=actor,
        at=at,
    )
    return conference


@action
def revise_conference(
    *,
    actor: Actor,
    conference: Conference,
    title: str,
    purpose: str,
    chair_office: str,
    place: str,
    planned_start: datetime,
    open_to_public: bool,
    directives: Sequence[Paper],
    at: datetime,
) -> Conference:
    """Change what a conference says of itself, until it begins."""
    conference = being_prepared(actor, conference.pk)
    said = {
        "title": title.strip(),
        "purpose": purpose.strip(),
        "chair_office": chair_office.strip(),
        "place": place.strip(),
        "planned_start": planned_start,
        "open_to_public": open_to_public,
    }
    changed = [name for name in _REVISABLE if getattr(conference, name) != said[name]]
    for name in changed:
        setattr(conference, name, said[name])
    if changed:
        conference.save(update_fields=changed)
    if _set_directives(conference, directives):
        changed.append("directives")
    if changed:
        record(
            ConferenceRevised(conference_id=conference.pk, fields=changed),
            by=actor,
            at=at,
        )
    else:
        unchanged()
    return conference


@action
def prepare_next(
    *,
    actor: Actor,
    conference: Conference,
    title: str,
    planned_start: datetime,
    at: datetime,
) -> Conference:
    """Open a new conference with the host, words, papers and agenda of *conference*."""
    following = prepare_conference(
        actor=actor,
        host=conference.host,
        title=title,
        purpose=conference.purpose,
        chair_office=conference.chair_office,
        place=conference.place,
        planned_start=planned_start,
        open_to_public=conference.open_to_public,
        directives=[each.paper for each in conference.directives.all()],
        prepared_from=conference,
        at=at,
    )
    twins: dict[int, AgendaItem] = {}
    for item in conference.items.order_by("parent_id", "position", "pk"):
        twins[item.pk] = AgendaItem.objects.create(
            conference=following,
            position=item.position,
            kind=item.kind,
            title=item.title,
            minutes=item.minutes,
            presenter_office=item.presenter_office,
        )
    for item in conference.items.filter(parent__isnull=False):
        AgendaItem.objects.filter(pk=twins[item.pk].pk).update(
            parent=twins[item.parent_id or 0]
        )
    return following


def _set_directives(conference: Conference, papers: Sequence[Paper]) -> bool:
    """Make *papers* the conference's directives; return whether they changed."""
    wanted = {paper.pk for paper in papers}
    held = set(conference.directives.values_list("paper_id", flat=True))
    conference.directives.exclude(paper_id__in=wanted).delete()
    Directive.objects.bulk_create(
        Directive(conference=conference, paper_id=pk) for pk in sorted(wanted - held)
    )
    return wanted != held
