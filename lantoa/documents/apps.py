from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lantoa.ui import navigation


class DocumentsConfig(AppConfig):
    name = "lantoa.documents"

    def ready(self) -> None:
        """Put the register into the main navigation."""
        navigation.register(
            navigation.Entry(
                label=_("Văn bản"), url_name="documents:register", order=30
            )
        )
