"""What every page of a conference shows around its own matter."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.conferences import rules
from lantoa.conferences.models import Conference
from lantoa.conferences.queries.conferences import authority
from lantoa.conferences.vocabulary import ConferenceState
from lantoa.kernel.actor import Actor
from lantoa.live.fragments import Authority
from lantoa.ui.parts import Link, Tone
from lantoa.ui.requests import ActorRequest

DESK = {"chair", "secretariat"}
TONES: dict[str, Tone] = {
    ConferenceState.PREPARING: "",
    ConferenceState.INVITED: "info",
    ConferenceState.LIVE: "live",
    ConferenceState.CLOSED: "quiet",
    ConferenceState.CONCLUDED: "good",
}


def around(request: ActorRequest, conference: Conference, here: str) -> dict[str, Any]:
    """Return the context that frames a page called *here* ("venues", …)."""
    actor = request.actor
    may_prepare = rules.PREPARE.allows(actor, conference)
    may_chair = rules.CHAIR.allows(actor, conference)
    stands = authority(actor, conference)
    return {
        "conference": conference,
        "authority": stands,
        "may_prepare": may_prepare,
        "may_chair": may_chair,
        "may_run": may_prepare or may_chair,
        "tone": TONES[conference.state],
        "crumbs": crumbs(conference),
        "tabs": tabs(actor, stands, conference, here),
    }


def crumbs(conference: Conference | None = None) -> list[Link]:
    """Return the way to a page of *conference*."""
    way = [Link(label=_("Hội nghị"), href=reverse("conferences:index"))]
    if conference is not None:
        href = reverse("conferences:conference", args=[conference.pk])
        way.append(Link(label=conference.title, href=href))
    return way


def tabs(
    actor: Actor, stands: Authority | None, conference: Conference, here: str
) -> list[Link]:
    """Return the pages of the conference that *actor*, who *stands* so, may open."""
    overseeing = stands in DESK or rules.READ.allows(actor, conference)
    pages = [("conference", _("Tổng quan")), ("agenda", _("Chương trình"))]
    if overseeing:
        pages.append(("venues", _("Điểm cầu")))
    if overseeing or stands == "venue":
        pages.append(("rehearsal", _("Tổng duyệt")))
    if stands in DESK or _tells(stands, conference):
        pages.append(("opening", _("Báo cáo mở đầu")))
    if stands in DESK or conference.paper_id is not None:
        pages.append(("conclusions", _("Kết luận")))
    links = [
        Link(
            label=label,
            href=reverse(f"conferences:{name}", args=[conference.pk]),
            current=name == here,
        )
        for name, label in pages
    ]
    if actor.reach.covers("journal.read", conference.host_id):
        journal = reverse("journal:subject", args=["conference", conference.pk])
        links.append(Link(label=_("Nhật ký"), href=journal))
    return links


def _tells(stands: Authority | None, conference: Conference) -> bool:
    """Return whether a report at the opening stands on the agenda for delegates."""
    if stands not in {"venue", "delegate"}:
        return False
    return conference.opening_reports.filter(item__isnull=False).exists()
