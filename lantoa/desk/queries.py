"""What waits for somebody, gathered from the packages below."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.conferences.models import Conference, Venue
from lantoa.conferences.queries import conferences
from lantoa.conferences.vocabulary import ConferenceState
from lantoa.documents import queries as documents
from lantoa.documents.models import Paper
from lantoa.kernel.actor import Actor
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import Level
from lantoa.plans import queries as plans
from lantoa.plans import rules as plans_rules
from lantoa.plans.models import TaskParty
from lantoa.plans.queries import derivation, desks
from lantoa.plans.vocabulary import WorkState

SHOWN = 5  # of each list


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the reader, and the button that goes there."""

    title: str | Promise
    text: str | Promise
    href: str
    act: str | Promise
    live: bool = False
    since: datetime | None = None  # or when it comes


def waiting_for(actor: Actor, on: date) -> list[Waiting]:
    """Return what waits for *actor*, what happens now first."""
    return list(
        chain(
            _live_now(actor),
            _invitations(actor),
            _tasks(actor),
            _own_work(actor, on),
            _verdicts(actor),
            _stale(actor),
            _drafts(actor),
            _next(actor),
        )
    )


def calls(actor: Actor) -> list[Waiting]:
    """Return what calls *actor* away from their tasks: conferences, invitations."""
    return [*_live_now(actor), *_invitations(actor)]


def works_in_commune(actor: Actor) -> bool:
    """Return whether *actor* carries out tasks at a body of a commune."""
    if not actor.may(plans_rules.CARRY_OUT.capability):
        return False
    here = Body.objects.filter(pk=actor.body_id or 0, territory__level=Level.COMMUNE)
    return here.exists()


def _live_now(actor: Actor) -> list[Waiting]:
    running = _coming(actor).filter(state=ConferenceState.LIVE)
    run = set(conferences.run_by(actor).values_list("pk", flat=True))
    own = {
        venue.conference_id: venue
        for venue in conferences.spoken_for(actor).filter(conference__in=running)
    }
    return [
        Waiting(
            title=each.title,
            text=_("Hội nghị đang diễn ra."),
            href=_way_in(each, own.get(each.pk), runs=each.pk in run),
            act=_("Vào hội nghị"),
            live=True,
            since=each.started_at,
        )
        for each in running[:SHOWN]
    ]


def _way_in(conference: Conference, own: Venue | None, *, runs: bool) -> str:
    if runs:
        return reverse("conferences:console", args=[conference.pk])
    if own is not None:
        return reverse("conferences:venue_console", args=[conference.pk, own.pk])
    return reverse("conferences:follow", args=[conference.pk])


def _invitations(actor: Actor) -> list[Waiting]:
    open_ones = conferences.spoken_for(actor).filter(
        answered_at__isnull=True, conference__state=ConferenceState.INVITED
    )
    return [
        Waiting(
            title=_("Giấy mời: %s") % venue.conference.title,
            text=_("Điểm cầu %s chưa trả lời phòng họp và thành phần dự.") % venue.name,
            href=reverse("conferences:answer", args=[venue.conference_id, venue.pk]),
            act=_("Trả lời giấy mời"),
            since=venue.invited_at,
        )
        for venue in open_ones.order_by("conference__planned_start", "pk")[:SHOWN]
    ]


def _tasks(actor: Actor) -> list[Waiting]:
    number = open_tasks(actor).count()
    if not number:
        return []
    text = ngettext(
        "%(number)s nhiệm vụ được giao mà cơ quan chưa xác nhận.",
        "%(number)s nhiệm vụ được giao mà cơ quan chưa xác nhận.",
        number,
    ) % {"number": number}
    return [
        Waiting(
            title=_("Xác nhận nhiệm vụ được giao"),
            text=text,
            href=reverse("plans:inbox"),
            act=_("Xem và xác nhận"),
        )
    ]


