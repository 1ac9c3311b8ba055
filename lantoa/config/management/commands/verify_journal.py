"""Hold the journal against its seals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lantoa.journal.models import Seal
from lantoa.journal.sealing import verify


class Command(BaseCommand):
    """Print the head of the chain, or every fault, and fail if there is one."""

    help = "Kiểm tra chuỗi niêm phong của nhật ký."

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify the whole chain."""
        faults = verify()
        for fault in faults:
            self.stderr.write(f"{fault.where}: {fault.what}")
        if faults:
            raise CommandError(f"Nhật ký có {len(faults)} sai lệch.")
        head = Seal.objects.order_by("-pk").first()
        self.stdout.write(f"Nhật ký nguyên vẹn. Đầu chuỗi: {head or 'chưa có'}")
