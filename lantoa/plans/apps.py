from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from lantoa.notices import kinds
from lantoa.organisations import consequences
from lantoa.ui import navigation

NOTICES = [
    ("plans.dispatched", _("Nhiệm vụ mới được giao"), "task"),
    ("plans.to_judge", _("Chờ nghiệm thu, quyết định"), "inbox"),
    ("plans.judged", _("Kết quả nghiệm thu, gia hạn"), "check"),
    ("plans.revised", _("Nhiệm vụ được điều chỉnh"), "pencil"),
    ("plans.due", _("Nhiệm vụ sắp đến hạn"), "clock"),
    ("plans.overdue", _("Nhiệm vụ quá hạn"), "alert"),
]


class PlansConfig(AppConfig):
    name = "lantoa.plans"

    def ready(self) -> None:
        """Stand in the navigation of those who see tasks; follow reorganisations."""
        from lantoa.plans.actions.passing import PassOpenTasks  # needs the models

        consequences.register(PassOpenTasks())
        for name, label, icon in NOTICES:
            kinds.register(kinds.Kind(name=name, label=label, icon=icon))
        navigation.register(
            navigation.Entry(
                label=_("Nhiệm vụ"),
                url_name="plans:inbox",
                order=40,
                capability="tasks.read",
            )
        )
