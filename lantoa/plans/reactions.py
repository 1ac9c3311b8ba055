"""What follows the facts about tasks: those whom they concern are told."""

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.journal.reacting import reacts_to
from lantoa.kernel.actor import system_actor
from lantoa.kernel.text import within_sentence
from lantoa.notices.actions import SEND, notify_many
from lantoa.notices.vocabulary import Holders, Message
from lantoa.plans.events import (
    CompletionAccepted,
    CompletionReported,
    CompletionReturned,
    ExtensionDecided,
    ExtensionRequested,
    RevisionAdopted,
    SilenceChased,
    TaskEnded,
    TaskRevised,
    TasksDispatched,
    TasksPassed,
    WorkEvent,
)
from lantoa.plans.models import Task, TaskParty
from lantoa.plans.vocabulary import Decision, PartyRole


@reacts_to(TasksDispatched, news=True)
def tell_of_dispatch(fact: TasksDispatched) -> None:
    """Tell the officers of every body what it was given, each its own."""
    parts = TaskParty.objects.filter(task__in=fact.task_ids).exclude(
        body=fact.dispatcher
    )
    leads = _("Nhiệm vụ mới: %(work)s (%(deadline)s).")
    beside = _("Nhiệm vụ mới phải phối hợp: %(work)s (%(deadline)s).")
    _tell(
        Message(
            kind="plans.dispatched",
            to=Holders("tasks.receive", (part.body_id,)),
            subject=f"task:{part.task_id}",
            occasion="dispatched",
            href=part.task.get_absolute_url(),
            words=leads if part.role == PartyRole.LEAD else beside,
            params={
                "work": within_sentence(part.task.work),
                "deadline": part.task.deadline_text,
            },
        )
        for part in parts.select_related("task").order_by("pk")
    )


@reacts_to(SilenceChased, news=True)
def tell_the_silent(fact: SilenceChased) -> None:
    """Tell the officers of a silent body that its answer is missed, once a day."""
    _tell(
        [
            Message(
                kind="plans.dispatched",
                to=Holders("tasks.receive", (fact.body_id,)),
                subject=f"paper:{fact.paper_id}",
                occasion=f"chased:{timezone.localdate()}",
                href=reverse("plans:inbox") + "?xem=cho",
                words=_(
                    "Cơ quan giao việc nhắc: %(count)s nhiệm vụ của cơ quan bạn "
                    "chưa được xác nhận."
                ),
                params={"count": fact.number},
            )
        ]
    )


@reacts_to(TasksPassed, news=True)
def tell_of_passing(fact: TasksPassed) -> None:
    """Tell the officers of the taker how much came to them."""
    _tell(
        [
            Message(
                kind="plans.dispatched",
                to=Holders("tasks.receive", (fact.successor_id,)),
                subject=f"body:{fact.successor_id}",
                occasion=f"passed:{fact.reorganisation_id}",
                href=reverse("plans:inbox"),
                words=_(
                    "%(count)s nhiệm vụ đang mở của cơ quan được sắp xếp "
                    "đã chuyển sang cơ quan bạn."
                ),
                params={"count": fact.moved},
            )
        ]
    )


@reacts_to(CompletionReported, news=True)
def tell_who_judges(fact: CompletionReported) -> None:
    """Tell the officers of the acceptor that something waits for their verdict."""
    _tell_above(
        fact,
        fact.acceptor,
        f"reported:{fact.progress_id}",
        reverse("plans:judge", args=[fact.progress_id]),
        _("%(body)s báo cáo hoàn thành: %(work)s."),
    )


@reacts_to(ExtensionRequested, news=True)
def tell_who_decides(fact: ExtensionRequested) -> None:
    """Tell the officers of the acceptor that more time is asked for."""
    _tell_above(
        fact,
        fact.acceptor,
        f"extension:{fact.extension_id}",
        reverse("plans:decide_extension", args=[fact.extension_id]),
        _("%(body)s đề nghị gia hạn: %(work)s."),
    )


@reacts_to(CompletionAccepted, news=True)
def tell_of_acceptance(fact: CompletionAccepted) -> None:
    """Tell the officers of the lead that their work was taken as done."""
    words = _("Đã nghiệm thu: %(work)s.")
    _tell_lead(fact, f"accepted:{fact.progress_id}", words)


@reacts_to(CompletionReturned, news=True)
def tell_of_return(fact: CompletionReturned) -> None:
    """Tell the officers of the lead that their work came back, and why."""
    words = _("Trả lại báo cáo hoàn thành: %(work)s. Lý do: %(reason)s")
    _tell_lead(fact, f"returned:{fact.progress_id}", words, reason=fact.reason[:300])


