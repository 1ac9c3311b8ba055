"""How tokens look and how long they last; refusals."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused

PREFIX = "lt_"
SHOWN = 8  # characters of a secret that tell tokens apart, after the prefix
LONGEST_LIFE = timedelta(days=365)
USUAL_LIFE = timedelta(days=90)
MOST_TOKENS = 20  # in force, of one person


class TokenLivesTooLong(Refused):
    """A token lasts from today to a year."""

    message = _("Mã truy cập dùng được từ hôm nay đến nhiều nhất một năm.")


class TooManyTokens(Refused):
    """The person has enough tokens."""

    message = _(
        "Bạn đang có 20 mã truy cập còn hiệu lực. Hãy thu hồi mã không dùng nữa trước."
    )


class KeyMissing(Refused):
    """A command of the API carries no key."""

    message = _(
        "Lệnh thiếu mã lệnh. Hãy gửi kèm tiêu đề Idempotency-Key, "
        "dài nhất 70 ký tự, khác nhau cho mỗi lệnh và giữ nguyên khi gửi lại."
    )


class NotJson(Refused):
    """The command's content is of another type than asked for."""

    message = _("Hãy gửi lệnh dưới dạng JSON (Content-Type: application/json).")


class NotMultipart(Refused):
    """A file comes as a part of a form."""

    message = _("Hãy gửi tệp dưới dạng multipart/form-data.")


class TokenNotEnough(Refused):
    """What manages accounts is done by a person who has signed in."""

    message = _(
        "Mã truy cập không dùng được để quản lý tài khoản và chức danh. "
        "Hãy đăng nhập rồi thực hiện."
    )
