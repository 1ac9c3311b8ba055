from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lantoa.organisations import consequences
from lantoa.ui import navigation


class PlansConfig(AppConfig):
    name = "lantoa.plans"

    def ready(self) -> None:
        """Stand in the navigation of those who see tasks; follow reorganisations."""
        from lantoa.plans.actions.passing import PassOpenTasks  # needs the models

        consequences.register(PassOpenTasks())
        navigation.register(
            navigation.Entry(
                label=_("Nhiệm vụ"),
                url_name="plans:inbox",
                order=40,
                capability="tasks.read",
            )
        )
