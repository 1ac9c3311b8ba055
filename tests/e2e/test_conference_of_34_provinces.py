"""Another conference, with other titles and the 34 provinces of today, through pages.

The secretariat prepares it, a province answers on a phone, the chair runs it, and its
conclusions reach a body of their own and every province.
"""

import re
from datetime import datetime

import pytest

from lantoa.kernel.dates import HANOI

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = pytest.mark.browser
CHAIR, SECRETARIAT = "chutri@lantoa.test", "thuky@lantoa.test"
TITLE = "Hội nghị trực tuyến về phổ biến pháp luật ở chính quyền địa phương hai cấp"
ITEMS = [  # kind, title, minutes, the session it belongs to, the venue that presents
    ("opening", "Phát biểu khai mạc", 10, "", ""),
    ("session", "Trao đổi kinh nghiệm", 0, "", ""),
    ("paper", "Tổ hòa giải sau khi sắp xếp", 15, "Trao đổi kinh nghiệm", "Đà Nẵng"),
    ("discussion", "Thảo luận", 30, "Trao đổi kinh nghiệm", ""),
    ("conclusion", "Phát biểu kết luận", 15, "", ""),
]
PROVINCE, PRESENTER = "Lâm Đồng", "Đà Nẵng"


@pytest.fixture(scope="module")
def made(program):
    """Give what the journey makes on its way: addresses by name."""
    return {}


@pytest.fixture(scope="module")
def represents(program):
    """Give the address of who speaks for a province of today, by its name."""
    rows = program.rows(
        "SELECT v.name, p.email FROM conferences_venue v"
        " JOIN access_mandate m ON m.body_id = v.body_id AND m.role = 'representative'"
        " JOIN identity_person p ON p.id = m.person_id"
        " JOIN conferences_conference c ON c.id = v.conference_id WHERE c.title = %s",
        [TITLE],
    )
    return dict(rows)


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def fill(page, **said):
    for name, value in said.items():
        page.fill(f"main [name={name}]", value)


def go_on(chair, title):
    """Have the chair go on to the next item, which is that one."""
    chair.locator(f"#lever-next[aria-label*='{title}']").click()


def test_the_secretariat_prepares_it(window, made):
    page = window(SECRETARIAT)
    page.goto("/hoi-nghi/moi/")
    fill(
        page,
        title=TITLE,
        chair_office="Chủ tịch Hội đồng phối hợp phổ biến, giáo dục pháp luật",
        place="Hà Nội",
        planned_date=datetime.now(HANOI).date().isoformat(),
        planned_time="08:30",
    )
    page.check("[name=open_to_public]")
    press(page, "Tạo hội nghị")
    page.wait_for_url(re.compile(r"/hoi-nghi/\d+/$"))
    made["base"] = base = page.url
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)

    # Every province of today in one step, a ministry from a list with its slips.
    page.goto(f"{base}diem-cau/")
    press(page, re.compile(r"Tất cả tỉnh, thành phố \(34\)"))
    expect(page.get_by_role("button", name=re.compile("đã đủ 34"))).to_be_visible()
    press(page, "Dán danh sách")
    page.fill("dialog [name=names]", "Bộ Tư pháp\nHà Nội\nBộ Phép thuật")
    page.select_option("dialog [name=kind]", "ministry")
    page.locator("dialog").get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Nhận ra 1 cơ quan")).to_be_visible()
    expect(page.get_by_text("Chưa nhận ra 1 dòng")).to_be_visible()
    expect(page.locator("li", has_text="Bộ Phép thuật")).to_be_visible()
    press(page, "Thêm các điểm cầu đã chọn")
    page.wait_for_url(f"{base}diem-cau/")
    expect(page.locator("table tbody tr")).to_have_count(35)

    # The agenda, with a session and a paper that a venue presents.
    page.goto(f"{base}chuong-trinh/")
    for kind, title, minutes, session, venue in ITEMS:
        page.fill("[name=title]", title)
        page.select_option("[name=kind]", kind)
        page.fill("[name=minutes]", str(minutes))
        page.select_option("[name=parent]", label=session or "Không thuộc phiên nào")
        page.select_option(
            "[name=presenter_venue]", label=venue or "Điểm cầu trung tâm"
        )
        press(page, "Thêm vào chương trình")
        row = page.locator(".programme__row", has_text=title)
        expect(row).to_be_visible()
    expect(page.locator(".programme__row[data-depth='1']")).to_have_count(2)
    expect(page.get_by_text("70 phút")).to_be_visible()

    page.goto(f"{base}diem-cau/")
    press(page, re.compile("Gửi giấy mời đến 35 điểm cầu"))
    expect(page.get_by_text("Chưa trả lời").first).to_be_visible()
    page.goto(f"{base}chuong-trinh/in/")
    expect(page.get_by_text("Tổ hòa giải sau khi sắp xếp")).to_be_visible()
    expect(page.get_by_text(f"điểm cầu {PRESENTER}")).to_be_visible()


