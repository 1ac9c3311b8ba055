from django.apps import AppConfig
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from lantoa.organisations import consequences
from lantoa.ui import navigation, slots


class AccessConfig(AppConfig):
    name = "lantoa.access"

    def ready(self) -> None:
        """Stand in the navigation and in the head of every page."""
        navigation.register(
            navigation.Entry(
                label=_("Quản trị"),
                url_name="access:mandates",
                order=90,
                capability="access.grant",
            )
        )
        slots.register("mandate", switcher)
        follow_reorganisations()


def follow_reorganisations() -> None:
    """Let mandates and reach follow what becomes of bodies."""
    from lantoa.access.actions.passing import PassMandates, make_reach_anew
    from lantoa.access.models import Reach

    consequences.register(PassMandates())
    consequences.register_derived(Reach, make_reach_anew)


def switcher(request: HttpRequest) -> str:
    """Return under which mandate the reader acts, and the others to choose from."""
    held = list(getattr(request, "mandates", []))
    actor = getattr(request, "actor", None)
    current = next((m for m in held if actor and m.pk == actor.mandate_id), None)
    context = {"current": current, "others": [m for m in held if m is not current]}
    return render_to_string("access/switcher.html", context, request)
