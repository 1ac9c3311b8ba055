"""Give the journal's tables to a role of their own."""

import os
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from lantoa.config.hardening import harden, soften
from lantoa.config.postgres import Cluster, find_account


class Command(BaseCommand):
    """Run it as an administrator of the server, or print it for one."""

    help = (
        "Giao bảng nhật ký cho một vai trò riêng; chương trình chỉ còn được ghi thêm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do with it."""
        parser.add_argument("--undo", action="store_true", help="trả lại quyền sở hữu")
        parser.add_argument("--print", action="store_true", help="chỉ in lệnh SQL")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it in one transaction; doing it again does no harm."""
        said = connection.settings_dict
        made = soften if options["undo"] else harden
        statements = made(said["NAME"], said["USER"])
        if options["print"]:
            for each in statements:
                self.stdout.write(f"{each.as_string().strip()};")
            return
        with psycopg.connect(self._administrator(), dbname=said["NAME"]) as line:
            for each in statements:
                line.execute(each)
        if options["undo"]:
            self.stdout.write("Đã trả bảng nhật ký cho vai trò của chương trình.")
        else:
            self.stdout.write(
                "Bảng nhật ký nay thuộc vai trò riêng; chương trình chỉ được ghi thêm."
            )

    def _administrator(self) -> str:
        """Return the address by which an administrator reaches the server."""
        given = os.environ.get("ADMIN_DATABASE_URL")
        if given:
            return given
        home = settings.DATA / "postgres"
        if os.environ.get("DATABASE_URL", "").find(str(home.resolve())) < 0:
            raise CommandError(
                "Hãy đặt ADMIN_DATABASE_URL= (quản trị của máy chủ PostgreSQL), "
                "hoặc dùng --print rồi chạy các lệnh SQL bằng psql."
            )
        return Cluster(home.resolve(), find_account(home)).url()
