"""The administrator's pages: who acts in which role, where, and how long."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.access import actions, queries
from lantoa.access.models import Mandate
from lantoa.access.vocabulary import Role
from lantoa.access.web.choosing import NUMBER
from lantoa.access.web.forms import (
    GrantForm,
    RegisterFilter,
    suggested_bodies,
    with_places,
)
from lantoa.identity.models import Person
from lantoa.identity.queries import person_by_email
from lantoa.journal.middleware import command_key
from lantoa.kernel.rule import require_anywhere
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

A_PAGE = 25  # mandates


@require_GET
@login_required
def mandates(request: ActorRequest) -> HttpResponse:
    """List the mandates, narrowed by words, role and force."""
    require_anywhere(request.actor, actions.GRANT)
    narrow = RegisterFilter(request.GET)
    found = queries.register(timezone.localdate(), **narrow.asked)
    context = {
        "narrow": narrow,
        "found": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return page(request, "access/mandates.html", context, part="found")


@require_GET
@login_required
def mandate(request: ActorRequest, mandate_id: int) -> HttpResponse:
    """Show one mandate, how far it reaches, and what else its person holds."""
    require_anywhere(request.actor, actions.GRANT)
    rows = Mandate.objects.select_related("body", "person")
    shown = get_object_or_404(rows, pk=mandate_id)
    today = timezone.localdate()
    context = {
        "mandate": shown,
        "in_force": shown.holds_on(today),
        "over": shown.ends_on is not None and shown.ends_on < today,
        "reach": [
            (way.label, number) for way, number in queries.reach_by_way(shown).items()
        ],
        "others": queries.all_mandates_of(shown.person_id).exclude(pk=shown.pk),
        "today": today,
    }
    return page(request, "access/mandate.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def grant(request: ActorRequest) -> HttpResponse:
    """Grant a mandate, and open an account for who has none."""
    require_anywhere(request.actor, actions.GRANT)
    today = timezone.localdate()
    if request.method == "GET":
        initial = {"starts_on": today, "role": Role.OFFICER}
        form = GrantForm(day=today, initial=initial)
        return page(request, "access/grant.html", {"form": form})
    form = GrantForm(request.POST, day=today)
    if not form.is_valid():
        return page(request, "access/grant.html", {"form": form}, status=422)
    given = dict(form.cleaned_data)
    given["role"] = Role(given["role"])
    del given["body_name"]
    email = given.pop("email")
    person = person_by_email(email)
    password = initial_password(command_key(request), email)
    at = timezone.now()
    # A retry meets the person whom its first try registered, with that password.
    if person is None or person.check_password(password):
        new = actions.open_account_and_grant(
            actor=request.actor, email=email, password=password, at=at, **given
        )
        context = {"mandate": new, "email": email, "password": password}
        return page(request, "access/granted.html", context)
    granted = actions.grant_mandate(actor=request.actor, person=person, at=at, **given)
    messages.success(request, _("Đã giao chức danh."))
    return redirect("access:mandate", granted.pk)


def initial_password(key: str, email: str) -> str:
    """Return the password handed over once; a retry of the command gets the same.

    Fifteen letters and digits without look-alikes, some 75 bits, in three groups.
    """
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    number = int(salted_hmac("initial password", f"{key}:{email}").hexdigest(), 16)
    drawn = []
    for _place in range(15):
        number, left = divmod(number, len(letters))
        drawn.append(letters[left])
    return "-".join("".join(drawn[at : at + 5]) for at in (0, 5, 10))


@require_POST
def end(request: ActorRequest, mandate_id: int) -> HttpResponse:
    """End a mandate now."""
    ended = actions.end_mandate(
        actor=request.actor,
        mandate=get_object_or_404(Mandate, pk=mandate_id),
        at=timezone.now(),
    )
    messages.success(request, _("Chức danh đã kết thúc."))
    return redirect("access:mandate", ended.pk)


@require_POST
def close(request: ActorRequest, person_id: int) -> HttpResponse:
    """Close a person's account."""
    person = get_object_or_404(Person, pk=person_id)
    actions.close_account(actor=request.actor, person=person, at=timezone.now())
    messages.success(request, _("Tài khoản đã đóng."))
    return _back_to_mandate(request)


@require_POST
def reopen(request: ActorRequest, person_id: int) -> HttpResponse:
    """Let a closed account sign in again."""
    person = get_object_or_404(Person, pk=person_id)
    actions.reopen_account(actor=request.actor, person=person, at=timezone.now())
    messages.success(request, _("Tài khoản đã mở lại."))
    return _back_to_mandate(request)


@require_POST
def rebuild(request: ActorRequest) -> HttpResponse:
    """Make the table of reach anew."""
    rows = actions.rebuild_reach(actor=request.actor, at=timezone.now())
    text = _("Đã tính lại phạm vi: %(rows)s thay đổi.") % {"rows": rows}
    messages.success(request, text)
    return redirect("access:mandates")


@require_GET
def bodies(request: HttpRequest) -> HttpResponse:
    """Suggest bodies for some words of a name; bodies are public."""
    today = timezone.localdate()
    found = suggested_bodies(request.GET.get("body_name", ""), today)
    context = {"bodies": with_places(found, today)}
    return page(request, "access/bodies.html", context)


def _back_to_mandate(request: HttpRequest) -> HttpResponse:
    mandate_id = request.POST.get("mandate", "")
    if NUMBER.fullmatch(mandate_id):
        return redirect("access:mandate", int(mandate_id))
    return redirect("access:mandates")
