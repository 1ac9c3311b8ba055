"""Enter the demo: accounts, the conference of 15 December 2020, and what followed."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from lantoa.conferences.models import Conference
from lantoa.config.demo import (
    article,
    following,
    held,
    history,
    lang_son,
    people,
    provinces,
    reorganised,
)
from lantoa.journal.reacting import entering_history


class Command(BaseCommand):
    """Idempotent: what is there stays as people left it."""

    help = "Nạp dữ liệu trình diễn: hội nghị ngày 15/12/2020 và những việc sau đó."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how far the story is told."""
        parser.add_argument(
            "--eve",
            action="store_true",
            default=os.environ.get("DEMO") == "eve",
            help="chỉ nạp hội nghị trước giờ khai mạc",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Enter what is missing, by the actions that people use; all or nothing."""
        with transaction.atomic():
            self._tell(eve=options["eve"])

    def _tell(self, *, eve: bool) -> None:
        mandates = people.register(timezone.now())
        if not Conference.objects.filter(title=article.TITLE).exists():
            conference = history.enter(mandates, rehearsed=eve)
            if eve:
                return
            with entering_history():
                paper = held.hold(conference, mandates)
                lang_son.tell(paper, mandates)
                provinces.report(paper, mandates)
                reorganised.reorganise(mandates)
                reorganised.take_over(paper, mandates)
            reorganised.go_on(paper, mandates, timezone.now())
            following.prepare(paper, mandates, timezone.now())
