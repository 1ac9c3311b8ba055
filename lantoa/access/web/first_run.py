"""The first page of an empty installation: it makes the first administrator."""

from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lantoa.access.actions import make_first_administrator
from lantoa.access.web.forms import FirstAdministratorForm
from lantoa.identity import queries as identity
from lantoa.identity.vocabulary import NotTheFirst
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "POST"])
def start(request: ActorRequest) -> HttpResponse:
    """Open the first account and sign it in; afterwards there is no such page.

    A repeated POST still comes to the action, which knows its key or refuses.
    """
    form = FirstAdministratorForm(
        request.POST if request.method == "POST" else None,
        day=timezone.localdate(),
        initial={"body_name": "Bộ Tư pháp"},
    )
    if not form.is_valid():
        if not identity.is_empty():
            raise Http404
        status = 422 if form.is_bound else 200
        return page(request, "access/first_run.html", {"form": form}, status=status)
    mandate = make_first_administrator(
        actor=request.actor,
        email=form.cleaned_data["email"],
        password=form.cleaned_data["password"],
        body=form.cleaned_data["body"],
        at=timezone.now(),
    )
    if not mandate.person.check_password(form.cleaned_data["password"]):
        raise NotTheFirst  # an old request, sent again after the password was changed
    login(request, mandate.person, backend=BACKEND)
    return redirect("access:mandates")
