"""What pages say of owed work: its due day, its way, its files."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lantoa.kernel.dates import short_date
from lantoa.organisations.queries import working_days_between
from lantoa.plans.models import Obligation, Task
from lantoa.plans.queries.work import Step
from lantoa.plans.vocabulary import Recurrence
from lantoa.ui.parts import Link, Tone

TO_JUDGE = gettext_lazy("Chờ nghiệm thu, quyết định")
_PRESSING = 3  # working days


def due_words(owed: Obligation, today: date) -> tuple[str, Tone]:
    """Return how much time is left, in working days, and how pressing that is."""
    if owed.completed_on is not None:
        return _("hoàn thành ngày %(day)s") % {"day": short_date(owed.completed_on)}, ""
    if not owed.open:
        return _("đã chuyển cho cơ quan kế thừa"), ""
    if owed.due_on is None:
        if owed.task.recurrence == Recurrence.CONTINUOUS:
            return _("thực hiện thường xuyên, không có ngày đến hạn"), ""
        return _("không ghi ngày đến hạn"), ""
    return _time_left(owed.due_on, today)


def _time_left(due_on: date, today: date) -> tuple[str, Tone]:
    left = working_days_between(today, due_on)
    if due_on < today:
        said = ngettext(
            "đã quá hạn %(n)s ngày làm việc", "đã quá hạn %(n)s ngày làm việc", -left
        )
        return said % {"n": -left} if left else _("đã quá hạn"), "bad"
    if due_on == today:
        return _("hôm nay là hạn cuối"), "warn"
    if left == 0:
        return _("không còn ngày làm việc nào trước hạn"), "warn"
    said = ngettext("còn %(n)s ngày làm việc", "còn %(n)s ngày làm việc", left)
    return said % {"n": left}, "warn" if left <= _PRESSING else ""


def way_to(task: Task, way: list[Step]) -> list[Link]:
    """Return where a task comes from: the paper's clause, then the tasks above it.

    A task that the reader may not see is only called by whose it is, without address.
    """
    clause = task.clause
    label = _("%(paper)s, mục %(label)s") % {
        "paper": f"{clause.paper.type.name} {clause.paper.code}",
        "label": clause.label,
    }
    links = [Link(label=label, href=clause.get_absolute_url())]
    for step in way:
        href = reverse("plans:task", args=[step.part.task_id]) if step.readable else ""
        links.append(Link(label=step.part.body.label, href=href))
    return links


def crumbs(owed: Obligation | None = None) -> list[Link]:
    """Return the way to the tasks, to the task, and to what it obliges to."""
    links = [Link(label=_("Nhiệm vụ"), href=reverse("plans:inbox"))]
    if owed is not None:
        clause = owed.task.clause
        label = _("Mục %(label)s") % {"label": clause.label}
        href = reverse("plans:clause", args=[clause.pk])
        links.append(Link(label=label, href=href))
    return links


def crumbs_below(owed: Obligation) -> list[Link]:
    """Return the way to a page below an obligation's."""
    label = owed.task.work[:60]
    return [*crumbs(owed), Link(label=label, href=owed.get_absolute_url())]
