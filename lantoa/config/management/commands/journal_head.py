"""Print the head of the journal's chain, to be kept where nobody here can change it."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from lantoa.operations.queries import sealed


class Command(BaseCommand):
    """One line: the moment, the database, the number of the newest seal, its digest."""

    help = "In đầu chuỗi niêm phong để lưu ở nơi khác."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print nothing before there is a seal."""
        head = sealed()
        if head.sealed_at is None:
            self.stderr.write("Chưa có niêm phong nào.")
            return
        name = connection.settings_dict["NAME"]
        moment = head.sealed_at.isoformat(timespec="seconds")
        self.stdout.write(f"{moment} {name} {head.number} {head.head}")
