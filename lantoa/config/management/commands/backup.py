"""Copy everything into one archive, while the program runs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from lantoa.config.backup import Source, back_up
from lantoa.config.database import conninfo_of
from lantoa.config.trouble import Trouble
from lantoa.kernel.actor import system_actor
from lantoa.operations.actions import remember_backup
from lantoa.operations.vocabulary import KEEP


class Command(BaseCommand):
    """Write the archive, enter it in the journal, and say what it holds."""

    help = "Sao lưu cơ sở dữ liệu, tệp và khóa vào một tệp."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to."""
        parser.add_argument("to", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it; a lost file makes the command fail, and the archive stays."""
        source = Source(
            conninfo=conninfo_of(connection),
            data=settings.DATA,
            secret_key=settings.SECRET_KEY,
            program=settings.VERSION,
        )
        try:
            made = back_up(source, options["to"], say=self.stdout.write)
        except Trouble as trouble:
            raise CommandError(str(trouble)) from trouble
        manifest = made.manifest
        remember_backup(
            actor=system_actor(KEEP),
            archive=made.path.name,
            sha256=made.sha256,
            size=made.size,
            files=len(manifest.files),
            missing=len(manifest.missing),
            head=manifest.head,
            seconds=made.seconds,
            at=timezone.now(),
        )
        size = filesizeformat(made.size)
        self.stdout.write(f"Đã sao lưu vào {made.path} ({size}, {made.seconds} giây).")
        self.stdout.write(
            f"  {sum(manifest.counts.values())} dòng, {len(manifest.files)} tệp; "
            f"đầu chuỗi nhật ký {manifest.head[:16] or 'chưa có'}"
        )
        self.stdout.write(f"  SHA-256 {made.sha256}")
        self.stdout.write(
            "  Tệp này chứa mọi dữ liệu và khóa: hãy mã hóa khi đưa ra ngoài."
        )
        if manifest.missing:
            raise CommandError(
                f"{len(manifest.missing)} tệp đã mất hoặc hỏng trên đĩa, không có "
                f"trong bản sao: {', '.join(manifest.missing[:5])} (files are missing)"
            )
