"""Who may come in to an operation: by token, or by session with its CSRF token."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security.apikey import APIKeyCookie
from ninja.security.http import HttpBearer

from lantoa.gateway.vocabulary import TokenNotEnough
from lantoa.kernel.actor import Actor
from lantoa.kernel.refusal import NotPermitted


class Token(HttpBearer):
    """A mandate's token; the middleware has read it already."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the actor of the token, if there is one."""
        held = getattr(request, "token", None)
        return request.actor if held is not None else None  # type: ignore[attr-defined]


class Session(APIKeyCookie):
    """A person who has signed in; commands carry the CSRF token, too."""

    param_name: str = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Return the actor, if somebody has signed in."""
        if not request.user.is_authenticated:
            return None
        if request.user.must_change_password:
            raise NotPermitted(_("Hãy đổi mật khẩu ban đầu trước."))
        return request.actor  # type: ignore[attr-defined, no-any-return]


class Person(Session):
    """A person who has signed in, and no machine."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        """Return the actor of the session.

        Raises:
            TokenNotEnough: the request comes by token.
        """
        if getattr(request, "token", None) is not None:
            raise TokenNotEnough
        actor: Actor | None = super().__call__(request)
        return actor


ANYBODY_KNOWN = [Token(), Session()]
A_PERSON = [Person()]
