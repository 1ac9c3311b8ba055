"""What happens to the installation itself."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lantoa.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade(Event):
    """A copy of everything was made; *sha256* is the digest of the archive."""

    name = "operations.backup_made"
    sentence = _("Đã sao lưu toàn bộ hệ thống vào “{archive}”.")
    archive: str
    sha256: str
    size: int
    files: int
    missing: int
    head: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRestored(Event):
    """The installation was made anew from a copy."""

    name = "operations.backup_restored"
    sentence = _("Đã khôi phục toàn bộ hệ thống từ “{archive}”.")
    archive: str
    made_at: datetime
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationAsked(Event):
    """Somebody wants the journal held against its seals now."""

    name = "operations.verification_asked"
    sentence = _("Yêu cầu kiểm tra chuỗi niêm phong của nhật ký.")


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalVerified(Event):
    """The whole journal was held against its seals."""

    name = "operations.journal_verified"
    sentence = _("Đã kiểm tra chuỗi niêm phong của nhật ký: {faults} sai lệch.")
    faults: int
    head: str
    seals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRetried(Event):
    """A job that had failed for good was put into the queue again."""

    name = "operations.job_retried"
    sentence = _("Cho chạy lại công việc nền số {number} ({task}).")
    number: int
    task: str