def test_a_province_answers_on_a_phone(window, made, represents):
    page = window(represents[PROVINCE], width=390, height=844)
    page.goto(made["base"])
    page.get_by_role("link", name="Trả lời giấy mời").click()
    fill(
        page,
        room="Phòng họp số 2",
        lead_office="Phó Chủ tịch Ủy ban nhân dân tỉnh",
        delegates="Giám đốc Sở Tư pháp\nChánh Văn phòng Ủy ban nhân dân tỉnh",
        expected="26",
        contact="Văn phòng Sở Tư pháp",
        technician="Cán bộ kỹ thuật",
    )
    page.fill("[name=q-delegations]", "bo tu phap")
    page.locator("#picker-delegations").get_by_role("button", name="Tìm").click()
    found = page.locator(".picker__option", has_text="Bộ Tư pháp").first
    found.locator("[type=checkbox]").check()
    page.get_by_label("Số người của Bộ Tư pháp").fill("3")
    press(page, "Gửi trả lời")
    page.wait_for_url(re.compile("dai-bieu/$"))
    expect(page.get_by_text("Giám đốc Sở Tư pháp").first).to_be_visible()
    expect(page.get_by_text("Đoàn Bộ Tư pháp")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    # The rehearsal, as the province and then the secretariat see it.
    page.goto(made["base"])
    page.get_by_role("link", name="Tổng duyệt").first.click()
    for good in page.locator("input[type=radio][value=good]").all():
        good.check()
    page.locator("input[type=radio][value=fault]").first.check()
    page.locator("[name^=note-]").first.fill("Khung hình lệch")
    press(page, "Lưu kết quả")
    desk = window(SECRETARIAT)
    desk.goto(f"{made['base']}tong-duyet/")
    row = desk.locator("tr", has_text=PROVINCE)
    expect(row).to_contain_text("Khung hình lệch")
    expect(row.locator("[data-state=good]")).to_have_count(7)
    row.locator(".check-cell").first.click()
    expect(row.locator("[data-state=fault]")).to_have_count(0)


def test_it_is_held_and_concluded(window, made, represents, consoles):
    base = made["base"]
    chair, secretariat = window(CHAIR), window(SECRETARIAT)
    venue = window(represents[PROVINCE], width=390, height=844)
    watcher = window()
    chair.goto(f"{base}dieu-hanh/")
    venue.goto(base)
    venue.get_by_role("link", name="Bàn điều khiển điểm cầu").click()
    watcher.goto(base.replace("hoi-nghi", "theo-doi"))
    expect(watcher.locator("i[data-venue]")).to_have_count(35)
    state = consoles.get(CHAIR, "/api/v1/conferences/" + base.split("/")[-2])
    numbers = {each["name"]: each["id"] for each in state["venues"]}
    tile = watcher.locator(f"#tile-{numbers[PROVINCE]}")

    # The roll call.
    chair.locator("#lever-open").click()
    chair.locator("#lever-roll").click()
    expect(venue.locator("#roll-call")).to_have_attribute("data-round", "1")
    venue.fill("#presence-form [name=headcount]", "26")
    venue.locator("#presence-form button").click()
    expect(tile).to_have_attribute("data-state", "present")
    others = [name for name in numbers if name in represents and name != PROVINCE]
    assert len(others) == 33
    for name in others:
        path = f"/api/v1/conferences/venues/{numbers[name]}/presence"
        consoles.post(represents[name], path, {"headcount": 15})
    expect(watcher.locator("[data-venue][data-state=present]")).to_have_count(34)
    chair.locator("#lever-roll").click()

    # The opening, then the paper: its venue has the floor with the item.
    go_on(chair, "Phát biểu khai mạc")
    go_on(chair, "Tổ hòa giải")
    expect(watcher.locator("#item")).to_contain_text("Tổ hòa giải")
    expect(watcher.locator("#speaker")).to_contain_text(PRESENTER)
    expect(watcher.locator("#speaker")).to_have_attribute("data-state", "speaking")
    go_on(chair, "Thảo luận")
    expect(watcher.locator("#item")).to_contain_text("Thảo luận")
    expect(watcher.locator("#speaker")).to_have_attribute("data-state", "silent")

    # The floor: the chair puts the last first; one takes its request back.
    for name in ("Cao Bằng", "Cà Mau"):
        path = f"/api/v1/conferences/venues/{numbers[name]}/floor"
        consoles.post(represents[name], path, {"topic": "Cách làm ở xã"})
    venue.fill("#ask-form [name=topic]", "Hòa giải ở thôn, buôn")
    venue.locator("#ask-form button").click()
    expect(venue.locator("[data-own-place]")).to_have_text("3")
    rows = chair.locator("#queue-desk li[data-venue]")
    rows.nth(2).get_by_role("button", name=re.compile("lên đầu")).click()
    expect(rows.nth(0)).to_have_attribute("data-venue", str(numbers[PROVINCE]))
    expect(venue.locator(".own-call [data-when=next]")).to_be_visible()
    order = chair.locator("#queue-desk [data-order]").or_(
        chair.locator("#queue-desk[data-order]")
    )
    order = order.first.get_attribute("data-order")
    expect(watcher.locator(f"[data-order='{order}']").first).to_be_attached()
    venue.locator("#withdraw-form button").click()
    expect(rows).to_have_count(2)
    expect(tile).to_have_attribute("data-state", "present")
    chair.locator("#lever-give").click()
    expect(watcher.locator("#speaker")).to_contain_text("Cao Bằng")
    chair.locator("#lever-end").click()
    expect(watcher.locator("#speaker")).to_have_attribute("data-state", "silent")

    # The conclusions: one for a body with another beside it, one for every province.
    secretariat.goto(f"{base}ket-luan/")
    fill(secretariat, heading="Tài liệu mẫu", work="Biên soạn tài liệu mẫu.")
    for picker, query, name in (
        ("lead", "bo tu phap", "Bộ Tư pháp"),
        ("coordinating", "bo noi vu", "Bộ Nội vụ"),
    ):
        secretariat.fill(f"[name=q-{picker}]", query)
        box = secretariat.locator(f"#picker-{picker}")
        box.get_by_role("button", name="Tìm").click()
        box.locator(".picker__option", has_text=name).first.locator("input").check()
    fill(secretariat, deadline_text="Thường xuyên")
    press(secretariat, "Thêm vào dự thảo")
    drafts = secretariat.locator(".draft")
    expect(drafts).to_have_count(1)
    expect(drafts).to_contain_text("Bộ Nội vụ")
    fill(secretariat, heading="Kế hoạch của tỉnh", work="Ban hành kế hoạch.")
    secretariat.check("[name=lead_rule][value=provinces]")
    fill(secretariat, deadline_text="Thường xuyên", product="Kế hoạch")
    press(secretariat, "Thêm vào dự thảo")
    expect(drafts).to_have_count(2)
    confirm = {"name": "Xác nhận", "exact": True}
    expect(secretariat.get_by_role("button", **confirm)).to_have_count(0)
    chair.goto(f"{base}ket-luan/")
    for left in (1, 0):
        chair.get_by_role("button", **confirm).first.click()
        expect(chair.get_by_role("button", **confirm)).to_have_count(left)
    secretariat.get_by_role("button", name="Ban hành kết luận").first.click()
    press(secretariat, "Ban hành và giao nhiệm vụ")
    expect(secretariat.get_by_text(re.compile("35 nhiệm vụ"))).to_be_visible()

    # The province acknowledges; the board and the paper say so.
    board = secretariat.locator("[id^=conclusion-tile-][data-state=acknowledged]")
    expect(board).to_have_count(0)
    venue.goto("/nhiem-vu/")
    expect(venue.get_by_text("Kế hoạch của tỉnh").first).to_be_visible()
    press(venue, re.compile("Xác nhận"))
    expect(board).to_have_count(1)
    secretariat.locator("main").get_by_role(
        "link", name=re.compile("Thông báo")
    ).first.click()
    expect(secretariat.get_by_text("Biên soạn tài liệu mẫu.").first).to_be_visible()
