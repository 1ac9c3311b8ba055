"""What the operator should know of now, in plain words, each with what to do.

Packages above add their own by `register`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.operations.state import State

NO_BACKUP = timedelta(hours=24)
NO_SEAL = 120.0  # seconds that an entry may wait; the seal is made every second
LATE = 300.0  # seconds that a job may wait
LEAST_ROOM = 0.1  # of the disk
MOST_LINES = 0.8  # of the connections


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:  # noqa: A001 - it is one, and stands in a module of its own
    """Something that is not as it should be; *bad*: people are losing something now.

    The *name* is for machines: it stands in the readiness.
    """

    name: str
    tone: Literal["bad", "warn"]
    what: str
    todo: str


Check = Callable[[State], Iterable[Warning]]
_checks: list[Check] = []


def register(check: Check) -> Check:
    """Ask *check*, too, whenever warnings are gathered."""
    if check not in _checks:
        _checks.append(check)
    return check


def warnings(state: State) -> list[Warning]:
    """Return what is not as it should be, the worst first."""
    found = [warning for check in _checks for warning in check(state)]
    return sorted(found, key=lambda warning: warning.tone != "bad")


@register
def workers(state: State) -> Iterator[Warning]:
    """Nobody carries out what follows from what people do."""
    if not state.workers:
        yield Warning(
            name="no_worker",
            tone="bad",
            what=_("Không có tiến trình công việc nền nào đang chạy."),
            todo=_(
                "Nhật ký không được niêm phong, thông báo không được gửi. Hãy xem nhật "
                "ký của dịch vụ rồi khởi động lại: systemctl restart lantoa."
            ),
        )


@register
def jobs(state: State) -> Iterator[Warning]:
    """Jobs that wait too long, and those that failed for good."""
    if state.oldest > LATE:
        yield Warning(
            name="jobs_late",
            tone="warn",
            what=_("Việc nền cũ nhất đã đợi %(minutes)s phút; còn %(jobs)s việc đợi.")
            % {"minutes": int(state.oldest // 60), "jobs": state.waiting},
            todo=_(
                "Nếu hàng đợi không ngắn dần, hãy chạy thêm tiến trình nền: WORKERS=2."
            ),
        )
    if state.failed:
        yield Warning(
            name="jobs_failed",
            tone="warn",
            what=ngettext(
                "%(jobs)s việc nền đã lỗi sau mọi lần thử.",
                "%(jobs)s việc nền đã lỗi sau mọi lần thử.",
                state.failed,
            )
            % {"jobs": state.failed},
            todo=_(
                "Hãy tìm nguyên nhân trong nhật ký của dịch vụ (theo số bút tích), "
                "rồi cho chạy lại ở bảng bên dưới."
            ),
        )


@register
def seals(state: State) -> Iterator[Warning]:
    """Facts that wait for their seal, and a journal that did not hold."""
    if state.sealed.oldest > NO_SEAL and state.workers:
        yield Warning(
            name="not_sealed",
            tone="bad",
            what=_("%(entries)s bút tích nhật ký đợi niêm phong quá lâu.")
            % {"entries": state.sealed.waiting},
            todo=_("Hãy xem nhật ký của tiến trình nền: việc “seal” có báo lỗi không."),
        )
    last = state.verification
    if last is not None and last.payload["faults"]:
        yield Warning(
            name="journal_broken",
            tone="bad",
            what=_("Lần kiểm tra gần nhất thấy nhật ký có %(faults)s sai lệch.")
            % {"faults": last.payload["faults"]},
            todo=_(
                "Hãy giữ nguyên hiện trạng, chạy make manage DO='verify_journal' để "
                "xem từng sai lệch, rồi đối chiếu với đầu chuỗi đã lưu bên ngoài."
            ),
        )


@register
def backups(state: State) -> Iterator[Warning]:
    """No copy, an old one, or one with holes."""
    if state.backup is None or state.at - state.backup.occurred_at > NO_BACKUP:
        yield Warning(
            name="no_backup",
            tone="warn",
            what=_("Không có bản sao lưu nào trong 24 giờ qua."),
            todo=_(
                "Hãy chạy make backup TO=/thư-mục, và đặt lịch chạy hằng ngày "
                "(docs/howto/deploy.md)."
            ),
        )
    if state.backup is not None and state.backup.payload["missing"]:
        yield Warning(
            name="files_missing",
            tone="bad",
            what=_("Bản sao lưu gần nhất thiếu %(files)s tệp: tệp đã mất hoặc bị hỏng.")
            % {"files": state.backup.payload["missing"]},
            todo=_("Hãy lấy lại các tệp ấy từ bản sao lưu cũ hơn vào DATA/files."),
        )


@register
def room(state: State) -> Iterator[Warning]:
    """A disk that fills up."""
    if state.disk.free < LEAST_ROOM * state.disk.whole:
        yield Warning(
            name="disk",
            tone="bad",
            what=_("Ổ đĩa của thư mục dữ liệu chỉ còn %(free)s.")
            % {"free": filesizeformat(state.disk.free)},
            todo=_("Hãy dọn bản sao lưu cũ hoặc thêm dung lượng trước khi đĩa đầy."),
        )


@register
def connections(state: State) -> Iterator[Warning]:
    """A server that soon takes nobody in."""
    database = state.database
    if database.connections > MOST_LINES * database.most_connections:
        yield Warning(
            name="connections",
            tone="warn",
            what=_("Máy chủ cơ sở dữ liệu đã dùng %(used)s trên %(most)s kết nối.")
            % {"used": database.connections, "most": database.most_connections},
            todo=_("Hãy tăng max_connections, hoặc giảm WEB= và WORKERS=."),
        )
