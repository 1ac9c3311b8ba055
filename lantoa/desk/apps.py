from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lantoa.ui import navigation


class DeskConfig(AppConfig):
    name = "lantoa.desk"

    def ready(self) -> None:
        """Stand in the main navigation."""
        navigation.register(
            navigation.Entry(
                label=_("Bàn làm việc"),
                url_name="desk:home",
                order=10,
                signed_in=True,
            )
        )
        navigation.register(
            navigation.Entry(
                label=_("Nhật ký"),
                url_name="journal:newest",
                order=80,
                capability="journal.read",
            )
        )
