from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lantoa.operations.vocabulary import READ
from lantoa.ui import navigation


class OperationsConfig(AppConfig):
    name = "lantoa.operations"

    def ready(self) -> None:
        """Stand in the navigation of who runs the system."""
        navigation.register(
            navigation.Entry(
                label=_("Vận hành"),
                url_name="operations:state",
                order=95,
                capability=READ,
            )
        )
