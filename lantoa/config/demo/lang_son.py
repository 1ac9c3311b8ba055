"""From the conclusion to a commune's evidence: Lạng Sơn, Cao Lộc, Đồng Đăng.

The bodies, the clause and the deadline of the province are those of the conference;
what the district and the commune did with it is illustrative and said so in its words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from lantoa.access.models import Mandate
from lantoa.access.reach import actor_under
from lantoa.config.demo import article, people
from lantoa.config.demo.evidence import paper as paper_of
from lantoa.documents.models import Paper
from lantoa.kernel.actor import Actor, system_actor
from lantoa.organisations import queries as organisations
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import Line
from lantoa.plans import actions as plans
from lantoa.plans.models import Obligation, Task, TaskParty
from lantoa.plans.vocabulary import PartyRole, Recurrence

PLAN_CLAUSE = "2"  # Kế hoạch, lộ trình
FORMS_CLAUSE = "3"  # Hình thức và đối tượng
# Which of the other communes of Cao Lộc, in the order of their codes.
SILENT = {4, 15}
LATE = {7, 11}
ASKS_FOR_TIME = 7


@dataclass(frozen=True, slots=True)
class Hands:
    """Those who act in the story."""

    council: Actor
    province: Actor
    district: Actor
    commune: Actor


def tell(paper: Paper, held: dict[str, Mandate]) -> None:
    """Enter the winter and spring of 2021 in Lạng Sơn."""
    hands = Hands(
        council=actor_under(held[people.SECRETARIAT]),
        province=actor_under(held[people.LANG_SON_OFFICER]),
        district=actor_under(held[people.CAO_LOC_OFFICER]),
        commune=actor_under(held[people.DONG_DANG_OFFICER]),
    )
    own = task_of(paper, PLAN_CLAUSE, article.LANG_SON)
    _plan_of_the_province(hands, own)
    districts = _down_to_districts(hands, own)
    _the_other_districts(hands, districts, held)
    cao_loc = next(t for t in districts if _lead(t).slug == people.CAO_LOC_UBND)
    communes = _down_to_communes(hands, cao_loc)
    _dong_dang_proves_it(hands, communes)
    _the_others(hands, communes, held)
    _cao_loc_reports(hands, cao_loc)
    _the_province_reports(hands, own)
    _forms_and_audiences(hands, paper)


def _plan_of_the_province(hands: Hands, own: Task) -> None:
    plans.set_plan(
        actor=hands.province,
        obligation=own.obligations.get(),
        milestones=[
            plans.MilestoneText(
                title="Dự thảo kế hoạch, lấy ý kiến các sở, ngành và các huyện",
                product="Dự thảo kế hoạch và bảng tổng hợp ý kiến",
                due_on=date(2021, 1, 29),
            ),
            plans.MilestoneText(
                title="Trình Ủy ban nhân dân tỉnh ban hành kế hoạch",
                product="Kế hoạch được ban hành",
                due_on=date(2021, 3, 15),
            ),
        ],
        reason="",
        at=_at(2021, 1, 8),
    )


def _down_to_districts(hands: Hands, own: Task) -> list[Task]:
    province = _lead(own)
    day = date(2021, 1, 12)
    leads = committees_below(province, day)
    return plans.derive(
        actor=hands.province,
        task=own,
        wording=plans.Wording(
            work="Xây dựng kế hoạch, lộ trình thực hiện Quyết định số 1521/QĐ-TTg trên "
            "địa bàn huyện, thành phố; chỉ đạo cấp xã tổ chức thực hiện.",
            deadline_text="Trước ngày 15/3/2021",
            due_on=date(2021, 3, 15),
            product="Kế hoạch của Ủy ban nhân dân cấp huyện",
            responsibility="Chủ tịch Ủy ban nhân dân cấp huyện",
        ),
        leads=leads,
        at=_at(2021, 1, 12),
    )


def _down_to_communes(hands: Hands, cao_loc: Task) -> list[Task]:
    day = date(2021, 1, 18)
    return plans.derive(
        actor=hands.district,
        task=cao_loc,
        wording=plans.Wording(
            work="Tổ chức quán triệt Kết luận số 80-KL/TW, Quyết định số 1521/QĐ-TTg "
            "và đăng ký nội dung, đối tượng phổ biến pháp luật năm 2021 của xã.",
            deadline_text="Trước ngày 26/02/2021",
            due_on=date(2021, 2, 26),
            product="Biên bản hội nghị quán triệt; bản đăng ký nội dung, đối tượng",
            responsibility="Chủ tịch Ủy ban nhân dân cấp xã",
        ),
        leads=committees_below(_lead(cao_loc), day),
        at=_at(2021, 1, 18),
    )


def _dong_dang_proves_it(hands: Hands, communes: list[Task]) -> None:
    """Plan, report with a paper, be sent back once, complete it, be accepted."""
    task = next(each for each in communes if _lead(each).slug == people.DONG_DANG)
    owed = task.obligations.get()
    plans.receive_all(actor=hands.commune, body=_lead(task), at=_at(2021, 1, 19))
    plans.set_plan(
        actor=hands.commune,
        obligation=owed,
        milestones=[
            plans.MilestoneText(
                title="Hội nghị quán triệt",
                product="Biên bản hội nghị",
                due_on=date(2021, 2, 5),
            ),
            plans.MilestoneText(
                title="Đăng ký nội dung, đối tượng năm 2021",
                product="Bản đăng ký",
                due_on=date(2021, 2, 24),
            ),
        ],
        reason="",
        at=_at(2021, 1, 20),
    )
    first = owed.milestones.get(position=1)
    reported = plans.report_progress(
        actor=hands.commune,
        obligation=owed,
        text="Đã tổ chức hội nghị quán triệt tại thị trấn (dữ liệu trình diễn).",
        content=paper_of(
            "Biên bản hội nghị quán triệt",
            "Ủy ban nhân dân thị trấn Đồng Đăng, ngày 04/02/2021",
        ),
        file_name="bien-ban-hoi-nghi.docx",
        milestone=first,
        completes=True,
        at=_at(2021, 2, 5),
    )
    plans.accept_completion(actor=hands.district, progress=reported, at=_at(2021, 2, 8))
    early = plans.report_progress(
        actor=hands.commune,
        obligation=owed,
        text="Đã thực hiện xong (dữ liệu trình diễn).",
        content=None,
        file_name="",
        completes=True,
        at=_at(2021, 2, 18),
    )
    plans.return_completion(
        actor=hands.district,
        progress=early,
        reason="Chưa có bản đăng ký nội dung, đối tượng. Đề nghị bổ sung.",
        at=_at(2021, 2, 19),
    )
    final = plans.report_progress(
        actor=hands.commune,
        obligation=owed,
        text="Gửi bản đăng ký nội dung, đối tượng năm 2021 (dữ liệu trình diễn).",
        content=paper_of(
            "Bản đăng ký nội dung, đối tượng phổ biến pháp luật năm 2021",
            "Ủy ban nhân dân thị trấn Đồng Đăng, ngày 22/02/2021",
        ),
        file_name="ban-dang-ky-2021.docx",
        completes=True,
        at=_at(2021, 2, 23),
    )
    plans.accept_completion(actor=hands.district, progress=final, at=_at(2021, 2, 24))


def _the_others(
    hands: Hands, communes: Iterable[Task], held: dict[str, Mandate]
) -> None:
    """Let the other communes do it, most in time; two are silent, one asks for time."""
    officers = {mandate.body_id: mandate for mandate in held.values()}
    others = [task for task in communes if _lead(task).slug != people.DONG_DANG]
    for number, task in enumerate(others):
        commune = _lead(task)
        if number in SILENT or commune.pk not in officers:
            continue
        officer = actor_under(officers[commune.pk])
        owed = task.obligations.get()
        party = task.parties.get(body=commune)
        plans.acknowledge(actor=officer, party=party, at=_at(2021, 1, 19 + number % 5))
        if number == ASKS_FOR_TIME:
            _ask_for_time(hands, officer, owed)
        late = number in LATE
        day = _at(2021, 3, 4 + number) if late else _at(2021, 2, 15 + number % 10)
        text = f"{commune.name} đã tổ chức quán triệt (dữ liệu trình diễn)."
        _complete(officer, hands.district, owed, text, day)


def _ask_for_time(hands: Hands, officer: Actor, owed: Obligation) -> None:
    request = plans.ask_extension(
        actor=officer,
        obligation=owed,
        due_on=date(2021, 3, 12),
        reason="Xã đang tập trung phòng, chống dịch nên lùi hội nghị quán triệt "
        "(dữ liệu trình diễn).",
        at=_at(2021, 2, 17),
    )
    plans.decide_extension(
        actor=hands.district,
        request=request,
        granted=True,
        reason="Đồng ý.",
        at=_at(2021, 2, 18),
    )


def _cao_loc_reports(hands: Hands, cao_loc: Task) -> None:
    _complete(
        hands.district,
        hands.province,
        cao_loc.obligations.get(),
        "Ủy ban nhân dân huyện Cao Lộc đã ban hành kế hoạch (dữ liệu trình diễn).",
        _at(2021, 3, 10),
    )


def _the_province_reports(hands: Hands, own: Task) -> None:
    _complete(
        hands.province,
        hands.council,
        own.obligations.get(),
        "Ủy ban nhân dân tỉnh Lạng Sơn đã ban hành kế hoạch thực hiện Quyết định số "
        "1521/QĐ-TTg (dữ liệu trình diễn).",
        _at(2021, 3, 22),
    )


def _the_other_districts(
    hands: Hands, districts: Iterable[Task], held: dict[str, Mandate]
) -> None:
    """Let the other districts report their plans, the last of them late."""
    officers = {mandate.body_id: mandate for mandate in held.values()}
    others = [task for task in districts if _lead(task).slug != people.CAO_LOC_UBND]
    for number, task in enumerate(others, start=1):
        district = _lead(task)
        late = number == len(others)
        _complete(
            actor_under(officers[district.pk]),
            hands.province,
            task.obligations.get(),
            f"{district.name} đã ban hành kế hoạch (dữ liệu trình diễn).",
            _at(2021, 3, 25) if late else _at(2021, 3, number),
        )


def _forms_and_audiences(hands: Hands, paper: Paper) -> None:
    """Make the continuous clause concrete for Cao Lộc, quarter by quarter, in 2021."""
    task = task_of(paper, FORMS_CLAUSE, article.LANG_SON)
    (quarterly,) = plans.derive(
        actor=hands.province,
        task=task,
        wording=plans.Wording(
            work="Phổ biến pháp luật kết hợp hình thức truyền thống và ứng dụng công "
            "nghệ thông tin cho từng nhóm đối tượng trên địa bàn huyện.",
            deadline_text="Hằng quý, trong năm 2021",
            product="Báo cáo kết quả theo quý",
        ),
        leads=[Body.objects.get(slug=people.CAO_LOC_UBND)],
        recurrence=Recurrence.QUARTERLY,
        at=_at(2021, 3, 25),
    )
    clock = system_actor("tasks.dispatch")
    for month, day in ((6, 28), (9, 27), (12, 24)):
        plans.open_periods(actor=clock, at=_at(2021, month, day))
        owed = quarterly.obligations.get(due_on__month=month)
        _complete(
            hands.district,
            hands.province,
            owed,
            f"Báo cáo {owed.period_label} (dữ liệu trình diễn).",
            _at(2021, month, day),
        )
    plans.end_task(
        actor=hands.province,
        task=quarterly,
        reason="Hết năm kế hoạch 2021 (dữ liệu trình diễn).",
        at=_at(2021, 12, 30),
    )


def _complete(
    worker: Actor, judge: Actor, owed: Obligation, text: str, at: datetime
) -> None:
    reported = plans.report_progress(
        actor=worker,
        obligation=owed,
        text=text,
        content=None,
        file_name="",
        completes=True,
        at=at,
    )
    plans.accept_completion(actor=judge, progress=reported, at=at + timedelta(days=2))


def task_of(paper: Paper, label: str, slug: str) -> Task:
    """Return the task that a clause of *paper* set the body called *slug*."""
    return Task.objects.get(
        clause__paper=paper,
        clause__label=label,
        derived_from=None,
        parties__body__slug=slug,
        parties__role=PartyRole.LEAD,
    )


def _lead(task: Task) -> Body:
    return (
        TaskParty.objects.select_related("body")
        .get(task=task, role=PartyRole.LEAD)
        .body
    )


def committees_below(body: Body, day: date) -> list[Body]:
    """Return the bodies directly below in the territorial line on a day."""
    rows = organisations.subordinates(body, day).filter(line=Line.TERRITORIAL)
    return [
        row.body
        for row in rows
        if row.body.kind == body.kind  # committees, not their departments
    ]


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 2, 30, tzinfo=UTC)
