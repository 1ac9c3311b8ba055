"""What is asked when work is planned, reported, extended and judged."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lantoa.files.vocabulary import MAX_SIZE, FileTooLarge
from lantoa.plans.actions import MilestoneText
from lantoa.plans.models import Milestone
from lantoa.plans.vocabulary import ReasonMissing
from lantoa.ui.fields import day_field

_MOST_ROWS = 60
KEPT_TYPES = (
    "image/*,application/pdf,audio/mpeg,video/mp4,"
    ".pdf,.docx,.xlsx,.odt,.png,.jpg,.jpeg,.webp,.mp3,.mp4"
)
_WHY = {"required": ReasonMissing.message}
WHOLE = "tat-ca"  # instead of a milestone
Row = dict[str, str]


def _text_field(label: Any, rows: int, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, **options)


class MilestoneForm(forms.Form):
    """One row of a plan; all rows have the same names, in their order."""

    use_required_attribute = False  # a row left blank is passed over

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Nội dung công việc"), max_length=300)
    product = forms.CharField(label=_("Sản phẩm"), max_length=300)
    due_on = day_field(label=_("Hoàn thành trước"), required=False)

    def __init__(
        self, row: Row, number: int, *, fixed: str = "", checked: bool = False
    ) -> None:
        super().__init__(
            row if checked else None,
            initial=row,
            auto_id=f"moc-{number}-%s",
            use_required_attribute=False,  # a blank row is passed over, not insisted on
        )
        self.number = number
        self.fixed = fixed  # why it may not be changed, "" if it may
        if fixed:
            for name in ("title", "product", "due_on"):
                self.fields[name].widget.attrs["readonly"] = True

    def said(self) -> MilestoneText:
        """Return the milestone as it was typed."""
        return MilestoneText(**self.cleaned_data)


EMPTY: Row = dict.fromkeys(MilestoneForm.base_fields, "")


def typed_rows(data: QueryDict) -> list[Row]:
    """Return the rows of a plan as they were sent, whatever stands in them."""
    columns = [data.getlist(name) for name in MilestoneForm.base_fields]
    rows = [
        dict(zip(MilestoneForm.base_fields, values, strict=True))
        for values in zip(*columns, strict=False)
    ]
    return rows[:_MOST_ROWS]


def row_of(milestone: Milestone) -> Row:
    """Return a milestone as a row of the form."""
    return {
        "id": str(milestone.pk),
        "title": milestone.title,
        "product": milestone.product,
        "due_on": milestone.due_on.isoformat() if milestone.due_on else "",
    }


def is_blank(row: Row) -> bool:
    """Return whether nothing was typed in a row."""
    return not any(value.strip() for name, value in row.items() if name != "id")


def rearranged(rows: list[Row], press: str) -> list[Row]:
    """Return the rows after a press of "add", "drop-2", "up-2" or "down-2"."""
    rows = list(rows)
    deed, _dash, number = press.partition("-")
    at = int(number) if number.isdecimal() and int(number) < len(rows) else None
    if deed == "add" and len(rows) < _MOST_ROWS:
        rows.append(EMPTY)
    elif at is not None and deed == "drop":
        del rows[at]
    elif at is not None and deed in {"up", "down"}:
        to = at + (1 if deed == "down" else -1)
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
    return rows


class PlanForm(forms.Form):
    """What a plan says beside its milestones."""

    reason = _text_field(
        _("Lý do điều chỉnh"),
        rows=2,
        max_length=500,
        error_messages=_WHY,
        help_text=_("Kế hoạch trước được giữ nguyên trong lịch sử, kèm lý do này."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, replanning: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = replanning


class ReportForm(forms.Form):
    """A report: a note, a file, or both."""

    text = _text_field(
        _("Đã làm được gì?"),
        rows=4,
        required=False,
        max_length=5000,
    )
    file = forms.FileField(
        label=_("Ảnh hoặc tệp minh chứng"),
        required=False,
        help_text=_("Ảnh chụp, PDF, Word, Excel, âm thanh, phim; tối đa 50 MB."),
        widget=forms.FileInput(attrs={"accept": KEPT_TYPES}),
    )
    milestone = forms.ChoiceField(label=_("Báo cáo về"))
    completes = forms.BooleanField(label=_("Đã hoàn thành"), required=False)

    def __init__(
        self, *args: Any, milestones: Sequence[Milestone], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.milestones = {str(each.pk): each for each in milestones}
        steps = [
            (pk, f"{n}. {each.title}")
            for n, (pk, each) in enumerate(self.milestones.items(), start=1)
        ]
        field = self.fields["milestone"]
        field.choices = [(WHOLE, _("Toàn bộ nhiệm vụ")), *steps]  # type: ignore[attr-defined]
        field.required = bool(steps)

    def clean_milestone(self) -> Milestone | None:
        """Return the milestone that was chosen; None is the whole."""
        return self.milestones.get(self.cleaned_data["milestone"])

    def clean_file(self) -> Any:
        """Refuse beforehand what would be refused after reading it all."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_SIZE:
            raise forms.ValidationError(FileTooLarge.message)
        return file


class ExtensionForm(forms.Form):
    """A request for more time."""

    due_on = day_field(label=_("Đề nghị gia hạn đến"))
    reason = _text_field(_("Lý do"), rows=4, max_length=1000)


class VerdictForm(forms.Form):
    """A verdict; why something is given back or refused must be said."""

    reason = _text_field(_("Lý do"), rows=3, max_length=1000, error_messages=_WHY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accepts = self.data.get("do") == "accept"
        if self.accepts:
            self.fields["reason"].required = False


def forms_of(
    rows: Iterable[Row], fixed: Mapping[str, str], *, checked: bool
) -> list[MilestoneForm]:
    """Return the form of each row.

    Args:
        fixed: milestone id → why it may not be changed.
        checked: whether the rows were sent to be saved; if not, nothing is wrong yet.
    """
    return [
        MilestoneForm(row, number, fixed=fixed.get(row["id"], ""), checked=checked)
        for number, row in enumerate(rows)
    ]
