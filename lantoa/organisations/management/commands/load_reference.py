from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from lantoa.kernel.actor import system_actor
from lantoa.organisations import actions
from lantoa.organisations.models import Unit
from lantoa.organisations.rules import KEEP


class Command(BaseCommand):
    """Run at every start; what is there is left as it is."""

    help = "Nạp đơn vị hành chính hai thời kỳ, cơ quan và hội đồng."

    def handle(self, *args: Any, **options: Any) -> None:
        """Enter the reference facts; tell the planner of them the first time."""
        first = not Unit.objects.exists()
        actions.load_reference(actor=system_actor(KEEP.capability), at=timezone.now())
        if first:  # or the first pages are planned for empty tables
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
