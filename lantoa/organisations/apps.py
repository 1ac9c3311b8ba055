from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lantoa.ui import navigation


class OrganisationsConfig(AppConfig):
    name = "lantoa.organisations"
    verbose_name = _("Tổ chức")

    def ready(self) -> None:
        """Stand in the main navigation."""
        navigation.register(
            navigation.Entry(
                label=_("Tổ chức"), url_name="organisations:home", order=50
            )
        )
