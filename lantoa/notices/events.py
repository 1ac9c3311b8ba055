"""What is said to people; never their names, and never the words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.journal.events import Event
from lantoa.notices.kinds import kind_named


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesSent(Event):
    """People were told something of one kind, about one or more subjects."""

    name = "notices.notices_sent"
    sentence = _("Gửi {notices} thông báo “{kind}” tới {people} người.")
    kind: str
    notices: int
    people: int
    about: list[str]
    body_ids: list[int]

    def words(self) -> dict[str, str | Promise]:
        """Return the kind as it is called."""
        return {"kind": kind_named(self.kind).label}

    def subjects(self) -> list[str]:
        """Return what was told about, and the bodies whose people were told."""
        return list(dict.fromkeys([*self.about, *Event.subjects(self)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesChosen(Event):
    """Somebody chose what comes by e-mail, and when."""

    name = "notices.notices_chosen"
    sentence = _("{person} chọn cách nhận thông báo.")
    person_id: int
    by_mail: dict[str, bool]
    digest_at: str
    quiet: list[str]  # from, until
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSent(Event):
    """A digest left for a person's mailbox."""

    name = "notices.digest_sent"
    sentence = _("Gửi thư tổng hợp {notices} thông báo cho {person}.")
    digest_id: int
    person_id: int
    notices: int
