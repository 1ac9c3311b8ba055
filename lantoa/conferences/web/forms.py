"""The forms of preparing and concluding; fields bear the names of the arguments."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lantoa.conferences import rules
from lantoa.conferences.actions.rollcall import MOST_PEOPLE
from lantoa.conferences.actions.venues import Seat
from lantoa.conferences.models import AgendaItem, Conference, Venue
from lantoa.conferences.vocabulary import ItemKind, VenueKind
from lantoa.conferences.web.pickers import SEATS, ids
from lantoa.documents import queries as documents
from lantoa.documents.models import Paper
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI, short_date
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import BodyRule
from lantoa.plans.deadlines import (
    insist_on_real_day,
    proposed_due_on,
    recurrence_in,
)
from lantoa.plans.vocabulary import DayOutOfReach
from lantoa.ui.fields import day_field

_TIME = {"type": "time"}


def due_day_field() -> forms.DateField:
    """Return the field for the day on which what a clause asks falls due."""
    return day_field(
        label=_("Ngày đến hạn"),
        required=False,
        help_text=_("Để theo dõi đúng hạn. Bỏ trống nếu là việc thường xuyên."),
        validators=[_real_day],
    )


def _real_day(day: date) -> None:
    try:
        insist_on_real_day(day)
    except DayOutOfReach as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


def time_field(**said: Any) -> forms.TimeField:
    """Return a field for a time of day in Ha Noi."""
    return forms.TimeField(widget=forms.TimeInput(attrs=_TIME, format="%H:%M"), **said)


class WhenForm(forms.Form):
    """A day and an hour in Ha Noi, read together as ``planned_start``."""

    planned_date = day_field(label=_("Ngày họp"))
    planned_time = time_field(label=_("Giờ bắt đầu (giờ Hà Nội)"))

    def start(self) -> datetime:
        """Return the moment that the two fields say."""
        return datetime.combine(
            self.cleaned_data["planned_date"],
            self.cleaned_data["planned_time"],
            tzinfo=HANOI,
        )


class ConferenceForm(WhenForm):
    """What a conference says of itself."""

    title = forms.CharField(label=_("Tên hội nghị"), max_length=300)
    purpose = forms.CharField(
        label=_("Mục đích, yêu cầu"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    host = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Cơ quan tổ chức"),
        empty_label=None,
        help_text=_("Các cơ quan bạn được giao chuẩn bị hội nghị."),
    )
    chair_office = forms.CharField(
        label=_("Chủ trì"),
        max_length=200,
        help_text=_("Ghi chức vụ và cơ quan, không ghi tên riêng."),
    )
    place = forms.CharField(label=_("Điểm cầu trung tâm đặt tại"), max_length=200)
    open_to_public = forms.BooleanField(
        label=_("Công khai cho mọi người theo dõi"), required=False
    )
    directives = forms.ModelMultipleChoiceField(
        Paper.objects.none(), label=_("Văn bản triển khai"), required=False
    )

    field_order = ["title", "purpose", "host", "chair_office", "place"]

    def __init__(
        self, *args: Any, actor: Actor, fixed: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        reach = actor.reach.rows(rules.PREPARE.capability, "pk")
        self.choose("host", Body.objects.filter(reach).order_by("sort_key"))
        self.choose("directives", documents.visible_to(actor))
        if fixed:
            del self.fields["host"]

    def choose(self, name: str, rows: QuerySet[Any]) -> None:
        """Let the field choose among *rows*."""
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    def said(self) -> dict[str, Any]:
        """Return the fields as ``prepare_conference`` takes them."""
        data = dict(self.cleaned_data)
        del data["planned_date"], data["planned_time"]
        return data | {"planned_start": self.start()}


class FollowingForm(WhenForm):
    """The title and start of the next conference."""

    title = forms.CharField(label=_("Tên hội nghị kế tiếp"), max_length=300)
    field_order = ["title"]


class ItemForm(forms.Form):
    """An item of the agenda."""

    kind = forms.ChoiceField(label=_("Loại mục"), choices=ItemKind)
    title = forms.CharField(label=_("Nội dung"), max_length=300)
    minutes = forms.IntegerField(
        label=_("Số phút"),
        min_value=0,
        max_value=600,
        required=False,
        help_text=_("Phiên được tính từ các mục bên trong."),
    )
    presenter_office = forms.CharField(
        label=_("Người trình bày"),
        max_length=200,
        required=False,
        help_text=_("Chức vụ, cơ quan."),
    )
    presenter_venue = forms.ModelChoiceField(
        Venue.objects.none(),
        label=_("Trình bày từ điểm cầu"),
        required=False,
        empty_label=_("Điểm cầu trung tâm"),
    )
    parent = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        label=_("Trong phiên"),
        required=False,
        empty_label=_("Không thuộc phiên nào"),
    )

    def __init__(
        self, *args: Any, conference: Conference, revising: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        venue, parent = self.fields["presenter_venue"], self.fields["parent"]
        if isinstance(venue, forms.ModelChoiceField):
            venue.queryset = conference.venues.order_by("position", "pk")
        if isinstance(parent, forms.ModelChoiceField):
            parent.queryset = conference.items.filter(kind=ItemKind.SESSION).order_by(
                "position", "pk"
            )
        if revising:
            del self.fields["parent"]

    def clean(self) -> dict[str, Any]:
        """Insist on minutes, but for a session."""
        data = super().clean() or {}
        if data.get("minutes") is None and "minutes" not in self.errors:
            data["minutes"] = 0
            if data.get("kind") != ItemKind.SESSION:
                self.add_error("minutes", _("Hãy ghi số phút dự kiến."))
        return data


class PlaceForm(forms.Form):
    """Where an item goes among its siblings, from 1."""

    place = forms.IntegerField(min_value=1, max_value=999)


class PasteForm(forms.Form):
    """A pasted list of names, and what kind of venues they are."""

    names = forms.CharField(
        label=_("Danh sách cơ quan, địa phương"),
        help_text=_("Mỗi dòng một tên, có dấu hoặc không dấu; dán được từ bảng tính."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    kind = forms.ChoiceField(
        label=_("Loại điểm cầu"), choices=VenueKind, initial=VenueKind.OTHER
    )


class AnswerForm(forms.Form):
    """What a venue answers to the invitation."""

    room = forms.CharField(
        label=_("Phòng họp, địa chỉ"),
        max_length=200,
    )
    lead_office = forms.CharField(
        label=_("Trưởng điểm cầu"),
        max_length=200,
        help_text=_("Chức vụ, cơ quan của người chủ trì tại điểm cầu."),
    )
    delegates = forms.CharField(
        label=_("Đại biểu dự"),
        required=False,
        max_length=20_000,
        help_text=_("Mỗi dòng một chức vụ, cơ quan; không ghi tên riêng."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    expected = forms.IntegerField(
        label=_("Tổng số người dự kiến trong phòng"),
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("Tính cả các đoàn của cơ quan khác cùng dự tại đây."),
    )
    contact = forms.CharField(
        label=_("Đầu mối liên hệ"),
        max_length=200,
        help_text=_("Chức vụ và số điện thoại."),
    )
    technician = forms.CharField(
        label=_("Cán bộ kỹ thuật trực"),
        max_length=200,
        required=False,
        help_text=_("Có mặt tại chỗ ít nhất 60 phút trước giờ họp. Ghi số điện thoại."),
    )

    def clean_delegates(self) -> list[str]:
        """Return the offices, one a line."""
        lines = str(self.cleaned_data["delegates"]).splitlines()
        offices = [" ".join(line.split()) for line in lines if line.strip()]
        if any(len(office) > 200 for office in offices):  # noqa: PLR2004 - the column
            raise forms.ValidationError(_("Mỗi dòng không quá 200 ký tự."))
        return offices

    def seats(self) -> list[Seat]:
        """Return the delegations chosen, each with its number of people (1 if none)."""
        chosen = ids(_sent(self).getlist("delegations"))
        return [
            Seat(body, self._people(body.pk))
            for body in Body.objects.filter(pk__in=chosen).order_by("sort_key")
        ]

    def _people(self, body_id: int) -> int:
        given = ids([self.data.get(f"{SEATS}{body_id}", "")])
        return min(max(given[0] if given else 1, 1), MOST_PEOPLE)


ONE = "one"  # body leads, and no rule


class ConclusionForm(forms.Form):
    """A conclusion, complete enough to become a task."""

    heading = forms.CharField(label=_("Tiêu đề"), max_length=200, required=False)
    work = forms.CharField(
        label=_("Việc phải làm"), widget=forms.Textarea(attrs={"rows": 4})
    )
    lead_rule = forms.ChoiceField(
        label=_("Giao cho"),
        choices=[(ONE, _("Một cơ quan chủ trì")), *BodyRule.choices],
        initial=ONE,
        widget=forms.RadioSelect,
    )
    lead = forms.ModelChoiceField(
        Body.objects.all(), label=_("Cơ quan chủ trì"), required=False
    )
    coordinating = forms.ModelMultipleChoiceField(
        Body.objects.all(), label=_("Cơ quan phối hợp"), required=False
    )
    deadline_text = forms.CharField(
        label=_("Thời hạn (bằng chữ)"),
        max_length=120,
        help_text=_("Ghi như trong kết luận: “Quý II”, “trước 30/11”, “thường xuyên”."),
    )
    due_on = due_day_field()
    undated = forms.BooleanField(label=_("Không ấn định ngày"), required=False)
    product = forms.CharField(
        label=_("Sản phẩm, kết quả"), max_length=300, required=False
    )

    def __init__(self, *args: Any, on: date | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.on = on
        self.proposed: date | None = None

    def clean(self) -> dict[str, Any]:
        """Insist on a lead; propose a day where the words allow one."""
        data = super().clean() or {}
        if data.get("lead_rule") != ONE:
            data["lead"] = None
        elif data.get("lead") is None and "lead" not in self.errors:
            self.add_error("lead", _("Hãy tìm và chọn một cơ quan chủ trì."))
        self._propose(data)
        return data

    def _propose(self, data: dict[str, Any]) -> None:
        words = data.get("deadline_text", "")
        if data.get("due_on") or data.get("undated") or recurrence_in(words):
            return
        if "due_on" in self.errors or self.on is None:
            return
        self.proposed = proposed_due_on(words, self.on)
        if self.proposed is not None:
            self.add_error(
                "due_on",
                _("“%(words)s” được hiểu là ngày %(day)s. Hãy kiểm tra rồi lưu lại.")
                % {"words": words, "day": short_date(self.proposed)},
            )
            shown = _sent(self).copy()
            shown["due_on"] = self.proposed.isoformat()
            self.data = shown

    def said(self) -> dict[str, Any]:
        """Return the fields as ``draft_conclusion`` takes them."""
        data = dict(self.cleaned_data)
        del data["undated"]
        rule = data["lead_rule"]
        return data | {"lead_rule": None if rule == ONE else BodyRule(rule)}


class AcceptForm(forms.Form):
    """The bodies chosen in the preview of a pasted list."""

    kind = forms.ChoiceField(choices=VenueKind)

    def bodies(self) -> list[Body]:
        """Return the bodies, in the order of the list."""
        chosen = ids(
            value
            for name, values in _sent(self).lists()
            if name == "body" or name.startswith("line-")
            for value in values
        )
        found = Body.objects.in_bulk(chosen)
        return [found[pk] for pk in chosen if pk in found]


def _sent(form: forms.Form) -> QueryDict:
    """Return what the browser sent."""
    return cast("QueryDict", form.data)


def unset(moment: datetime) -> dict[str, Any]:
    """Return the two fields of ``WhenForm`` for a moment."""
    local = moment.astimezone(HANOI)
    return {"planned_date": local.date(), "planned_time": local.time()}


def week_later(moment: datetime) -> datetime:
    """Return the same hour a week later, to begin from."""
    return moment + timedelta(days=7)
