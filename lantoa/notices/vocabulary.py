"""What a message says and to whom, how far a digest has come, and refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused

Param = str | int | date | datetime | Promise


@dataclass(frozen=True, slots=True)
class Holders:
    """Everybody whose mandate in force at one of these bodies has the capability."""

    capability: str
    body_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Just these persons."""

    person_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to many.

    Attributes:
        kind: the name of a registered kind.
        subject: what it is about, "obligation:12".
        occasion: which event of the subject; the same one is told a person once.
        href: where it leads, an address of ours: "/nhiem-vu/12/".
        words: a whole sentence, lazily translated or a bare message id, with
            ``%(name)s`` for each of *params*; told in the reader's language.
    """

    kind: str
    to: Holders | People
    subject: str
    occasion: str
    href: str
    words: str | Promise
    params: Mapping[str, Param] = field(default_factory=dict)


class DigestState(models.TextChoices):
    """How far a digest has come (tình trạng thư tổng hợp)."""

    WAITING = "waiting", _("chờ gửi")
    FAILED = "failed", _("chưa gửi được, sẽ gửi lại")
    GIVEN_UP = "given_up", _("không gửi được")
    UNCERTAIN = "uncertain", _("không rõ đã gửi hay chưa")
    SENT = "sent", _("đã gửi")


class DigestInQuietHours(Refused):
    """The digest would come when the person wants quiet."""

    message = _(
        "Giờ gửi thư tổng hợp đang nằm trong giờ yên lặng. "
        "Hãy chọn giờ gửi khác hoặc thu hẹp giờ yên lặng."
    )
