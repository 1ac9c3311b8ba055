"""The demo's accounts: each an office, none a person."""

import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from lantoa.access.actions import GRANT, grant_mandate
from lantoa.access.models import Mandate
from lantoa.access.queries import in_force
from lantoa.access.vocabulary import Role
from lantoa.conferences.models import Venue
from lantoa.identity.actions import KEEP_PEOPLE, register_person
from lantoa.identity.models import Person
from lantoa.kernel.actor import system_actor
from lantoa.kernel.dates import HANOI
from lantoa.organisations.models import Body, ReportsTo, valid_on
from lantoa.organisations.queries import bodies_by_rule
from lantoa.organisations.vocabulary import (
    LAST_THREE_LEVEL_DAY,
    BodyKind,
    BodyRule,
    Line,
)

DOMAIN = "lantoa.test"  # a name that nobody can own (RFC 6761)
SINCE = date(2020, 1, 1)
COUNCIL = "hdph-trung-uong"
CHAIR = f"chutri@{DOMAIN}"
SECRETARIAT = f"thuky@{DOMAIN}"
ADMINISTRATOR = f"quantri@{DOMAIN}"
CAO_LOC = f"caoloc@{DOMAIN}"
LANG_SON = f"tinh-20@{DOMAIN}"
LANG_SON_OFFICER = f"langson@{DOMAIN}"
CAO_LOC_OFFICER = f"huyen-caoloc@{DOMAIN}"
CAO_LOC_UBND = "ubnd-183"
DONG_DANG_OFFICER = f"dongdang@{DOMAIN}"
DONG_DANG = "ubnd-06184"  # the township on the border; a commune since 1 July 2025
AUDITOR = f"giamsat@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demo, and the office it acts in."""

    email: str
    role: Role
    body: str  # slug
    office: str


def password() -> str:
    """Return the password of every demo account: made once for this installation."""
    place = Path(settings.DATA) / "demo-password"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        word = f"lan-toa-{secrets.randbelow(10**8):08}"
        descriptor = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(word)
    return place.read_text().strip()


def accounts() -> list[Account]:
    """Return the accounts, those a newcomer wants first."""
    named = [
        Account(CHAIR, Role.CHAIR, COUNCIL, "Chủ trì hội nghị"),
        Account(SECRETARIAT, Role.SECRETARIAT, COUNCIL, "Ban thư ký hội nghị"),
        Account(ADMINISTRATOR, Role.ADMINISTRATOR, COUNCIL, "Quản trị hệ thống"),
        Account(AUDITOR, Role.AUDITOR, COUNCIL, "Kiểm tra, giám sát"),
        Account(
            CAO_LOC,
            Role.DELEGATE,
            "phong-tu-phap-183",
            "Đại diện Phòng Tư pháp huyện Cao Lộc",
        ),
        Account(
            LANG_SON_OFFICER,
            Role.OFFICER,
            "ubnd-20",
            "Công chức theo dõi công tác PBGDPL tỉnh Lạng Sơn",
        ),
        *_officers_below("ubnd-20", "Công chức theo dõi công tác PBGDPL"),
        *_officers_below(CAO_LOC_UBND, "Công chức Tư pháp - Hộ tịch"),
    ]
    provinces: dict[str, Account] = {}
    for day in (date(2020, 12, 15), date(2026, 1, 1)):
        for each in bodies_by_rule(BodyRule.PROVINCES, day):
            if each.unit is None:
                continue
            provinces.setdefault(
                each.body.slug,
                Account(
                    _email_of(each.body, each.unit.code),
                    Role.REPRESENTATIVE,
                    each.body.slug,
                    f"Đại diện điểm cầu {each.unit.name}",
                ),
            )
    return [*named, *provinces.values()]


def _officers_below(superior: str, office: str) -> list[Account]:
    """Return an officer for each committee below another before 1 July 2025."""
    known = {CAO_LOC_UBND: CAO_LOC_OFFICER, DONG_DANG: DONG_DANG_OFFICER}
    lines = ReportsTo.objects.filter(
        valid_on(LAST_THREE_LEVEL_DAY),
        superior__slug=superior,
        line=Line.TERRITORIAL,
        body__kind=BodyKind.PEOPLES_COMMITTEE,
    ).select_related("body")
    return [
        Account(
            known.get(row.body.slug, f"{row.body.slug}@{DOMAIN}"),
            Role.OFFICER,
            row.body.slug,
            f"{office}, {row.body.label}",
        )
        for row in lines.order_by("body__slug")
    ]


def register(at: datetime) -> dict[str, Mandate]:
    """Open the accounts that are missing and give each its mandate, by address.

    Who passed to a successor since is held by the mandate of the time.
    """
    return _open(accounts(), SINCE, at)


def speak_again(venues: Iterable[Venue], at: datetime) -> dict[int, str]:
    """Return, by venue, the address of an account that may speak for it today.

    Where a body is no more, its people act for the successor; who re-enacts its venue
    gets an account of their own.
    """
    today = at.astimezone(HANOI).date()
    spoken = dict(
        in_force(today)
        .filter(role=Role.REPRESENTATIVE, person__email__endswith=f"@{DOMAIN}")
        .values_list("body_id", "person__email")
    )
    missing = [venue for venue in venues if venue.body_id not in spoken]
    wanted = [
        Account(
            f"dien-lai-{venue.body.slug}@{DOMAIN}",
            Role.REPRESENTATIVE,
            venue.body.slug,
            f"Đại diện điểm cầu {venue.name} (diễn lại)",
        )
        for venue in missing
    ]
    for mandate in _open(wanted, today, at).values():
        spoken[mandate.body_id] = mandate.person.email
    return {venue.pk: spoken[venue.body_id] for venue in venues}


def _open(
    wanted: Sequence[Account], starts_on: date, at: datetime
) -> dict[str, Mandate]:
    founder = system_actor(KEEP_PEOPLE, GRANT)
    word = password()
    hashed = make_password(word)  # slow by design, so once for all of them
    bodies = Body.objects.in_bulk({each.body for each in wanted}, field_name="slug")
    there = {
        (mandate.person.email, mandate.body.slug): mandate
        for mandate in Mandate.objects.select_related("person", "body").order_by("pk")
    }
    held: dict[str, Mandate] = {}
    for each in wanted:
        known = there.get((each.email, each.body))
        if known is not None:
            held[each.email] = known
            continue
        person = register_person(
            actor=founder, email=each.email, password=word, hashed=hashed, at=at
        )
        held[each.email] = grant_mandate(
            actor=founder,
            person=person,
            role=each.role,
            body=bodies[each.body],
            office=each.office,
            starts_on=starts_on,
            at=at,
        )
    return held


def representatives(held: dict[str, Mandate]) -> dict[int, Mandate]:
    """Return the mandates of those who speak for a venue, by their body."""
    return {
        mandate.body_id: mandate
        for mandate in held.values()
        if mandate.role == Role.REPRESENTATIVE
    }


def are_registered() -> bool:
    """Return whether this installation has the demo's accounts."""
    return Person.objects.filter(email=CHAIR).exists()


def _email_of(body: Body, code: str) -> str:
    new = "-nay" if body.slug.endswith("-2025") else ""
    return f"tinh-{code}{new}@{DOMAIN}"
