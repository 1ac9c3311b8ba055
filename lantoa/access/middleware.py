"""Each request gets its actor: the person under the mandate they chose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from lantoa.access import queries
from lantoa.access.models import Mandate
from lantoa.access.reach import actor_under
from lantoa.kernel.actor import ANONYMOUS, Actor, FixedReach

SESSION_KEY = "mandate"
SIGN_IN = "/tai-khoan/"


class ActorMiddleware:
    """Set ``request.actor``; a person without a mandate may read what is public.

    Who still has the password that was handed over chooses another one first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.mandates = SimpleLazyObject(lambda: held_by(request))  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        if _has_initial_password(request):
            return redirect("account_change_password")
        return self.get_response(request)


def _has_initial_password(request: HttpRequest) -> bool:
    path = request.path_info
    if path.startswith((SIGN_IN, "/static/", "/live/", "/healthz")):
        return False
    return bool(getattr(request.user, "must_change_password", False))


def held_by(request: HttpRequest) -> list[Mandate]:
    """Return the mandates in force of who sent the request, [] for the public."""
    person_id = request.user.pk
    if person_id is None:
        return []
    return list(queries.mandates_of(person_id, timezone.localdate()))


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a request: under the chosen mandate, else the first."""
    if request.user.pk is None:
        return ANONYMOUS
    mandate = chosen_mandate(request)
    if mandate is None:
        return Actor(office="", reach=FixedReach(), person_id=request.user.pk)
    return actor_under(mandate)


def chosen_mandate(request: HttpRequest) -> Mandate | None:
    """Return the mandate under which a request is made, None when there is none."""
    held: list[Mandate] = list(request.mandates)  # type: ignore[attr-defined]
    chosen = request.session.get(SESSION_KEY)
    return next((each for each in held if each.pk == chosen), held[0] if held else None)
