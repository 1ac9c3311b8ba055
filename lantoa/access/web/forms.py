"""What an administrator and a first administrator fill in."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from lantoa.access.vocabulary import Force, Role
from lantoa.kernel.text import fold
from lantoa.organisations.models import Body
from lantoa.organisations.queries import places_of
from lantoa.organisations.queries.names import bodies_named
from lantoa.ui.fields import day_field

SUGGESTED = 12  # bodies shown to choose from


def suggested_bodies(words: str, day: date) -> list[Body]:
    """Return the bodies a person may mean, the likeliest first."""
    return list(bodies_named(words, day)[:SUGGESTED]) if fold(words) else []


def with_places(bodies: list[Body], day: date) -> list[tuple[Body, str]]:
    """Return each body with where it lies: communes of one name are many."""
    places = places_of(bodies, day)
    return [(body, places[body.pk]) for body in bodies]


class BodyForm(forms.Form):
    """A form that asks for a body by some words of its name.

    One body of that name is taken; of several, one is chosen from the list.
    """

    body_name = forms.CharField(
        label=_("Cơ quan, tổ chức"),
        max_length=200,
        help_text=_("Gõ vài chữ trong tên, có dấu hoặc không dấu, rồi chọn."),
    )
    body = forms.ModelChoiceField(
        Body.objects.all(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.suggested: list[Body] = []

    @property
    def options(self) -> list[tuple[Body, str]]:
        """Return the bodies that may be meant, with their places."""
        return with_places(self.suggested, self.day)

    def clean(self) -> dict[str, Any]:
        """Find the body that was meant."""
        given: dict[str, Any] = super().clean() or {}
        words = given.get("body_name", "")
        if given.get("body") or not words:
            return given
        self.suggested = suggested_bodies(words, self.day)
        same = [b for b in self.suggested if fold(b.name) == fold(words)]
        found = same or self.suggested
        if len(found) == 1:
            given["body"] = found[0]
        elif found:
            self.add_error("body_name", _("Hãy chọn một cơ quan trong danh sách."))
        else:
            self.add_error("body_name", _("Không tìm thấy cơ quan nào có tên này."))
        return given


class GrantForm(BodyForm):
    """Give somebody a mandate; who has no account yet gets one."""

    email = forms.EmailField(
        label=_("Địa chỉ thư điện tử"),
        help_text=_(
            "Người chưa có tài khoản sẽ được mở tài khoản với mật khẩu dùng một lần."
        ),
    )
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)
    office = forms.CharField(
        label=_("Cương vị"),
        max_length=200,
        help_text=_("Viết như trên giấy tờ, ví dụ: Đại diện điểm cầu Lạng Sơn."),
    )
    starts_on = day_field(label=_("Từ ngày"))
    ends_on = day_field(
        label=_("Đến hết ngày"),
        required=False,
        help_text=_("Để trống nếu chưa định ngày kết thúc."),
    )

    field_order = (
        "email", "role", "body_name", "body", "office", "starts_on", "ends_on",
    )  # fmt: skip


class FirstAdministratorForm(BodyForm):
    """Open the first account of an empty installation."""

    email = forms.EmailField(
        label=_("Địa chỉ thư điện tử"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ít nhất 10 ký tự, không phải một mật khẩu thường gặp."),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    field_order = ("email", "password", "again", "body_name", "body")

    def clean_password(self) -> str:
        """Hold the password against the rules for passwords."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """Compare the two passwords."""
        given = super().clean()
        if "password" in given and given["password"] != given.get("again"):
            self.add_error("again", _("Hai lần nhập mật khẩu không giống nhau."))
        return given


class RegisterFilter(forms.Form):
    """What the list of mandates is narrowed to."""

    q = forms.CharField(
        label=_("Tìm theo cương vị, cơ quan hoặc thư điện tử"),
        required=False,
        max_length=100,
    )
    role = forms.ChoiceField(
        label=_("Vai trò"),
        required=False,
        choices=[("", _("Mọi vai trò")), *Role.choices],
    )
    force = forms.ChoiceField(
        label=_("Hiệu lực"),
        required=False,
        choices=[*Force.choices, ("all", _("Tất cả"))],
    )

    @property
    def asked(self) -> dict[str, str]:
        """Return what to narrow to; what makes no sense is left out."""
        self.is_valid()
        given = self.cleaned_data
        force = given.get("force") or Force.NOW
        return {
            "words": given.get("q", ""),
            "role": given.get("role", ""),
            "force": "" if force == "all" else force,
        }
