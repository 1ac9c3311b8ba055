"""The refusals of identity."""

from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused


class EmailTaken(Refused):
    """Somebody is registered with that address already."""

    message = _("Địa chỉ thư điện tử này đã có tài khoản. Hãy dùng tài khoản đó.")


class NotTheFirst(Refused):
    """The first account exists already."""

    message = _("Hệ thống đã có quản trị viên. Hãy đăng nhập.")
