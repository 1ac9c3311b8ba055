"""The words of official papers, and refusals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused


class Family(models.TextChoices):
    """Whose rules the type of a paper follows."""

    STATE = "state", _("cơ quan nhà nước")
    PARTY = "party", _("cơ quan của Đảng")


class PaperState(models.TextChoices):
    """Whether what the paper says still stands."""

    ISSUED = "issued", _("Đã ban hành")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause as the paper has it; the label ("II.1") is its address."""

    label: str
    heading: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that is confirmed to stand in a paper whose text is not held."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class NumberTaken:
    """The next number of an issuer, and the code it makes ("01", "01/TB-HĐPH")."""

    number: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a correction makes of a paper; None leaves a thing as it was.

    Clauses are given all together: one that isn't among them is dropped.
    """

    summary: str | None = None
    issued_on: date | None = None
    place: str | None = None
    signed_as: str | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    clauses: Sequence[ClauseText] | None = None


class CodeTaken(Refused):
    """The issuer gave this number and symbol to another paper that year."""

    message = _(
        "Số, ký hiệu này đã có trong sổ văn bản của cơ quan ban hành trong năm. "
        "Hãy kiểm tra lại số văn bản."
    )


class IssuerMissing(Refused):
    """A paper has an issuer: one of the register's bodies, or a name."""

    message = _("Hãy ghi cơ quan ban hành: chọn trong danh mục hoặc nhập tên.")


class SummaryMissing(Refused):
    """A paper has a summary."""

    message = _("Hãy ghi trích yếu nội dung của văn bản.")


class LabelUnusable(Refused):
    """A clause's label can't be its address."""

    message = _(
        "Số hiệu điều, khoản chỉ gồm chữ, số, dấu chấm và gạch nối (ví dụ: II.1), "
        "và không được trùng nhau trong một văn bản."
    )


class ReasonMissing(Refused):
    """Nothing official changes without a reason."""

    message = _("Hãy ghi lý do. Lý do được lưu cùng phiên bản mới của văn bản.")


class WithdrawnAlready(Refused):
    """The paper was withdrawn; nothing can change in it."""

    message = _("Văn bản đã được thu hồi nên không thể sửa đổi.")


class EffectBackwards(Refused):
    """The effect would end before it began."""

    message = _("Ngày hết hiệu lực phải sau ngày có hiệu lực.")
