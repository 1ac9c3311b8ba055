"""The report at the opening: drafted from figures, placed, and carried on from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from lantoa.conferences import rules
from lantoa.conferences.actions.agenda import add_item
from lantoa.conferences.actions.locking import locked
from lantoa.conferences.events import (
    ClauseCarriedOver,
    ConclusionDrafted,
    OpeningReportDrafted,
    OpeningReportPlaced,
    OpeningReportUpdated,
)
from lantoa.conferences.models import (
    AgendaItem,
    Conclusion,
    Conference,
    OpeningClause,
    OpeningReport,
    OpeningVersion,
)
from lantoa.conferences.queries.opening import figures_of, task_clauses
from lantoa.conferences.vocabulary import (
    AlreadyCarried,
    AlreadyIssued,
    AlreadyPlaced,
    AlreadyReported,
    ClauseIncomplete,
    ItemKind,
    NotConclusions,
    RemarkedMeanwhile,
)
from lantoa.documents.models import Paper
from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.organisations import queries as organisations
from lantoa.organisations.models import Body
from lantoa.plans.deadlines import insist_on_real_day

_TITLE = 300  # characters of an item's title


@action
def draft_opening_report(
    *, actor: Actor, conference: Conference, about: Paper, at: datetime
) -> OpeningReport:
    """Draft what *conference* is told of the conclusions *about*, clause by clause.

    Nothing is typed: the figures are those of the day.

    Raises:
        NotPermitted: the actor doesn't prepare the conference.
        NotConclusions: the paper has set no tasks.
        AlreadyReported: the conference has a report on it.
    """
    conference = locked(conference.pk)
    rules.PREPARE.require(actor, conference)
    clauses = task_clauses(about)
    if not clauses:
        raise NotConclusions
    if conference.opening_reports.filter(about=about).exists():
        raise AlreadyReported
    report = OpeningReport.objects.create(
        conference=conference, about=about, drafted_by=actor.person_id or 0
    )
    OpeningClause.objects.bulk_create(
        OpeningClause(report=report, clause=clause) for clause in clauses
    )
    version = _add_version(actor, report, at)
    record(
        OpeningReportDrafted(
            conference_id=conference.pk, paper_id=about.pk, as_of=version.as_of
        ),
        by=actor,
        at=at,
    )
    return report


@action
def update_opening_report(
    *,
    actor: Actor,
    report: OpeningReport,
    remarks: Mapping[int, str],
    reason: str = "",
    seen: int | None = None,
    at: datetime,
) -> OpeningVersion:
    """Give the report its next version: the figures of the day, and *remarks*.

    Args:
        remarks: by clause id; a clause that is not named keeps its remark.
        seen: number of the version that the writer had before them, so that of two
            who write at once each changes just what they wrote, and neither undoes
            the other unseen.

    Raises:
        NotPermitted: the actor doesn't prepare the conference.
        RemarkedMeanwhile: a remark that was changed was changed by somebody else, too.
    """
    rules.PREPARE.require(actor, locked(report.conference_id))
    read = {} if seen is None else _remarks_of(report, seen)
    for row in report.clauses.select_related("clause"):
        now = _lines(row.remark)
        before = read.get(row.clause_id, now)
        said = _lines(remarks.get(row.clause_id, now))
        if said in {before, now}:
            continue
        if now != before:
            raise RemarkedMeanwhile(
                _(
                    "Đánh giá về “%(clause)s” vừa được người khác của ban thư ký sửa. "
                    "Nội dung bạn nhập vẫn còn: hãy mở phiên bản mới nhất ở cửa sổ "
                    "khác, đối chiếu rồi nhập lại tại đó."
                )
                % {"clause": row.clause}
            )
        row.remark = said
        row.save(update_fields=["remark"])
    version = _add_version(actor, report, at, reason.strip())
    report.drafted_by = actor.person_id or 0
    report.save(update_fields=["drafted_by"])
    record(
        OpeningReportUpdated(
            conference_id=report.conference_id,
            paper_id=report.about_id,
            as_of=version.as_of,
            version=version.number,
        ),
        by=actor,
        at=at,
    )
    return version


@action
def place_opening_report(
    *,
    actor: Actor,
    report: OpeningReport,
    minutes: int,
    presenter_office: str,
    at: datetime,
) -> AgendaItem:
    """Put the report on the agenda of its conference, as a report.

    Raises:
        NotPermitted: the actor doesn't prepare the conference.
        AlreadyPlaced: it is there.
        NotPreparing: the agenda is history.
    """
    rules.PREPARE.require(actor, locked(report.conference_id))
    report = OpeningReport.objects.select_for_update().get(pk=report.pk)
    if report.item_id is not None:
        raise AlreadyPlaced
    title = f"Báo cáo tình hình thực hiện {report.about}"
    item = add_item(
        actor=actor,
        conference=report.conference,
        kind=ItemKind.REPORT,
        title=title[:_TITLE],
        minutes=minutes,
        presenter_office=presenter_office,
        at=at,
    )
    report.item = item
    report.save(update_fields=["item"])
    record(
        OpeningReportPlaced(
            conference_id=report.conference_id,
            paper_id=report.about_id,
            item_id=item.pk,
        ),
        by=actor,
        at=at,
    )
    return item


@action
def carry_over(
    *,
    actor: Actor,
    reported: OpeningClause,
    work: str,
    deadline_text: str,
    due_on: date | None,
    at: datetime,
) -> Conclusion:
    """Let an earlier clause go on in the new conclusions, with its lead, newly dated.

    The chair or the secretariat asks for it. The draft stands in the name of whoever
    drafted the report when the chair asks, so that the chair can confirm it.

    Raises:
        NotPermitted: the actor neither chairs nor prepares the conference.
        AlreadyIssued: the new conclusions have left.
        AlreadyCarried: it was carried over before.
        ClauseIncomplete: it lacks work or a deadline.
        DayOutOfReach: it would fall due before 2000 or after 2100.
    """
    conference = locked(reported.report.conference_id)
    rules.require_any(actor, conference, rules.CHAIR, rules.PREPARE)
    if conference.paper_id is not None:
        raise AlreadyIssued
    reported = OpeningClause.objects.select_for_update(of=("self",)).get(pk=reported.pk)
    if reported.carried_id is not None:
        raise AlreadyCarried
    if not work.strip() or not deadline_text.strip():
        raise ClauseIncomplete
    insist_on_real_day(due_on)
    draft = _carried(actor, conference, reported, work, deadline_text)
    draft.due_on = due_on
    draft.save(force_insert=True)
    draft.coordinating.set(_coordinating(reported, conference, draft.lead_id))
    reported.carried = draft
    reported.save(update_fields=["carried"])
    ids = {"conference_id": conference.pk, "conclusion_id": draft.pk}
    record(ConclusionDrafted(**ids), by=actor, at=at)
    record(
        ClauseCarriedOver(
            **ids, paper_id=reported.report.about_id, clause_id=reported.clause_id
        ),
        by=actor,
        at=at,
    )
    return draft


def _remarks_of(report: OpeningReport, number: int) -> dict[int, str]:
    """Return the remarks of one version by clause id, {} if it is not known."""
    version = report.versions.filter(number=number).first()
    stored = version.content if version else {}
    return {int(pk): _lines(told["remark"]) for pk, told in stored.items()}


def _lines(text: str) -> str:
    """Return *text* with its lines ended in one way: browsers end them in another."""
    return text.strip().replace("\r\n", "\n")


def _carried(
    actor: Actor,
    conference: Conference,
    reported: OpeningClause,
    work: str,
    deadline_text: str,
) -> Conclusion:
    """Return the draft that carries the clause on, with the lead that it had."""
    earlier = Conclusion.objects.filter(clause=reported.clause_id).first()
    last = conference.conclusions.aggregate(last=Max("position"))["last"] or 0
    secretariat = rules.PREPARE.allows(actor, conference)
    author = (actor.person_id or 0) if secretariat else reported.report.drafted_by
    return Conclusion(
        conference=conference,
        position=last + 1,
        heading=reported.clause.heading[:200],
        work=work.strip(),
        lead=_today(conference, [earlier.lead_id] if earlier else []),
        lead_rule=earlier.lead_rule if earlier else "",
        deadline_text=deadline_text.strip(),
        product=earlier.product if earlier else "",
        drafted_by=author,
    )


def _coordinating(
    reported: OpeningClause, conference: Conference, lead_id: int | None
) -> list[Body]:
    """Return who coordinated, or who holds their work on the conference's day."""
    earlier = Conclusion.objects.filter(clause=reported.clause_id).first()
    if earlier is None:
        return []
    asked = list(earlier.coordinating.values_list("pk", flat=True))
    holders = organisations.current_holder(asked, conference.on)
    return [body for body in holders.values() if body.pk != lead_id]


def _today(conference: Conference, body_ids: Sequence[int | None]) -> Body | None:
    """Return who holds the work of a body on the conference's day, None for none."""
    asked = [pk for pk in body_ids if pk is not None]
    holders = organisations.current_holder(asked, conference.on) if asked else {}
    return next(iter(holders.values()), None)


def _add_version(
    actor: Actor, report: OpeningReport, at: datetime, reason: str = ""
) -> OpeningVersion:
    """Keep the report as it stands: the figures of the day, and the remarks."""
    as_of = at.astimezone(HANOI).date()
    rows = list(report.clauses.all())
    figures = figures_of([row.clause_id for row in rows], as_of)
    content: dict[str, Any] = {
        str(row.clause_id): {"remark": row.remark, **figures[row.clause_id].stored()}
        for row in rows
    }
    last = report.versions.aggregate(last=Max("number"))["last"] or 0
    return OpeningVersion.objects.create(
        report=report,
        number=last + 1,
        as_of=as_of,
        content=content,
        reason=reason,
        office=actor.office,
        mandate_id=actor.mandate_id,
        at=at,
    )
