from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lantoa.ui import navigation


class PlansConfig(AppConfig):
    name = "lantoa.plans"

    def ready(self) -> None:
        """Put the inbox into the main navigation of those who see tasks."""
        navigation.register(
            navigation.Entry(
                label=_("Nhiệm vụ"),
                url_name="plans:inbox",
                order=40,
                capability="tasks.read",
            )
        )
