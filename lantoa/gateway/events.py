"""What happens to tokens; never their secret."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from lantoa.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssued(Event):
    """A machine was given a way in under a mandate."""

    name = "gateway.token_issued"
    sentence = _("Cấp mã truy cập “{token}” cho chức danh “{mandate}”.")
    token_id: int
    mandate_id: int
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Event):
    """A token opens nothing any more."""

    name = "gateway.token_revoked"
    sentence = _("Thu hồi mã truy cập “{token}” của chức danh “{mandate}”.")
    token_id: int
    mandate_id: int
