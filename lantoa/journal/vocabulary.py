"""The refusals and errors of the journal."""

from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused


class KeyReused(Refused):
    """The same command key came with other content or for another actor."""

    message = _(
        "Lệnh này đã được gửi với nội dung khác. "
        "Hãy tải lại trang rồi gửi lại nội dung mới."
    )


class SilentActionError(AssertionError):
    """An action changed the world and recorded nothing: a programming error."""
