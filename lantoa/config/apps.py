from django.apps import AppConfig


class WholeConfig(AppConfig):
    name = "lantoa.config"

    def ready(self) -> None:
        """Tell the operator what only the whole program knows."""
        from lantoa.config import told  # models are loaded by now

        told.register()
