"""Expected refusals: the domain says no, and says what stands in the way."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):  # noqa: N818 -- a refusal is an answer, not an error
    """The action can't be done now; ``message`` tells the person why."""

    message: str | Promise = _("Chưa thể thực hiện thao tác này.")

    def __init__(self, message: str | Promise | None = None) -> None:
        super().__init__()
        if message is not None:
            self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotPermitted(Refused):
    """The actor's mandate doesn't reach this object."""

    message = _(
        "Bạn không có thẩm quyền thực hiện thao tác này. "
        "Hãy chọn đúng chức danh đang đảm nhiệm hoặc liên hệ quản trị viên."
    )
