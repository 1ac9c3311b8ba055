from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    name = "lantoa.journal"

    def ready(self) -> None:
        """Load what registers itself: facts, actions, rules, reactions, fragments."""
        autodiscover_modules("events", "rules", "actions", "reactions", "screens")
