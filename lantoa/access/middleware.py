"""Each request gets its actor: the person under the mandate they chose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from lantoa.access import queries
from lantoa.access.reach import actor_under
from lantoa.kernel.actor import ANONYMOUS, Actor, FixedReach

SESSION_KEY = "mandate"


class ActorMiddleware:
    """Set ``request.actor``; a person without a mandate may read what is public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a request: under the chosen mandate, else the first."""
    person_id = request.user.pk
    if person_id is None:
        return ANONYMOUS
    held = list(queries.mandates_of(person_id, timezone.localdate()))
    if not held:
        return Actor(office="", reach=FixedReach(), person_id=person_id)
    chosen = request.session.get(SESSION_KEY)
    mandate = next((each for each in held if each.pk == chosen), held[0])
    return actor_under(mandate)
