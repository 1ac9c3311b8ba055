"""The next conference, on its eve: 34 venues, and what became of the last conclusions.

Its title and date are illustrative; its figures are those of the system.
"""

from datetime import datetime, timedelta

from lantoa.access.models import Mandate
from lantoa.access.reach import actor_under
from lantoa.conferences.actions import opening, preparing, venues
from lantoa.conferences.models import Conference
from lantoa.conferences.vocabulary import ItemKind
from lantoa.config.demo import article, people
from lantoa.config.demo.history import write_agenda
from lantoa.documents.models import Paper
from lantoa.organisations.vocabulary import BodyRule

TITLE = (
    "Hội nghị trực tuyến toàn quốc sơ kết thực hiện kết luận Hội nghị ngày 15/12/2020 "
    "về phổ biến, giáo dục pháp luật"
)
PURPOSE = (
    "Đánh giá kết quả thực hiện các kết luận của Hội nghị ngày 15/12/2020; thống nhất "
    "nhiệm vụ thời gian tới theo mô hình chính quyền địa phương hai cấp.\n\n"
    "Dữ liệu trình diễn: hội nghị này và thời gian chỉ để minh họa; số liệu trong báo "
    "cáo mở đầu do hệ thống tổng hợp."
)
BEFORE = (
    article.Item(ItemKind.RECEPTION, "Đón tiếp đại biểu tại các điểm cầu", 15),
    article.Item(ItemKind.ROLL_CALL, "Điểm danh các điểm cầu", 5),
    article.Item(ItemKind.OPENING, "Phát biểu khai mạc", 10, article.CHAIR),
)
AFTER = (
    article.Item(
        ItemKind.DISCUSSION,
        "Thảo luận: những kết luận cần tiếp tục thực hiện",
        40,
        "Đại diện các địa phương",
    ),
    article.Item(ItemKind.CONCLUSION, "Phát biểu kết luận", 20, article.CHAIR),
    article.Item(ItemKind.CLOSING, "Bế mạc", 5),
)


def prepare(paper: Paper, held: dict[str, Mandate], at: datetime) -> Conference:
    """Prepare the conference that hears what became of *paper*, and invite to it."""
    secretariat = actor_under(held[people.SECRETARIAT])
    conference = preparing.prepare_conference(
        actor=secretariat,
        host=held[people.SECRETARIAT].body,
        title=TITLE,
        purpose=PURPOSE,
        chair_office=article.CHAIR,
        place="Hà Nội",
        planned_start=_eight_in_the_morning(at + timedelta(days=9)),
        open_to_public=True,
        directives=list(Paper.objects.filter(code__in=article.DIRECTIVES)),
        prepared_from=Conference.objects.filter(paper=paper).first(),
        at=at,
    )
    write_agenda(held, conference, BEFORE)
    report = opening.draft_opening_report(
        actor=secretariat, conference=conference, about=paper, at=at
    )
    opening.place_opening_report(
        actor=secretariat,
        report=report,
        minutes=20,
        presenter_office="Đại diện cơ quan thường trực Hội đồng",
        at=at,
    )
    write_agenda(held, conference, AFTER)
    venues.add_venues_by_rule(
        actor=secretariat, conference=conference, rule=BodyRule.PROVINCES, at=at
    )
    venues.invite(actor=secretariat, conference=conference, at=at)
    return conference


def _eight_in_the_morning(moment: datetime) -> datetime:
    """Return 08:00 in Ha Noi on the day of *moment*."""
    return moment.replace(hour=1, minute=0, second=0, microsecond=0)
