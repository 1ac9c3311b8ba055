"""What a person chooses about notices."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lantoa.notices.kinds import all_kinds
from lantoa.notices.models import Preference


def _time_field(**given: Any) -> forms.TimeField:
    """Return a field for a time of day, as browsers' own clocks write it."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(widget=widget, **given)


class PreferenceForm(forms.Form):
    """Which kinds come by e-mail, when, and in which language."""

    kinds = forms.MultipleChoiceField(
        label=_("Nhận qua thư điện tử"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Loại không chọn vẫn hiện ở chuông và trang Thông báo."),
    )
    digest_at = _time_field(
        label=_("Giờ gửi thư tổng hợp"),
        help_text=_("Mỗi ngày làm việc nhiều nhất một thư."),
    )
    quiet_from = _time_field(label=_("Yên lặng từ"))
    quiet_until = _time_field(
        label=_("Yên lặng đến"),
        help_text=_("Trong khoảng này không có thư nào được gửi, kể cả thư gửi lại."),
    )
    language = forms.ChoiceField(
        label=_("Ngôn ngữ của thư"), choices=settings.LANGUAGES
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- for types
        field.choices = [(kind.name, kind.label) for kind in all_kinds()]

    @property
    def chosen(self) -> dict[str, Any]:
        """Return the choice as the action takes it."""
        given = dict(self.cleaned_data)
        wanted = set(given.pop("kinds"))
        return {"by_mail": {k.name: k.name in wanted for k in all_kinds()}, **given}


def as_initial(chosen: Preference) -> dict[str, Any]:
    """Return what the form shows first."""
    return {
        "kinds": [kind.name for kind in all_kinds() if chosen.mails(kind)],
        "digest_at": chosen.digest_at,
        "quiet_from": chosen.quiet_from,
        "quiet_until": chosen.quiet_until,
        "language": chosen.language,
    }
