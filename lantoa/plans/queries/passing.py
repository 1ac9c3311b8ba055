"""What of the tasks a reorganisation would touch: counted, without a write."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from lantoa.organisations.consequences import SAMPLE, Moves, Touched, TouchedLine
from lantoa.plans.models import Obligation, Progress, Task, TaskParty
from lantoa.plans.periods import PERIODIC
from lantoa.plans.vocabulary import PartyRole, Verdict


def carried_on() -> QuerySet[Task]:
    """Return the tasks of which something is owed, or will be in a period to come."""
    owed = Obligation.objects.filter(
        task=OuterRef("pk"), accepted_at=None, passed_at=None
    )
    recurring = Q(recurrence__in=PERIODIC, ended_on=None)
    passed = Task.objects.filter(succeeds=OuterRef("pk"))
    return Task.objects.filter(Exists(owed) | recurring, ~Exists(passed))


def led_by(body_ids: Sequence[int]) -> QuerySet[Task]:
    """Return the tasks carried on that one of the bodies leads."""
    lead = TaskParty.objects.filter(
        task=OuterRef("pk"), role=PartyRole.LEAD, body__in=body_ids
    )
    return carried_on().filter(Exists(lead))


def parts_beside(body_ids: Sequence[int]) -> QuerySet[TaskParty]:
    """Return the coordinating parts of the bodies in tasks that others lead."""
    return TaskParty.objects.filter(
        role=PartyRole.COORDINATING,
        body__in=body_ids,
        task__in=carried_on(),
    ).exclude(task__in=led_by(body_ids))


def judged_by(body_ids: Sequence[int]) -> QuerySet[Task]:
    """Return the tasks whose completion the bodies judge, and that others lead."""
    return carried_on().filter(acceptor__in=body_ids).exclude(pk__in=led_by(body_ids))


def touched(moves: Moves, on: date) -> list[Touched]:
    """Return what passes to whom, in four statements however many tasks there are."""
    old = moves.old_ids
    return [_led(moves, on), _beside(moves, old), _judged(moves, old)]


def _led(moves: Moves, on: date) -> Touched:
    late = Obligation.objects.filter(
        task=OuterRef("pk"), accepted_at=None, passed_at=None, due_on__lt=on
    )
    rows = (
        Task.objects.filter(pk__in=led_by(moves.old_ids).values("pk"))
        .filter(parties__role=PartyRole.LEAD)
        .values_list("parties__body_id")
        .annotate(tasks=Count("pk"), late=Count("pk", filter=Exists(late)))
        .order_by("parties__body_id")
    )
    tasks: Counter[int] = Counter()
    overdue: Counter[int] = Counter()
    from_: defaultdict[int, int] = defaultdict(int)
    for body_id, count, late_count in rows:
        taker = moves.takers[body_id]
        tasks[taker] += count
        overdue[taker] += late_count
        from_[taker] += 1
    lines = [
        TouchedLine(moves.name(pk), note=_said(count, from_[pk], overdue[pk]))
        for pk, count in tasks.most_common(SAMPLE)
    ]
    waiting = Progress.objects.filter(
        verdict=Verdict.PENDING,
        obligation__passed_at=None,
        obligation__party__body__in=moves.old_ids,
    ).count()
    warnings = [
        _("%(count)s báo cáo hoàn thành đang chờ nghiệm thu được chuyển theo nhiệm vụ.")
        % {"count": waiting}
    ]
    return Touched(
        _("Nhiệm vụ đang mở chuyển sang cơ quan kế thừa"),
        tasks.total(),
        lines,
        warnings if waiting else [],
    )


def _said(tasks: int, bodies: int, overdue: int) -> str:
    words = {"tasks": tasks, "bodies": bodies, "overdue": overdue}
    if overdue:
        return (
            _("%(tasks)s nhiệm vụ từ %(bodies)s cơ quan, %(overdue)s đã quá hạn")
            % words
        )
    return _("%(tasks)s nhiệm vụ từ %(bodies)s cơ quan") % words


def _beside(moves: Moves, old: Sequence[int]) -> Touched:
    rows = parts_beside(old).values_list("body_id").annotate(Count("pk"))
    return Touched(
        _("Nhiệm vụ phối hợp thêm cơ quan kế thừa"), *_counted(moves, dict(rows))
    )


def _judged(moves: Moves, old: Sequence[int]) -> Touched:
    rows = judged_by(old).values_list("acceptor_id").annotate(Count("pk"))
    return Touched(_("Nhiệm vụ đổi cơ quan nghiệm thu"), *_counted(moves, dict(rows)))


def _counted(moves: Moves, by_body: dict[int, int]) -> tuple[int, list[TouchedLine]]:
    tasks: Counter[int] = Counter()
    for body_id, count in by_body.items():
        tasks[moves.takers[body_id]] += count
    lines = [
        TouchedLine(moves.name(pk), note=_("%(tasks)s nhiệm vụ") % {"tasks": count})
        for pk, count in tasks.most_common(SAMPLE)
    ]
    return tasks.total(), lines
