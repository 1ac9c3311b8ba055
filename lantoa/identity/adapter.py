"""How allauth behaves here: accounts are opened by an administrator only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from lantoa.identity.models import Person


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves; an initial password is good for changing it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an administrator registers people."""
        return False

    def set_password(self, user: Person, password: str) -> None:
        """Keep the password that a person chose; nobody handed it over."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return the desk: who has just chosen a password wants to go on."""
        return str(self.get_login_redirect_url(request))
