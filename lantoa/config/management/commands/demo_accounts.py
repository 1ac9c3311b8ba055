"""Say who may sign in to the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from lantoa.config.demo import people


class Command(BaseCommand):
    """Print the accounts a newcomer wants, one per line, and the password of all."""

    help = "In các tài khoản trình diễn."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print nothing when this installation has no demo."""
        if not people.are_registered():
            return
        shown = [
            (people.CHAIR, "Chủ trì hội nghị"),
            (people.SECRETARIAT, "Ban thư ký hội nghị"),
            (people.LANG_SON, "Đại diện điểm cầu Lạng Sơn (tinh-NN: các tỉnh khác)"),
            (people.LANG_SON_OFFICER, "Công chức PBGDPL tỉnh Lạng Sơn"),
            (people.DONG_DANG_OFFICER, "Công chức PBGDPL cấp xã: Đồng Đăng"),
            (people.CAO_LOC, "Đại biểu: Phòng Tư pháp huyện Cao Lộc"),
            (people.AUDITOR, "Kiểm tra, giám sát"),
            (people.ADMINISTRATOR, "Quản trị hệ thống"),
        ]
        width = max(len(email) for email, _ in shown)
        for email, office in shown:
            self.stdout.write(f"{email:<{width}}  {office}")
        self.stdout.write(f"Mật khẩu chung (one password): {people.password()}")
