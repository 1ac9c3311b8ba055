"""Sample content for the catalogue: offices and facts of the first conference."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.dates import official_date
from lantoa.ui.parts import Branch, Figure, Link, Moment, Share, Step, Term
from lantoa.ui.web.sample_map import TILES, Tile

DAY = datetime(2020, 12, 15, 1, 0, tzinfo=UTC)  # 08:00 in Ha Noi
TONES = ["", "info", "good", "warn", "bad", "live"]


class SampleForm(forms.Form):
    """One field of each kind."""

    topic = forms.CharField(
        label=_("Nội dung phát biểu"),
        max_length=200,
        help_text=_("Một câu ngắn để chủ tọa biết điểm cầu sẽ nói về điều gì."),
    )
    kind = forms.ChoiceField(
        label=_("Loại phát biểu"),
        choices=[("g", _("Phát biểu chung")), ("s", _("Theo chương trình"))],
    )
    day = forms.DateField(
        label=_("Thời hạn"), required=False, widget=forms.DateInput({"type": "date"})
    )
    text = forms.CharField(
        label=_("Kết luận"), required=False, widget=forms.Textarea({"rows": 4})
    )
    forms_of_work = forms.MultipleChoiceField(
        label=_("Hình thức phổ biến"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("m", _("Tuyên truyền miệng")), ("l", _("Loa truyền thanh"))],
    )
    scope = forms.ChoiceField(
        label=_("Phạm vi"),
        widget=forms.RadioSelect,
        choices=[("all", _("Mọi tỉnh, thành phố")), ("list", _("Theo danh sách"))],
    )
    file = forms.FileField(label=_("Tệp kèm theo"), required=False)
    agree = forms.BooleanField(
        label=_("Đã kiểm tra với chủ trì điểm cầu"), required=False
    )


@dataclass(frozen=True, slots=True)
class SampleTile:
    """A tile with the state it has in the sample."""

    tile: Tile
    ident: int
    state: str
    word: str
    place: int | None = None


WORDS = {
    "sent": _("Đã gửi"),
    "received": _("Đã nhận"),
    "acknowledged": _("Đã xác nhận"),
    "overdue": _("Quá hạn"),
    "waiting": _("Chờ"),
    "present": _("Có mặt"),
    "lost": _("Mất đường truyền"),
    "queued": _("Chờ phát biểu"),
    "speaking": _("Đang phát biểu"),
}
LOST = {"DB", "CM"}
WAITING = {"HG", "CB", "KT", "BL", "ST", "TN", "BPh"}
QUEUED = {"NA": 1, "QNa": 2, "CT": 3}


def tiles() -> list[SampleTile]:
    """Return the map in the midst of the conference, Lạng Sơn speaking."""
    found = []
    for number, tile in enumerate(TILES, start=1):
        state = "present"
        if tile.code in LOST:
            state = "lost"
        elif tile.code in WAITING:
            state = "waiting"
        elif tile.code in QUEUED:
            state = "queued"
        elif tile.code == "LS":
            state = "speaking"
        found.append(
            SampleTile(tile, number, state, str(WORDS[state]), QUEUED.get(tile.code))
        )
    return found


def board() -> list[SampleTile]:
    """Return the map after the conference: who received, who acknowledged."""
    states = ["acknowledged", "acknowledged", "received", "acknowledged", "sent"]
    found = []
    for number, tile in enumerate(TILES, start=1):
        state = "overdue" if number % 29 == 0 else states[number * 7 % 5]
        found.append(SampleTile(tile, number, state, str(WORDS[state])))
    return found


WORK = {
    "not-received": _("Chưa nhận"),
    "not-acknowledged": _("Đã nhận, chưa xác nhận"),
    "acknowledged": _("Đã xác nhận"),
    "planned": _("Đã có kế hoạch"),
    "in-progress": _("Đang thực hiện"),
    "done-in-time": _("Hoàn thành đúng hạn"),
    "done-late": _("Hoàn thành quá hạn"),
    "overdue": _("Quá hạn, chưa hoàn thành"),
    "passed": _("Đã chuyển cơ quan kế thừa"),
}


def shares() -> list[Share]:
    """Return the states of work, each with some."""
    numbers = (3, 5, 7, 9, 14, 17, 4, 3, 1)
    return [
        Share(state=state, label=word, number=number, href="#tinh-trang")
        for (state, word), number in zip(WORK.items(), numbers, strict=True)
    ]


def work_tiles() -> list[SampleTile]:
    """Return the map with every state of work."""
    states = list(WORK)
    return [
        SampleTile(
            tile,
            number,
            states[number % len(states)],
            str(WORK[states[number % len(states)]]),
            number % 7 or None,
        )
        for number, tile in enumerate(TILES)
    ]


def icon_names() -> list[str]:
    """Return the names of the icons in the sprite."""
    sprite = Path(__file__).parents[1] / "static" / "ui" / "icons.svg"
    return re.findall(r'symbol id="([a-z-]+)"', sprite.read_text())


def catalogue(request: HttpRequest) -> dict[str, Any]:
    """Return what the catalogue shows."""
    wrong = SampleForm({"topic": "", "kind": "x", "scope": "all"})
    wrong.is_valid()
    return {
        "tones": [(tone, tone or "–") for tone in TONES],
        "form": SampleForm(auto_id="s_%s"),
        "wrong": wrong,
        "pages": Paginator(range(1, 400), 20).page(4),
        "links": [
            Link(label=_("Tất cả"), href="?loc=tat-ca", current=True, count=63),
            Link(label=_("Chưa xác nhận"), href="?loc=chua", count=12),
            Link(label=_("Quá hạn"), href="?loc=qua-han", count=2),
        ],
        "crumbs": [
            Link(label=_("Hội nghị"), href="/hoi-nghi/"),
            Link(label=_("Hội nghị trực tuyến 15/12/2020"), href="/hoi-nghi/"),
        ],
        "figures": [
            Figure(value=61, whole=63, label=_("Điểm cầu có mặt"), tone="good"),
            Figure(value=2, label=_("Mất đường truyền"), tone="bad"),
            Figure(value="1.284", label=_("Đại biểu"), note=_("do điểm cầu khai")),
            Figure(value="31", whole="34", label=_("Đã báo cáo"), note=_("2 tạm tính")),
        ],
        "terms": [
            Term(term=_("Số, ký hiệu"), text="1521/QĐ-TTg", href="/van-ban/"),
            Term(term=_("Ngày ban hành"), text="06/10/2020"),
            Term(term=_("Cơ quan ban hành"), text=_("Thủ tướng Chính phủ")),
            Term(term=_("Người ký"), text=""),
        ],
        "moments": [
            Moment(at=DAY, title=_("Khai mạc"), by=_("Thư ký Hội đồng"), tone="accent"),
            Moment(
                at=DAY.replace(minute=5),
                title=_("Điểm danh: 63/63 điểm cầu"),
                tone="good",
            ),
            Moment(
                at=DAY.replace(minute=42),
                title=_("Điện Biên mất đường truyền"),
                text=_("Có lại sau 3 phút."),
                tone="bad",
            ),
            Moment(at=DAY.replace(hour=3), title=_("Kết luận"), tone="quiet"),
        ],
        "steps": [
            Step(label=_("Chuẩn bị"), state="done"),
            Step(label=_("Mời"), state="done", note="63/63"),
            Step(label=_("Họp"), state="now"),
            Step(label=_("Kết luận")),
        ],
        "branches": [
            Branch(
                label=_("Hội đồng phối hợp Trung ương"),
                href="#",
                unfolded=True,
                children=[
                    Branch(label=_("Bộ Tư pháp"), note=_("thường trực"), href="#cay"),
                    Branch(
                        label=_("Hội đồng tỉnh Lạng Sơn"),
                        href="#cay",
                        current=True,
                        unfolded=True,
                        children=[Branch(label=_("Sở Tư pháp tỉnh Lạng Sơn"))],
                    ),
                    Branch(
                        label=_("Hội đồng tỉnh Nghệ An"),
                        children=[Branch(label=_("Sở Tư pháp tỉnh Nghệ An"))],
                    ),
                ],
            )
        ],
        "icon_names": icon_names(),
        "board": board(),
        "shares": shares(),
        "work_tiles": work_tiles(),
        "board_states": ["sent", "received", "acknowledged", "overdue"],
        "shown": request.GET.get("xem", ""),
    } | hall()


def hall() -> dict[str, Any]:
    """Return what the screen of a hall shows."""
    return {
        "tiles": tiles(),
        "isle_rows": [9, 15],
        "queue": [
            (_("Nghệ An"), _("Mô hình “Phiên tòa giả định” trong trường học")),
            (_("Quảng Nam"), _("Phổ biến pháp luật cho đồng bào dân tộc thiểu số")),
            (_("Cần Thơ"), _("Sinh hoạt câu lạc bộ pháp luật")),
        ],
        "agenda": [
            ("done", "08:00", _("Tuyên bố lý do, giới thiệu đại biểu"), "", 10),
            ("done", "08:10", _("Khai mạc"), _("Chủ tịch Hội đồng"), 10),
            ("skipped", "08:20", _("Phóng sự"), "", 10),
            (
                "live",
                "08:30",
                _("Tham luận của các điểm cầu"),
                _("Điểm cầu Lạng Sơn"),
                60,
            ),
            ("waiting", "09:30", _("Kết luận hội nghị"), _("Chủ tịch Hội đồng"), 20),
        ],
    }


def paper() -> dict[str, Any]:
    """Return what the sample paper says."""
    return {"date": official_date(DAY)}
