"""How a console's command is answered: nothing to a live page, the way back else."""

from django.http import HttpResponse
from django.shortcuts import redirect

from lantoa.ui.requests import ActorRequest


def done(request: ActorRequest, back: str) -> HttpResponse:
    """Answer 204 to a page that hears of it by its stream; else redirect to *back*."""
    if request.htmx:
        return HttpResponse(status=204)
    return redirect(back)
