"""Hold a restored installation against its backup, and remember that it was made so."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lantoa.files.models import StoredFile
from lantoa.files.storing import path_of
from lantoa.journal.models import Seal
from lantoa.journal.sealing import verify
from lantoa.kernel.actor import system_actor
from lantoa.operations.actions import remember_restoring, remember_verification
from lantoa.operations.vocabulary import KEEP


class Command(BaseCommand):
    """Verify journal and files; called by `make restore`."""

    help = "Kiểm tra hệ thống vừa khôi phục."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what the manifest says."""
        for name in ("archive", "made_at", "head"):
            parser.add_argument(name)
        parser.add_argument("seals", type=int)
        parser.add_argument("missing", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Fail if anything differs, and say all of it."""
        wrong = [f"{fault.where}: {fault.what}" for fault in verify()]
        if options["seals"]:
            found = Seal.objects.filter(pk=options["seals"]).values_list("digest")
            if list(found) != [(options["head"],)]:
                wrong.append("đầu chuỗi nhật ký khác với bản sao lưu")
        lost = lost_files()
        if len(lost) > options["missing"]:
            wrong += [f"tệp {name} thiếu hoặc sai" for name in lost]
        for line in wrong:
            self.stderr.write(line)
        if wrong:
            raise CommandError(f"Có {len(wrong)} sai lệch.")
        now, actor = timezone.now(), system_actor(KEEP)
        remember_verification(
            actor=actor,
            faults=0,
            head=options["head"],
            seals=options["seals"],
            at=now,
        )
        remember_restoring(
            actor=actor,
            archive=options["archive"],
            made_at=datetime.fromisoformat(options["made_at"]),
            head=options["head"],
            at=now,
        )


def lost_files() -> list[str]:
    """Return the stored files whose content is not there, or is another one."""
    lost = []
    for sha256 in StoredFile.objects.values_list("sha256", flat=True).distinct():
        path = path_of(sha256)
        if not path.exists():
            lost.append(sha256)
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                lost.append(sha256)
    return lost
