"""What is known of the conference of 15 December 2020; people appear by office only.

Source:
    Báo Lạng Sơn, 26/01/2021: "Triển khai Quyết định số 1521/QĐ-TTg của Thủ tướng
    Chính phủ". What the article does not say (hours, lengths, deadlines, numbers of
    people) is marked as illustrative where it is shown.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from lantoa.conferences.vocabulary import ItemKind

STARTS = datetime(2020, 12, 15, 1, 0, tzinfo=UTC)  # 08:00 in Ha Noi: illustrative
TITLE = (
    "Hội nghị trực tuyến toàn quốc triển khai Quyết định số 1521/QĐ-TTg của Thủ tướng "
    "Chính phủ và xây dựng mô hình phổ biến, giáo dục pháp luật hiệu quả tại các bộ, "
    "ngành, địa phương"
)
PURPOSE = (
    "Quán triệt những nội dung cơ bản, giải pháp đổi mới, nâng cao hiệu quả công tác "
    "phổ biến, giáo dục pháp luật theo Kết luận số 80-KL/TW và Quyết định số "
    "1521/QĐ-TTg; trao đổi kinh nghiệm, mô hình hiệu quả và phương hướng nhân rộng.\n\n"
    "Dữ liệu trình diễn: tên hội nghị, văn bản, thành phần và kết luận theo Báo Lạng "
    "Sơn ngày 26/01/2021; giờ, thời lượng, số người và thời hạn chỉ để minh họa."
)
CHAIR = (
    "Phó Chủ tịch Thường trực Hội đồng phối hợp phổ biến, giáo dục pháp luật "
    "Trung ương, Thứ trưởng Bộ Tư pháp"
)
DIRECTIVES = ("32-CT/TW", "80-KL/TW", "1521/QĐ-TTg")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda, with its parts."""

    kind: ItemKind
    title: str
    minutes: int
    presenter: str = ""
    parts: tuple["Item", ...] = ()


AGENDA = (
    Item(ItemKind.RECEPTION, "Đón tiếp đại biểu tại các điểm cầu", 15),
    Item(ItemKind.ROLL_CALL, "Điểm danh các điểm cầu", 5),
    Item(ItemKind.OPENING, "Phát biểu khai mạc", 10, CHAIR),
    Item(
        ItemKind.SESSION,
        "Quán triệt",
        0,
        parts=(
            Item(
                ItemKind.REPORT,
                "Quán triệt Kết luận số 80-KL/TW ngày 20/6/2020 của Ban Bí thư về tiếp "
                "tục thực hiện Chỉ thị số 32-CT/TW",
                25,
                "Đại diện cơ quan thường trực Hội đồng",
            ),
            Item(
                ItemKind.REPORT,
                "Quán triệt Quyết định số 1521/QĐ-TTg ngày 06/10/2020 của Thủ tướng "
                "Chính phủ ban hành Kế hoạch thực hiện Kết luận số 80-KL/TW",
                25,
                "Đại diện Bộ Tư pháp",
            ),
        ),
    ),
    Item(
        ItemKind.SESSION,
        "Trao đổi, tham luận",
        0,
        parts=(
            Item(
                ItemKind.PAPER,
                "Giải pháp triển khai Kết luận số 80-KL/TW và Quyết định số "
                "1521/QĐ-TTg",
                20,
                "Đại diện các bộ, ngành",
            ),
            Item(
                ItemKind.DISCUSSION,
                "Kinh nghiệm, mô hình hiệu quả trong công tác phổ biến, giáo dục "
                "pháp luật",
                40,
                "Đại diện các địa phương",
            ),
            Item(
                ItemKind.DISCUSSION,
                "Phương hướng nhân rộng các mô hình trong thời gian tới",
                20,
                "Đại diện các bộ, ngành, địa phương",
            ),
        ),
    ),
    Item(ItemKind.CONCLUSION, "Phát biểu kết luận", 20, CHAIR),
    Item(ItemKind.CLOSING, "Bế mạc", 5),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing the chair asked for, and by when."""

    heading: str
    work: str
    deadline: str
    product: str
    due_on: date | None = None


CONCLUSIONS = (
    Said(
        "Nhiệm vụ thường xuyên",
        "Coi phổ biến, giáo dục pháp luật là nhiệm vụ thường xuyên.",
        "Thường xuyên",
        "Nội dung phổ biến, giáo dục pháp luật trong chương trình công tác hằng năm",
    ),
    Said(
        "Kế hoạch, lộ trình",
        "Xây dựng kế hoạch, lộ trình thực hiện Quyết định số 1521/QĐ-TTg của Thủ "
        "tướng Chính phủ.",
        "Quý I năm 2021",
        "Kế hoạch, lộ trình được ban hành",
        date(2021, 3, 31),
    ),
    Said(
        "Hình thức và đối tượng",
        "Kết hợp các hình thức phổ biến, giáo dục pháp luật truyền thống với ứng dụng "
        "công nghệ thông tin, số hóa công tác phổ biến, giáo dục pháp luật; phân loại "
        "đối tượng.",
        "Thường xuyên",
        "Danh mục đối tượng và hình thức áp dụng",
    ),
    Said(
        "Hội đồng phối hợp",
        "Tiếp tục phát huy vị trí, vai trò, đổi mới hoạt động của Hội đồng phối hợp "
        "phổ biến, giáo dục pháp luật các cấp.",
        "Thường xuyên",
        "Kế hoạch hoạt động của Hội đồng",
    ),
    Said(
        "Nguồn lực xã hội",
        "Đẩy mạnh huy động nguồn lực của toàn xã hội tham gia vào công tác phổ biến, "
        "giáo dục pháp luật.",
        "Thường xuyên",
        "Kết quả huy động nguồn lực trong báo cáo hằng năm",
    ),
)

# Lạng Sơn's venue, as the article lists it.
LANG_SON = "ubnd-20"
LANG_SON_LEAD = "Phó Chủ tịch Ủy ban nhân dân tỉnh"
LANG_SON_DELEGATES = (
    "Phó Chủ tịch Ủy ban nhân dân tỉnh",
    "Lãnh đạo Hội đồng nhân dân tỉnh",
    "Lãnh đạo Ủy ban Mặt trận Tổ quốc tỉnh",
    "Các thành viên Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh",
)
LANG_SON_SEATS = ("phong-tu-phap-183", "phong-tu-phap-178")  # Cao Lộc, TP Lạng Sơn
