"""The page where a person gives machines a way in, and takes it back."""

from base64 import urlsafe_b64encode
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lantoa.access import queries as access
from lantoa.access.models import Mandate
from lantoa.gateway import actions, queries
from lantoa.gateway.vocabulary import LONGEST_LIFE, PREFIX, USUAL_LIFE
from lantoa.journal.middleware import command_key
from lantoa.ui.fields import day_field
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest


class TokenForm(forms.Form):
    """A token to be issued."""

    name = forms.CharField(
        label=gettext_lazy("Tên gọi"),
        max_length=80,
        help_text=gettext_lazy("Máy hoặc phần mềm nào dùng, ví dụ: Phần mềm một cửa."),
    )
    mandate = forms.ModelChoiceField(
        Mandate.objects.none(),
        label=gettext_lazy("Làm việc theo chức danh"),
        empty_label=None,
        help_text=gettext_lazy("Mã chỉ làm được những gì chức danh này làm được."),
    )
    expires_on = day_field(
        label=gettext_lazy("Dùng được đến hết ngày"),
        help_text=gettext_lazy("Nhiều nhất một năm kể từ hôm nay."),
    )

    def __init__(self, *args: Any, person_id: int, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        held = access.mandates_of(person_id, today)
        self.fields["mandate"].queryset = held  # type: ignore[attr-defined]

    def clean_expires_on(self) -> date:
        """Refuse a day that has passed, or that is more than a year away."""
        day: date = self.cleaned_data["expires_on"]
        if not self.today <= day <= self.today + LONGEST_LIFE:
            raise forms.ValidationError(
                _("Hãy chọn ngày từ hôm nay đến nhiều nhất một năm.")
            )
        return day


@require_http_methods(["GET", "POST"])
@login_required
def own(request: ActorRequest) -> HttpResponse:
    """Show one's tokens, and issue one; its secret is shown this once."""
    if getattr(request.user, "must_change_password", False):
        return redirect("account_change_password")
    person_id, at = request.user.pk or 0, timezone.now()
    today = timezone.localdate(at)
    first = {
        "expires_on": today + USUAL_LIFE,
        "mandate": request.actor.mandate_id,
    }
    given = request.POST if request.method == "POST" else None
    form = TokenForm(given, person_id=person_id, today=today, initial=first)
    if form.is_valid():
        said = form.cleaned_data
        secret = secret_of(command_key(request), said["mandate"].pk)
        token = actions.issue_token(actor=request.actor, secret=secret, at=at, **said)
        shown = {"token": token, "secret": secret, "host": request.get_host()}
        answer = page(request, "gateway/issued.html", shown)
        answer.headers["Cache-Control"] = "no-store"
        return answer
    rows = [
        (token, not token.over(today) and token.mandate.holds_on(today))
        for token in queries.tokens_of(person_id)
    ]
    context = {"form": form, "rows": rows, "may_issue": bool(request.mandates)}  # type: ignore[attr-defined]
    status = 422 if form.is_bound else 200
    return page(request, "gateway/tokens.html", context, status=status)


@require_POST
@login_required
def revoke(request: ActorRequest, token_id: int) -> HttpResponse:
    """End one of one's tokens now."""
    token = get_object_or_404(queries.tokens_of(request.user.pk or 0), pk=token_id)
    actions.revoke_token(actor=request.actor, token=token, at=timezone.now())
    messages.success(request, _("Đã thu hồi mã truy cập."))
    return redirect("tokens:own")


def secret_of(key: str, mandate_id: int) -> str:
    """Return the secret shown once, 256 bits; a retry of the command gets the same."""
    drawn = salted_hmac("access token", f"{key}:{mandate_id}", algorithm="sha256")
    return PREFIX + urlsafe_b64encode(drawn.digest()).decode().rstrip("=")
