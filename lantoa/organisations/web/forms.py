"""What who keeps the register fills in; fields bear the names of the arguments."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantoa.organisations import queries
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import BodyKind, Line, SeatRole, UnitKind
from lantoa.ui.fields import day_field


class BodyByName(forms.CharField):
    """A field that reads the whole name of one body, with or without diacritics."""

    def __init__(self, *, on: date | None = None, **given: Any) -> None:
        help_text = _("Tên đầy đủ hoặc tên gọi tắt, có dấu hoặc không dấu.")
        super().__init__(max_length=200, **{"help_text": help_text, **given})
        self.on = on

    def clean(self, value: Any) -> Body | None:
        """Return the body that is meant.

        Raises:
            ValidationError: no body, or more than one, bears the name.
        """
        text: str = super().clean(value)
        if not text:
            return None
        named = queries.parse_pasted_names(text, self.on or date.max)
        if len(named) == 1 and named[0].body:
            return named[0].body
        if named and named[0].ambiguous:
            raise forms.ValidationError(
                _("Nhiều cơ quan có tên này; hãy ghi tên đầy đủ.")
            )
        raise forms.ValidationError(_("Không có cơ quan nào mang tên này."))


class KeepingForm(forms.Form):
    """A form whose names of bodies are those of a day."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, BodyByName):
                field.on = on


class RenameUnitForm(KeepingForm):
    """Another kind or name of a unit."""

    kind = forms.TypedChoiceField(
        label=_("Loại"), choices=UnitKind.choices, coerce=UnitKind
    )
    name = forms.CharField(
        label=_("Tên"), max_length=100, help_text=_("Không kèm loại: Lạng Sơn.")
    )
    on = day_field(label=_("Từ ngày"))


class EnterBodyForm(KeepingForm):
    """A new body."""

    kind = forms.TypedChoiceField(
        label=_("Loại"), choices=BodyKind.choices, coerce=BodyKind
    )
    name = forms.CharField(label=_("Tên"), max_length=200)
    short_name = forms.CharField(label=_("Tên gọi tắt"), max_length=120, required=False)
    superior = BodyByName(label=_("Cơ quan cấp trên"), required=False)
    line = forms.TypedChoiceField(
        label=_("Ngành dọc"),
        choices=Line.choices,
        coerce=Line,
        initial=Line.TERRITORIAL,
    )
    valid_from = day_field(label=_("Thành lập từ ngày"), required=False)


class RenameBodyForm(KeepingForm):
    """Another name of a body, which makes its successor."""

    name = forms.CharField(label=_("Tên mới"), max_length=200)
    short_name = forms.CharField(label=_("Tên gọi tắt"), max_length=120, required=False)
    on = day_field(label=_("Từ ngày"))
    basis = forms.CharField(label=_("Căn cứ"), max_length=200)


class EndBodyForm(KeepingForm):
    """The end of a body."""

    valid_until = day_field(label=_("Kết thúc từ ngày"))
    basis = forms.CharField(label=_("Căn cứ"), max_length=200)


class SuperiorForm(KeepingForm):
    """Who a body reports to in a line of work."""

    superior = BodyByName(label=_("Cơ quan cấp trên"))
    line = forms.TypedChoiceField(
        label=_("Ngành dọc"), choices=Line.choices, coerce=Line
    )
    valid_from = day_field(label=_("Từ ngày"))


class SeatForm(KeepingForm):
    """An office on a council."""

    role = forms.TypedChoiceField(
        label=_("Cương vị"), choices=SeatRole.choices, coerce=SeatRole
    )
    body = BodyByName(label=_("Cơ quan"))
    office = forms.CharField(
        label=_("Chức danh"),
        max_length=200,
        help_text=_("Chỉ ghi chức danh, không ghi tên người."),
    )
    valid_from = day_field(label=_("Từ ngày"), required=False)
    source = forms.CharField(label=_("Nguồn, căn cứ"), max_length=200, required=False)


class EndForm(KeepingForm):
    """The day on which a line or a seat ends."""

    valid_until = day_field(label=_("Kết thúc từ ngày"))


class CalendarDayForm(KeepingForm):
    """A day that is worked or free otherwise than the list says."""

    day = day_field(label=_("Ngày"))
    working = forms.TypedChoiceField(
        label=_("Ngày này là"),
        choices=[("", _("Chọn")), ("no", _("ngày nghỉ")), ("yes", _("ngày làm việc"))],
        coerce=lambda said: said == "yes",
    )
    name = forms.CharField(
        label=_("Tên gọi"),
        max_length=120,
        help_text=_("Ví dụ: Nghỉ, làm bù vào ngày 10/01/2026."),
    )
    basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=200,
        help_text=_("Số, ký hiệu và ngày của văn bản."),
    )
