from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lantoa.organisations import consequences
from lantoa.ui import slots


class NoticesConfig(AppConfig):
    name = "lantoa.notices"
    verbose_name = _("Thông báo")

    def ready(self) -> None:
        """Hang the bell into the head of every page."""
        from lantoa.notices.bell import bell  # models are ready only now
        from lantoa.notices.models import Notice

        slots.register("bell", bell)
        consequences.register_telling(Notice)
