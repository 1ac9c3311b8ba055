from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lantoa.documents import actions
from lantoa.documents.actions.reference import KEEP_TYPES
from lantoa.documents.rules import REGISTER
from lantoa.kernel.actor import system_actor


class Command(BaseCommand):
    """Run at every start, after the bodies are there; what is there stays."""

    help = "Nạp loại văn bản và các văn bản nền tảng."

    def handle(self, *args: Any, **options: Any) -> None:
        """Enter types of paper and the founding papers."""
        actor, at = system_actor(KEEP_TYPES, REGISTER.capability), timezone.now()
        actions.load_document_types(actor=actor, at=at)
        actions.load_founding_papers(actor=actor, at=at)