@reacts_to(ExtensionDecided, news=True)
def tell_of_decision(fact: ExtensionDecided) -> None:
    """Tell the officers of the lead what became of their request."""
    words = _("Gia hạn %(work)s: %(decision)s.")
    decision = Decision(fact.decision).label
    _tell_lead(fact, f"decided:{fact.extension_id}", words, decision=decision)


@reacts_to(TaskRevised, news=True)
def tell_of_revision(fact: TaskRevised) -> None:
    """Tell the lead that its task says something else, and who derived from it."""
    _tell_of_wording(fact.task_ids[0], fact.version, fact.stale)


@reacts_to(RevisionAdopted, news=True)
def tell_of_adoption(fact: RevisionAdopted) -> None:
    """Tell the lead of a task that was reworded by an adoption, and those below."""
    task = Task.objects.get(pk=fact.task_ids[0])
    if task.version > 1:
        _tell_of_wording(task.pk, task.version, fact.stale)


@reacts_to(TaskEnded, news=True)
def tell_of_end(fact: TaskEnded) -> None:
    """Tell everybody who has a part that the task ends."""
    parts = TaskParty.objects.filter(task__in=fact.task_ids).select_related("task")
    _tell(
        Message(
            kind="plans.revised",
            to=Holders("tasks.receive", (part.body_id,)),
            subject=f"task:{part.task_id}",
            occasion="ended",
            href=part.task.get_absolute_url(),
            words=_("Thôi thực hiện: %(work)s. Lý do: %(reason)s"),
            params={
                "work": within_sentence(part.task.work),
                "reason": fact.reason[:300],
            },
        )
        for part in parts.order_by("pk")
    )


def _tell_of_wording(task_id: int, version: int, stale: list[int]) -> None:
    task = Task.objects.filter(pk=task_id).first()
    if task is None:  # a successor whose reorganisation was taken back
        return
    parts = TaskParty.objects.filter(task=task).exclude(body=task.dispatcher_id)
    said = {"work": within_sentence(task.work)}
    messages = [
        Message(
            kind="plans.revised",
            to=Holders("tasks.receive", (part.body_id,)),
            subject=f"task:{task_id}",
            occasion=f"revised:{version}",
            href=task.get_absolute_url(),
            words=_("Cấp trên điều chỉnh nhiệm vụ: %(work)s."),
            params=said,
        )
        for part in parts.order_by("pk")
    ]
    derived = Task.objects.filter(pk__in=stale)
    by_body = Counter(derived.values_list("dispatcher_id", flat=True))
    messages += [
        Message(
            kind="plans.revised",
            to=Holders("tasks.dispatch", (body_id,)),
            subject=f"task:{task_id}",
            occasion=f"stale:{version}",
            href=reverse("plans:stale"),
            words=_("%(count)s nhiệm vụ đã cụ thể hóa cần đối chiếu: %(work)s."),
            params={**said, "count": count},
        )
        for body_id, count in sorted(by_body.items())
    ]
    _tell(messages)


def _tell_above(
    fact: WorkEvent, body_id: int, occasion: str, href: str, words: str | Promise
) -> None:
    part = _lead_of(fact)
    if part is None:
        return
    _tell(
        [
            Message(
                kind="plans.to_judge",
                to=Holders("tasks.accept", (body_id,)),
                subject=f"obligation:{fact.obligation_id}",
                occasion=occasion,
                href=href,
                words=words,
                params={
                    "body": part.body.label,
                    "work": within_sentence(part.task.work),
                },
            )
        ]
    )


def _tell_lead(
    fact: WorkEvent, occasion: str, words: str | Promise, **more: str | Promise
) -> None:
    part = _lead_of(fact)
    if part is None:
        return
    _tell(
        [
            Message(
                kind="plans.judged",
                to=Holders("tasks.receive", (part.body_id,)),
                subject=f"obligation:{fact.obligation_id}",
                occasion=occasion,
                href=reverse("plans:obligation", args=[fact.obligation_id]),
                words=words,
                params={"work": within_sentence(part.task.work), **more},
            )
        ]
    )


def _lead_of(fact: WorkEvent) -> TaskParty | None:
    """Return the lead's part; None if it is gone with a reorganisation taken back."""
    parts = TaskParty.objects.filter(task=fact.task_id, role=PartyRole.LEAD)
    return parts.select_related("body", "task").first()


def _tell(messages: Iterable[Message]) -> None:
    notify_many(actor=system_actor(SEND), messages=messages, at=timezone.now())
