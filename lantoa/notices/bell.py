"""The bell in the head of every page: how much is unread."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from lantoa.notices.queries import MOST, unread_count


def bell(request: HttpRequest) -> str:
    """Return the bell of who is signed in; one query, counting no further than 99."""
    person = getattr(request, "user", None)  # lacking where a request was cut short
    if person is None or person.pk is None:
        return ""
    unread = unread_count(person.pk)
    context = {"unread": unread, "many": unread > MOST, "most": MOST}
    return render_to_string("notices/bell.html", context, request)
