"""What is asked when a task is made concrete, reworded, or answered as stale."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.dates import short_date
from lantoa.plans.actions import Wording
from lantoa.plans.actions.wording import WORDING
from lantoa.plans.deadlines import proposed_due_on, recurrence_in
from lantoa.plans.models import Task, TaskVersion
from lantoa.plans.periods import is_periodic
from lantoa.plans.vocabulary import Recurrence
from lantoa.ui.fields import day_field

NAMES = {
    "work": _("Rõ việc"),
    "deadline_text": _("Thời hạn bằng chữ"),
    "due_on": _("Ngày đến hạn"),
    "authority": _("Rõ thẩm quyền"),
    "product": _("Rõ kết quả"),
    "responsibility": _("Rõ trách nhiệm"),
}


class WordingForm(forms.Form):
    """What a task says."""

    work = forms.CharField(
        label=_("Việc phải làm"), widget=forms.Textarea(attrs={"rows": 4})
    )
    deadline_text = forms.CharField(
        label=_("Thời hạn (bằng chữ)"),
        max_length=200,
        help_text=_("Ví dụ: “Quý II”, “trước 30/11”, “thường xuyên”."),
    )
    due_on = day_field(label=_("Ngày đến hạn"), required=False)
    product = forms.CharField(
        label=_("Kết quả, sản phẩm"), max_length=300, required=False
    )
    authority = forms.CharField(label=_("Thẩm quyền"), max_length=300, required=False)
    responsibility = forms.CharField(
        label=_("Trách nhiệm"), max_length=300, required=False
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.on = on  # the day on which words of time are read

    def wording(self) -> Wording:
        """Return what was typed."""
        return Wording(**{name: self.cleaned_data[name] for name in WORDING})

    def clean(self) -> dict[str, Any]:
        """Propose a day where the words name one and none is given."""
        data = super().clean() or {}
        words = data.get("deadline_text", "")
        if self.on and words and not data.get("due_on") and not self.errors:
            self._propose(words)
        return data

    def _propose(self, words: str) -> None:
        proposed = proposed_due_on(words, self.on)
        if proposed is None or self.data.get("undated") == words:
            return
        said = _("“%(words)s” được hiểu là ngày %(day)s. Hãy kiểm tra rồi gửi lại.")
        self.add_error("due_on", said % {"words": words, "day": short_date(proposed)})
        shown = cast("QueryDict", self.data).copy()
        shown["due_on"] = proposed.isoformat()
        shown["undated"] = words  # who empties the day again means it
        self.data = shown


class DeriveForm(WordingForm):
    """A task made concrete; whom it goes to is chosen beside it."""

    recurrence = forms.ChoiceField(
        label=_("Định kỳ"),
        choices=[("", _("Một lần")), *Recurrence.choices],
        required=False,
    )
    undated = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Take the recurrence from the words of time, if none is chosen."""
        data = super().clean() or {}
        if not data.get("recurrence"):
            data["recurrence"] = recurrence_in(data.get("deadline_text", ""))
        if is_periodic(data.get("recurrence", "")):
            self.errors.pop("due_on", None)
        return data


class ReviseForm(WordingForm):
    """Another wording of a task, and why."""

    reason = forms.CharField(
        label=_("Lý do điều chỉnh"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nội dung trước được giữ nguyên trong lịch sử, kèm lý do này."),
    )


class KeepForm(forms.Form):
    """Why a task stays as it is."""

    reason = forms.CharField(
        label=_("Lý do giữ nguyên"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


def initial_of(task: Task | TaskVersion) -> dict[str, Any]:
    """Return the fields of a form that says what *task* says."""
    return {name: getattr(task, name) for name in WORDING}


def said(task: Task | TaskVersion, name: str) -> str:
    """Return one of the clear things as a page says it."""
    value = getattr(task, name)
    return short_date(value) if name == "due_on" and value else str(value or "")


def brought_together(
    old: Task | TaskVersion, new: Task | TaskVersion, mine: Task
) -> dict[str, Any]:
    """Return what adopting proposes, field by field.

    Where mine said what the upstream said, it says what the upstream says now; my own
    words stay. A day of mine that would be too late gives way to the upstream's.
    """
    found = {}
    for name in WORDING:
        before, now, own = (getattr(each, name) for each in (old, new, mine))
        found[name] = now if own == before else own
    if new.due_on and (found["due_on"] is None or found["due_on"] > new.due_on):
        found["due_on"] = new.due_on
    return found
