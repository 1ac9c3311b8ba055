"""The conclusions: drafted by one, confirmed by another, issued as tasks."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from lantoa.conferences import rules
from lantoa.conferences.actions.locking import locked
from lantoa.conferences.events import (
    ConclusionConfirmed,
    ConclusionDrafted,
    ConclusionRemoved,
    ConclusionReturned,
    ConclusionRevised,
    ConclusionsIssued,
)
from lantoa.conferences.models import Conclusion, Conference
from lantoa.conferences.queries.conclusions import (
    bodies_by_rule,
    conclusions,
    leads,
    seat_of,
    wording,
)
from lantoa.conferences.queries.conferences import directives
from lantoa.conferences.vocabulary import (
    AlreadyIssued,
    ClauseIncomplete,
    ConferenceState,
    NotConfirmed,
    NotYetHeld,
    TwoPeopleNeeded,
)
from lantoa.documents import actions as documents
from lantoa.documents.models import Paper
from lantoa.documents.queries import clauses_of
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.kernel.rule import Rule
from lantoa.organisations.actions.applying import hold_register
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import BodyRule
from lantoa.plans import actions as plans
from lantoa.plans.deadlines import insist_on_real_day, recurrence_in


@action
def draft_conclusion(
    *,
    actor: Actor,
    conference: Conference,
    heading: str,
    work: str,
    lead: Body | None,
    lead_rule: BodyRule | None,
    coordinating: Sequence[Body],
    deadline_text: str,
    due_on: date | None,
    product: str,
    at: datetime,
) -> Conclusion:
    """Draft a conclusion; it waits for the chair.

    Raises:
        NotPermitted: the actor doesn't prepare the conference.
        ClauseIncomplete: it lacks work, a lead or a deadline.
        DayOutOfReach: it would fall due before 2000 or after 2100.
        AlreadyIssued: the conclusions have left.
    """
    conference = _still_open(actor, conference.pk, rules.PREPARE)
    _insist_on_complete(work, lead, lead_rule, deadline_text, due_on)
    last = conference.conclusions.aggregate(last=Max("position"))["last"] or 0
    conclusion = Conclusion.objects.create(
        conference=conference,
        position=last + 1,
        heading=heading.strip(),
        work=work.strip(),
        lead=lead,
        lead_rule=lead_rule or "",
        deadline_text=deadline_text.strip(),
        due_on=due_on,
        product=product.strip(),
        drafted_by=actor.person_id or 0,
    )
    conclusion.coordinating.set(coordinating)
    record(ConclusionDrafted(**_about(conclusion)), by=actor, at=at)
    return conclusion


@action
def revise_conclusion(
    *,
    actor: Actor,
    conclusion: Conclusion,
    heading: str,
    work: str,
    lead: Body | None,
    lead_rule: BodyRule | None,
    coordinating: Sequence[Body],
    deadline_text: str,
    due_on: date | None,
    product: str,
    at: datetime,
) -> Conclusion:
    """Change a draft; whoever changes it is its author, and the chair looks again."""
    _still_open(actor, conclusion.conference_id, rules.PREPARE)
    _insist_on_complete(work, lead, lead_rule, deadline_text, due_on)
    conclusion = Conclusion.objects.get(pk=conclusion.pk)
    conclusion.heading, conclusion.work = heading.strip(), work.strip()
    conclusion.lead, conclusion.lead_rule = lead, lead_rule or ""
    conclusion.deadline_text, conclusion.due_on = deadline_text.strip(), due_on
    conclusion.product = product.strip()
    conclusion.drafted_by = actor.person_id or 0
    conclusion.confirmed_by = conclusion.confirmed_at = None
    conclusion.save()
    conclusion.coordinating.set(coordinating)
    record(ConclusionRevised(**_about(conclusion), due_on=due_on), by=actor, at=at)
    return conclusion


@action
def remove_conclusion(*, actor: Actor, conclusion: Conclusion, at: datetime) -> None:
    """Drop a draft."""
    _still_open(actor, conclusion.conference_id, rules.PREPARE)
    record(ConclusionRemoved(**_about(conclusion)), by=actor, at=at)
    Conclusion.objects.filter(pk=conclusion.pk).delete()


@action
def confirm_conclusion(
    *, actor: Actor, conclusion: Conclusion, read: str = "", at: datetime
) -> Conclusion:
    """Confirm a conclusion, as the chair.

    Args:
        read: the mark of the words that the chair read, if the page told it.

    Raises:
        NotConfirmed: it says something else by now.
        NotPermitted: the actor doesn't chair the conference.
        TwoPeopleNeeded: the actor drafted it.
    """
    _still_open(actor, conclusion.conference_id, rules.CHAIR)
    conclusion = Conclusion.objects.get(pk=conclusion.pk)
    if conclusion.confirmed:
        unchanged()
        return conclusion
    if conclusion.drafted_by == actor.person_id:
        raise TwoPeopleNeeded
    if read and read != wording(conclusion):
        raise NotConfirmed(
            _("Kết luận đã được sửa sau khi trang này mở. Hãy đọc lại rồi xác nhận.")
        )
    conclusion.confirmed_by, conclusion.confirmed_at = actor.person_id, at
    conclusion.save(update_fields=["confirmed_by", "confirmed_at"])
    record(ConclusionConfirmed(**_about(conclusion)), by=actor, at=at)
    return conclusion


@action
def return_conclusion(
    *, actor: Actor, conclusion: Conclusion, at: datetime
) -> Conclusion:
    """Give a conclusion back to the secretariat: it is not confirmed any more."""
    _still_open(actor, conclusion.conference_id, rules.CHAIR)
    conclusion = Conclusion.objects.get(pk=conclusion.pk)
    if not conclusion.confirmed:
        unchanged()
        return conclusion
    conclusion.confirmed_by = conclusion.confirmed_at = None
    conclusion.save(update_fields=["confirmed_by", "confirmed_at"])
    record(ConclusionReturned(**_about(conclusion)), by=actor, at=at)
    return conclusion


@action
def issue_conclusions(
    *, actor: Actor, conference: Conference, at: datetime
) -> Conference:
    """Issue the confirmed conclusions: an official paper, and a task for each body.

    All in one transaction: there is no paper without its tasks.

    Raises:
        NotPermitted: the actor neither chairs nor prepares the conference.
        NotConfirmed: a conclusion still waits for the chair, or there is none.
        ClauseIncomplete: one has no lead body on the conference's day.
        NotYetHeld: the conference has not begun.
        AlreadyIssued: they have left.
    """
    hold_register()  # before the conference: a reorganisation holds them in that order
    conference = _still_open(actor, conference.pk, rules.CHAIR, rules.PREPARE)
    if conference.preparing:
        raise NotYetHeld
    drafts = list(conclusions(conference))
    if not drafts or not all(draft.confirmed for draft in drafts):
        raise NotConfirmed
    by_rule = bodies_by_rule(conference)
    paper = _register(actor, conference, drafts, by_rule, at)
    for draft, clause in zip(drafts, clauses_of(paper), strict=True):
        draft.clause = clause
    Conclusion.objects.bulk_update(drafts, ["clause"])
    tasks = _dispatch(actor, conference, drafts, by_rule, at)
    conference.paper = paper
    if not conference.live:
        conference.state = ConferenceState.CONCLUDED
    conference.save(update_fields=["paper", "state"])
    record(
        ConclusionsIssued(conference_id=conference.pk, paper_id=paper.pk, tasks=tasks),
        by=actor,
        at=at,
    )
    return conference


def _register(
    actor: Actor,
    conference: Conference,
    drafts: list[Conclusion],
    by_rule: dict[str, list[Body]],
    at: datetime,
) -> Paper:
    """Enter the notice of conclusions (thông báo kết luận) under its own number."""
    on = at.astimezone(HANOI).date()
    _insist_on_bodies(drafts, by_rule, conference.on)
    obliged = [body for draft in drafts for body in leads(draft, by_rule)]
    obliged += [body for draft in drafts for body in draft.coordinating.all()]
    return documents.issue_notice(
        actor=actor,
        issuer=conference.host,
        issued_on=on,
        place=seat_of(conference.host, on),
        summary=f"Kết luận của chủ trì tại {_in_a_sentence(conference.title)}",
        signed_as=conference.chair_office,
        implements=[each.paper for each in directives(conference)],
        recipients=obliged,
        clauses=[
            documents.ClauseText(str(number), draft.heading, _as_issued(draft))
            for number, draft in enumerate(drafts, start=1)
        ],
        at=at,
    )


def _as_issued(draft: Conclusion) -> str:
    """Return what the notice says: the work, then who, with whom, by when, what."""
    with_whom = ", ".join(body.name for body in draft.coordinating.all())
    said = [
        ("Chủ trì", draft.lead.name if draft.lead else draft.get_lead_rule_display()),
        ("Phối hợp", with_whom),
        ("Thời hạn", draft.deadline_text),
        ("Sản phẩm, kết quả", draft.product),
    ]
    terms = "; ".join(f"{name}: {text}" for name, text in said if text)
    return f"{draft.work}\n{terms}."


def _dispatch(
    actor: Actor,
    conference: Conference,
    drafts: list[Conclusion],
    by_rule: dict[str, list[Body]],
    at: datetime,
) -> int:
    orders = [
        plans.Order(
            clause=draft.clause,
            lead=lead,
            coordinating=[b for b in draft.coordinating.all() if b.pk != lead.pk],
            work=draft.work,
            deadline_text=draft.deadline_text,
            due_on=draft.due_on,
            recurrence=recurrence_in(draft.deadline_text),
            product=draft.product,
            authority=conference.chair_office,
            topic=conference.topic,
        )
        for draft in drafts
        if draft.clause is not None
        for lead in leads(draft, by_rule)
    ]
    plans.dispatch(actor=actor, dispatcher=conference.host, orders=orders, at=at)
    return len(orders)


def _still_open(actor: Actor, conference_id: int, *allowed: Rule) -> Conference:
    """Return the locked conference, if one of *allowed* holds and nothing has left.

    Raises:
        NotPermitted: none of them holds; whether it left is not for this actor.
        AlreadyIssued: the conclusions have left.
    """
    conference = locked(conference_id)
    rules.require_any(actor, conference, *allowed)
    if conference.paper_id is not None:
        raise AlreadyIssued
    return conference


def _insist_on_complete(
    work: str,
    lead: Body | None,
    lead_rule: BodyRule | None,
    deadline_text: str,
    due_on: date | None,
) -> None:
    insist_on_real_day(due_on)
    if not work.strip() or not deadline_text.strip():
        raise ClauseIncomplete
    if (lead is None) == (lead_rule is None):
        raise ClauseIncomplete


def _insist_on_bodies(
    drafts: list[Conclusion], by_rule: dict[str, list[Body]], on: date
) -> None:
    """See that every conclusion obliges somebody on the conference's day.

    Raises:
        ClauseIncomplete: a rule names no body on that day, or the lead is no more.
    """
    for number, draft in enumerate(drafts, start=1):
        if not any(body.holds_on(on) for body in leads(draft, by_rule)):
            raise ClauseIncomplete(
                _("Kết luận số %(number)s chưa có cơ quan nào chủ trì vào ngày họp.")
                % {"number": number}
            )


def _in_a_sentence(title: str) -> str:
    return title[:1].lower() + title[1:]


def _about(conclusion: Conclusion) -> dict[str, int]:
    return {
        "conference_id": conclusion.conference_id,
        "conclusion_id": conclusion.pk,
    }
