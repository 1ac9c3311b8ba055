"""Work off the jobs, and keep the watch."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand

from lantoa.config.worker import Work


class Command(BaseCommand):
    """Run until told to stop; any number of these may run at once."""

    help = "Xử lý công việc nền và canh giữ hệ thống."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or SIGINT."""
        asyncio.run(Work().run())
