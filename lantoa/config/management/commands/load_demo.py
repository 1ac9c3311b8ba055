"""Enter the demo: accounts, and the conference of 15 December 2020 on its eve."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lantoa.conferences.models import Conference
from lantoa.config.demo import article, history, people


class Command(BaseCommand):
    """Idempotent: what is there stays as people left it."""

    help = "Nạp dữ liệu trình diễn: hội nghị ngày 15/12/2020."

    def handle(self, *args: Any, **options: Any) -> None:
        """Enter what is missing, by the actions that people use."""
        held = people.register(timezone.now())
        if not Conference.objects.filter(title=article.TITLE).exists():
            history.enter(held)
