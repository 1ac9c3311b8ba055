"""1 July 2025 and after: 34 provinces, two levels, and the work that goes on.

The successions are those of the register; the task of today is illustrative.
"""

from datetime import UTC, date, datetime, timedelta

from lantoa.access.models import Mandate
from lantoa.access.reach import actor_under
from lantoa.config.demo import article, people
from lantoa.config.demo.lang_son import FORMS_CLAUSE, committees_below, task_of
from lantoa.documents.models import Paper
from lantoa.kernel.dates import HANOI, short_date
from lantoa.organisations import actions as organisations
from lantoa.organisations.models import Body, Reorganisation
from lantoa.plans import actions as plans

EFFECTIVE = date(2025, 7, 1)
APPLIED = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)
TITLE = "Sắp xếp đơn vị hành chính cấp tỉnh, cấp xã và kết thúc cấp huyện"
BASIS = "Nghị quyết số 202/2025/QH15; Luật số 72/2025/QH15"
SLOWEST = {3, 11}  # of the merged provinces
_TIME = timedelta(days=12)  # for the task of today


def reorganise(held: dict[str, Mandate]) -> Reorganisation:
    """Apply the reorganisation as the administrator does, from what is registered."""
    keeper = actor_under(held[people.ADMINISTRATOR])
    row = organisations.draft_reorganisation(
        actor=keeper, title=TITLE, basis=BASIS, effective_on=EFFECTIVE, at=APPLIED
    )
    organisations.take_known_successions(actor=keeper, reorganisation=row, at=APPLIED)
    return organisations.apply_reorganisation(
        actor=keeper, reorganisation=row, at=APPLIED
    )


def take_over(paper: Paper, held: dict[str, Mandate]) -> None:
    """Let the provinces of today acknowledge what came to them, all but the slowest."""
    today = [
        mandate
        for mandate in people.representatives(held).values()
        if mandate.body.valid_from == EFFECTIVE
    ]
    for number, mandate in enumerate(sorted(today, key=lambda m: m.body.slug)):
        if number in SLOWEST:
            continue
        at = APPLIED + timedelta(days=5, hours=number)
        actor = actor_under(mandate)
        plans.receive_all(actor=actor, body=mandate.body, at=at)
        plans.acknowledge_all(actor=actor, body=mandate.body, paper=paper, at=at)


def go_on(paper: Paper, held: dict[str, Mandate], at: datetime) -> None:
    """Let Lạng Sơn give its communes of today something that falls due soon."""
    day = at.astimezone(HANOI).date()
    due_on = day + _TIME
    province = Body.objects.get(slug=article.LANG_SON)
    plans.derive(
        actor=actor_under(held[people.LANG_SON_OFFICER]),
        task=task_of(paper, FORMS_CLAUSE, article.LANG_SON),
        wording=plans.Wording(
            work="Rà soát, phân loại đối tượng và hình thức phổ biến, giáo dục pháp "
            "luật của xã, phường theo đơn vị hành chính mới.",
            deadline_text=f"Trước ngày {short_date(due_on)}",
            due_on=due_on,
            product="Bảng phân loại đối tượng và hình thức",
            responsibility="Chủ tịch Ủy ban nhân dân xã, phường",
        ),
        leads=committees_below(province, day),
        at=at,
    )