def _own_work(actor: Actor, on: date) -> list[Waiting]:
    """Return what the actor's body owes that is overdue, or has no plan yet."""
    if not actor.may(plans_rules.CARRY_OUT.capability):
        return []
    pressing = desks.own_pressing(actor, on)
    own = f"{reverse('plans:list')}?don-vi={actor.body_id}&tinh-trang="
    found = []
    if pressing.overdue:
        text = _("%(number)s nhiệm vụ của cơ quan đã quá hạn, chưa hoàn thành.")
        found.append(
            Waiting(
                title=_("Nhiệm vụ quá hạn"),
                text=text % {"number": pressing.overdue},
                href=own + WorkState.OVERDUE,
                act=_("Xem và báo cáo"),
            )
        )
    if pressing.unplanned:
        text = _("%(number)s nhiệm vụ đã xác nhận mà chưa có kế hoạch.")
        found.append(
            Waiting(
                title=_("Lập kế hoạch, cụ thể hóa"),
                text=text % {"number": pressing.unplanned},
                href=own + WorkState.ACKNOWLEDGED,
                act=_("Xem và lập kế hoạch"),
            )
        )
    return found


def _verdicts(actor: Actor) -> list[Waiting]:
    number = plans.count_to_judge(actor)
    if not number:
        return []
    text = _("%(number)s báo cáo hoàn thành hoặc đề nghị gia hạn chờ xem xét.")
    return [
        Waiting(
            title=_("Nghiệm thu, cho ý kiến"),
            text=text % {"number": number},
            href=reverse("plans:to_judge"),
            act=_("Xem xét"),
        )
    ]


def _stale(actor: Actor) -> list[Waiting]:
    if not actor.may(plans_rules.DISPATCH.capability):
        return []
    number = derivation.stale_tasks(actor).count()
    if not number:
        return []
    text = _("%(number)s nhiệm vụ đã giao xuống cần đối chiếu với nội dung mới.")
    return [
        Waiting(
            title=_("Nhiệm vụ cấp trên đã điều chỉnh"),
            text=text % {"number": number},
            href=reverse("plans:stale"),
            act=_("Đối chiếu"),
        )
    ]


def _drafts(actor: Actor) -> list[Waiting]:
    closed = conferences.run_by(actor).filter(state=ConferenceState.CLOSED)
    return [
        Waiting(
            title=_("Kết luận: %s") % each.title,
            text=_("Hội nghị đã bế mạc, kết luận chưa được ban hành."),
            href=reverse("conferences:conclusions", args=[each.pk]),
            act=_("Hoàn tất kết luận"),
            since=each.ended_at,
        )
        for each in closed.order_by("-ended_at", "pk")[:SHOWN]
    ]


def _next(actor: Actor) -> list[Waiting]:
    """Return the next conference to get ready for, if there is one."""
    ahead = [ConferenceState.PREPARING, ConferenceState.INVITED]
    run = conferences.run_by(actor).filter(state__in=ahead).order_by("planned_start")
    own = conferences.spoken_for(actor).filter(
        answered_at__isnull=False, conference__state=ConferenceState.INVITED
    )
    if prepared := run.first():
        href = reverse("conferences:conference", args=[prepared.pk])
        text, act = _("Hội nghị đang được chuẩn bị."), _("Tiếp tục chuẩn bị")
    elif venue := own.order_by("conference__planned_start").first():
        prepared = venue.conference
        href = reverse("conferences:venue_console", args=[prepared.pk, venue.pk])
        text, act = _("Điểm cầu %s đã nhận lời dự.") % venue.name, _("Mở điểm cầu")
    else:
        return []
    return [Waiting(prepared.title, text, href, act, since=prepared.planned_start)]


def open_tasks(actor: Actor) -> QuerySet[TaskParty]:
    """Return the parts in tasks that *actor* should acknowledge, soonest due first."""
    return (
        plans.receivable_by(actor)
        .filter(acknowledged_at__isnull=True)
        .select_related("task", "body")
        .order_by("task__due_on", "task__dispatched_at", "pk")
    )


def _coming(actor: Actor) -> QuerySet[Conference]:
    return conferences.attended_by(actor).order_by("planned_start", "pk")


def coming(actor: Actor) -> QuerySet[Conference]:
    """Return the conferences of *actor* still to come, the next one first."""
    ahead = Q(state__in=[ConferenceState.PREPARING, ConferenceState.INVITED])
    return _coming(actor).filter(ahead).select_related("host")


def newest_papers(actor: Actor) -> QuerySet[Paper]:
    """Return the papers that *actor* may read, the newest first."""
    return (
        documents.visible_to(actor)
        .select_related("type", "issuer")
        .order_by("-issued_on", "-pk")
    )
