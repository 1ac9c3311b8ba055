from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages

from django.apps import AppConfig, apps

ROOMS = ("events", "rules", "actions", "reactions", "screens")


class JournalConfig(AppConfig):
    name = "lantoa.journal"

    def ready(self) -> None:
        """Load what registers itself: facts, rules, actions, reactions, fragments."""
        for config in apps.get_app_configs():
            if config.name.startswith("lantoa."):
                for room in ROOMS:
                    load(f"{config.name}.{room}")


def load(room: str) -> None:
    """Import a room, and all its modules where it has become a folder."""
    if find_spec(room) is None:
        return
    module = import_module(room)
    for each in walk_packages(getattr(module, "__path__", []), f"{room}."):
        import_module(each.name)
