from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["Person"]):
    """Finds people by the address they sign in with."""


class Person(AbstractBaseUser):
    """Someone who signs in; what they may do stands in their mandates."""

    email = models.EmailField(_("địa chỉ thư điện tử"), unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=120, blank=True)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    must_change_password = models.BooleanField(
        _("phải đổi mật khẩu"),
        default=False,
        help_text=_("Mật khẩu ban đầu do quản trị viên trao, chỉ dùng một lần."),
    )
    registered_at = models.DateTimeField(_("đăng ký lúc"), db_default=Now())

    USERNAME_FIELD = "email"
    objects: ClassVar[People] = People()

    class Meta:
        verbose_name = _("người dùng")

    def __str__(self) -> str:
        return self.email
