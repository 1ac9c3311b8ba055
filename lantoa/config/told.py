"""What only the whole program can tell its operator: of the demo, of the digests."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from lantoa.config.demo import people
from lantoa.notices.queries import unsent_digests
from lantoa.operations import exposition, warnings
from lantoa.operations.state import State
from lantoa.operations.warnings import Warning as Word

LATE = timedelta(hours=1)  # that an e-mail may take to leave


def register() -> None:
    """Add our own warnings and figures to those of operations."""
    warnings.register(demo)
    warnings.register(digests)
    meaning = "E-mails that have not left."
    exposition.register("digests_unsent", meaning, lambda: unsent_digests().count())


def demo(state: State) -> Iterator[Word]:
    """Accounts whose password everybody knows, on a machine that others reach."""
    if settings.REACHED_BY_OTHERS and people.are_registered():
        yield Word(
            name="demo",
            tone="bad",
            what=_("Hệ thống có tài khoản trình diễn mà cả mạng đang vào được."),
            todo=_(
                "Các tài khoản ấy dùng chung một mật khẩu, trong đó có tài khoản quản "
                "trị. Chạy thật thì dùng DEMO=no với thư mục DATA mới."
            ),
        )


def digests(state: State) -> Iterator[Word]:
    """E-mails that wait too long."""
    late = unsent_digests().filter(made_at__lt=state.at - LATE).count()
    if late:
        yield Word(
            name="digests_late",
            tone="warn",
            what=_("%(digests)s thư tổng hợp chưa gửi được sau một giờ.")
            % {"digests": late},
            todo=_("Hãy xem lại EMAIL_URL và máy chủ thư; hệ thống sẽ tự gửi lại."),
        )
