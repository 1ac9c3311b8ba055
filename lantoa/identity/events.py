"""What happens to accounts; never a name or an address."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lantoa.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered(Event):
    """An account was opened."""

    name = "identity.person_registered"
    sentence = _("Mở {person}.")
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonClosed(Event):
    """An account was closed; its sessions end."""

    name = "identity.person_closed"
    sentence = _("Đóng {person}.")
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReopened(Event):
    """A closed account may sign in again."""

    name = "identity.person_reopened"
    sentence = _("Mở lại {person}.")
    person_id: int
