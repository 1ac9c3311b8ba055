"""What who keeps the register says of a reorganisation and its changes."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.organisations import queries
from lantoa.organisations.actions import Founding
from lantoa.organisations.models import Body, Reorganisation, Unit
from lantoa.organisations.vocabulary import BodyKind, ChangeKind, Level, Line
from lantoa.organisations.web.forms import BodyByName, KeepingForm
from lantoa.organisations.web.picking import Pick
from lantoa.ui.fields import day_field


class DraftForm(KeepingForm):
    """Title, basis and day."""

    title = forms.CharField(
        label=_("Tên đợt sắp xếp"),
        max_length=300,
        help_text=_("Ví dụ: Sắp xếp đơn vị hành chính cấp tỉnh năm 2025."),
    )
    basis = forms.CharField(
        label=_("Căn cứ pháp lý"),
        max_length=200,
        help_text=_("Số, ngày và cơ quan ban hành văn bản."),
    )
    effective_on = day_field(
        label=_("Có hiệu lực từ ngày"),
        help_text=_("Ngày đã qua hoặc sắp tới đều được."),
    )


class KnownForm(forms.Form):
    """Which of the known successions are taken over."""

    level = forms.ChoiceField(
        label=_("Cấp"),
        required=False,
        choices=[("", _("Mọi cấp")), *Level.choices],
    )
    province = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Tỉnh, thành phố"), required=False
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        eve = on - timedelta(days=1)
        names: dict[int, str] = {
            unit.pk: unit.full_name
            for day in (on, eve)
            for unit in queries.units_at(day, Level.PROVINCE)
        }
        field = self.fields["province"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Unit.objects.filter(pk__in=names)
            field.empty_label = str(_("Cả nước"))
            field.choices = [("", _("Cả nước")), *names.items()]


class FoundingForm(KeepingForm):
    """The body to be founded, where none of the register takes over."""

    name = forms.CharField(label=_("Tên"), max_length=200, required=False)
    short_name = forms.CharField(label=_("Tên gọi tắt"), max_length=120, required=False)
    kind = forms.TypedChoiceField(
        label=_("Loại"),
        choices=[("", _("Như cơ quan cũ")), *BodyKind.choices],
        coerce=BodyKind,
        required=False,
        empty_value=None,
    )
    superior = BodyByName(
        label=_("Cấp trên về hành chính"),
        required=False,
        help_text=_("Để trống nếu như cơ quan cũ."),
    )
    justice_superior = BodyByName(
        label=_("Cấp trên về công tác tư pháp"),
        required=False,
        help_text=_("Để trống nếu như cơ quan cũ."),
    )

    def founding(self, old: Body) -> Founding:
        """Return what was described; what was left empty is as with *old*."""
        said = self.cleaned_data
        return Founding(
            kind=said["kind"] or BodyKind(old.kind),
            name=said["name"],
            short_name=said["short_name"],
            territory=old.territory,
            superior=said.get("superior"),
            justice_superior=said.get("justice_superior"),
        )


class LineForm(forms.Form):
    """The line in which a body moves."""

    line = forms.TypedChoiceField(
        label=_("Ngành dọc"), choices=Line.choices, coerce=Line
    )


class MainForm(forms.Form):
    """Whether a part of a split is the main one."""

    main_part = forms.BooleanField(
        label=_("Phần chính: tiếp nhận chức danh và nhiệm vụ đang mở"),
        required=False,
    )


OLD_LABELS: dict[ChangeKind, str | Promise] = {
    ChangeKind.MERGER: _("Các cơ quan hợp nhất, sáp nhập"),
    ChangeKind.SPLIT: _("Cơ quan được chia, tách"),
    ChangeKind.RENAMING: _("Cơ quan đổi tên"),
    ChangeKind.MOVE: _("Cơ quan chuyển"),
}


class ChangeForm:
    """The fields of one kind of change: bodies picked, and what else it needs."""

    def __init__(
        self, kind: ChangeKind, row: Reorganisation, data: QueryDict | None
    ) -> None:
        self.kind = kind
        self.bound = data is not None
        eve = row.effective_on - timedelta(days=1)
        self.old = Pick("old", OLD_LABELS[kind], eve, many=kind == ChangeKind.MERGER)
        self.new: Pick | None = None
        if kind != ChangeKind.RENAMING:
            label = (
                _("Cơ quan cấp trên mới")
                if kind == ChangeKind.MOVE
                else _("Cơ quan tiếp nhận đã có trong sổ tổ chức")
            )
            self.new = Pick("new", label, row.effective_on)
        self.founding = (
            None
            if kind == ChangeKind.MOVE
            else FoundingForm(data, on=row.effective_on, prefix=None)
        )
        self.line = LineForm(data) if kind == ChangeKind.MOVE else None
        self.main = MainForm(data) if kind == ChangeKind.SPLIT else None
        if data is not None:
            self.old.read(data)
            if self.new is not None:
                self.new.read(data)

    @property
    def parts(self) -> list[forms.Form]:
        """Return the plain forms beside the bodies picked."""
        return [part for part in (self.founding, self.line, self.main) if part]

    def is_valid(self) -> bool:
        """Return whether everything needed was said."""
        if not self.bound:
            return False
        right = not [part for part in self.parts if not part.is_valid()]
        self.old.settle()
        named = bool(self.founding and self.founding.cleaned_data.get("name"))
        if self.new is not None:
            self.new.settle(required=not named)
            if named and self.new.chosen:
                self.new.errors.append(
                    _("Hãy chọn cơ quan đã có, hoặc mô tả cơ quan mới; không cả hai.")
                )
        elif not named and self.founding:
            self.founding.add_error("name", _("Hãy ghi tên mới."))
        errors = [*self.old.errors, *(self.new.errors if self.new else [])]
        return right and not errors and all(part.is_valid() for part in self.parts)
