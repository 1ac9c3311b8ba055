"""The loop closed, in a browser: from the conclusion of 2020 to the next conference.

The demo's history is read as people read it; then today's work is done: a commune
proves, its province accepts and reports, the council accepts, and the report at the
opening of the next conference moves by itself, and is carried on from.
"""

import re

import pytest

from tests.program import Program

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = pytest.mark.browser
DOMAIN = "lantoa.test"
SECRETARIAT, CHAIR = f"thuky@{DOMAIN}", f"chutri@{DOMAIN}"
LANG_SON, DONG_DANG = f"langson@{DOMAIN}", f"dongdang@{DOMAIN}"
ELSEWHERE = f"tinh-01@{DOMAIN}"  # Hà Nội
PAGE = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Give the running program with the whole story."""
    started = Program(tmp_path_factory.mktemp("program"))
    yield started
    started.stop()
    print(started.said[-8000:])  # noqa: T201 - shown with what failed
    started.discard()


def owed_by(program, slug, **more):
    """Return the obligation of a body whose task says so, from the database."""
    ((pk,),) = program.rows(
        "SELECT o.id FROM plans_obligation o"
        " JOIN plans_taskparty p ON p.id = o.party_id"
        " JOIN organisations_body b ON b.id = p.body_id"
        " JOIN plans_task t ON t.id = o.task_id"
        " JOIN documents_clause c ON c.id = t.clause_id"
        " WHERE b.slug = %s AND c.label = %s AND (t.derived_from_id IS NULL) = %s"
        "   AND o.period = ''",
        [slug, more["clause"], more["top"]],
    )
    return pk


def accept(page):
    """Accept what the page shows, and wait until it was accepted."""
    page.wait_for_url("**/nghiem-thu/**")
    here = page.url
    page.get_by_role("button", name="Nghiệm thu").first.click()
    page.wait_for_url(lambda url: url != here)


def test_three_clicks_lead_from_the_clause_to_the_evidence(program, window):
    page = window(SECRETARIAT)
    page.goto("/nhiem-vu/toan-quoc/")
    page.get_by_role("link", name="Cụ thể hóa cho cấp dưới").click()  # 1
    row = page.locator("tr", has_text="Kế hoạch, lộ trình")
    row.locator("td").last.get_by_role("link").click()  # 2
    page.locator("[name=q]").fill("dong dang")
    page.locator("[name=q]").press("Enter")
    found = page.locator("tr", has_text="thị trấn Đồng Đăng")
    found.get_by_role("link", name=re.compile("quán triệt")).click()  # 3

    expect(page.get_by_text("Hoàn thành đúng hạn").first).to_be_visible()
    for stop in ("UBND tỉnh Lạng Sơn", "UBND huyện Cao Lộc"):
        expect(page.get_by_role("link", name=stop).first).to_be_visible()
    expect(page.get_by_text("Chưa có bản đăng ký nội dung").first).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="ban-dang-ky-2021.docx").click()
    assert coming.value.suggested_filename == "ban-dang-ky-2021.docx"


def test_63_and_34_provinces_tell_the_same_conclusions(program, window):
    page = window(SECRETARIAT)
    page.goto("/nhiem-vu/toan-quoc/")
    page.get_by_role("link", name="Giao trực tiếp theo văn bản").click()
    page.get_by_role("link", name="Như khi giao, 63 tỉnh").click()
    then = page.locator("table").last.locator("tr").last.inner_text().split()
    page.get_by_role("link", name="Theo bản đồ hiện nay, 34 tỉnh").click()
    now = page.locator("table").last.locator("tr").last.inner_text().split()
    assert then[-1] == now[-1] == "315"


def test_a_commune_proves_its_province_accepts_and_nobody_else_sees(program, window):
    mine = owed_by(program, "ubnd-06184-2025", clause="3", top=False)
    phone = window(DONG_DANG, width=390, height=844)
    phone.goto("/ban-lam-viec/")
    phone.get_by_role("button", name="Xác nhận đã nhận việc").first.click()
    phone.wait_for_load_state()
    phone.goto(f"/nhiem-vu/nghia-vu/{mine}/bao-cao/")
    phone.get_by_role("button", name="Gửi báo cáo").click()
    expect(phone.locator("body")).to_contain_text("Hãy ghi nội dung")
    phone.locator("textarea[name=text]").fill("Đã phân loại đối tượng của xã.")
    phone.set_input_files(
        "input[type=file]",
        {"name": "phan-loai.pdf", "mimeType": "application/pdf", "buffer": PAGE},
    )
    phone.locator("[name=completes]").check()
    phone.get_by_role("button", name="Gửi báo cáo").click()
    phone.wait_for_url(f"**/nghia-vu/{mine}/#bao-cao-*")
    expect(phone.locator("main")).to_contain_text("Chờ nghiệm thu")

    stranger = window(ELSEWHERE)
    assert stranger.goto(f"/nhiem-vu/nghia-vu/{mine}/").status == 404

    province = window(LANG_SON)
    province.goto("/nhiem-vu/cho-xem-xet/")
    province.get_by_role("link", name=re.compile("Rà soát, phân loại")).first.click()
    expect(province.locator("main")).to_contain_text("phan-loai.pdf")
    accept(province)

    phone.goto(f"/nhiem-vu/nghia-vu/{mine}/")
    expect(phone.locator("main")).to_contain_text("Hoàn thành đúng hạn")


def test_the_report_at_the_opening_moves_and_a_clause_is_carried_over(program, window):
    mine = owed_by(program, "ubnd-20", clause="3", top=True)
    province = window(LANG_SON)
    province.goto(f"/nhiem-vu/nghia-vu/{mine}/bao-cao/")
    province.locator("textarea[name=text]").fill("Tỉnh đã phân loại xong đối tượng.")
    province.locator("[name=completes]").check()
    province.get_by_role("button", name="Gửi báo cáo").click()
    province.wait_for_url(f"**/nghia-vu/{mine}/#bao-cao-*")

    council = window(SECRETARIAT)
    ((report,),) = program.rows("SELECT id FROM conferences_openingreport")
    opening = f"/hoi-nghi/bao-cao-mo-dau/{report}/"
    council.goto("/nhiem-vu/cho-xem-xet/")
    council.get_by_role("link", name=re.compile("Kết hợp các hình thức")).first.click()
    accept(council)
    council.goto(opening)
    expect(council.locator("main")).to_contain_text("Tình hình đã thay đổi")
    before = council.locator(".key-figures, [class*=figures]").first.inner_text()
    council.get_by_label("Đánh giá, kiến nghị").nth(2).fill("Lạng Sơn đã hoàn thành.")
    council.get_by_role("button", name="Cập nhật báo cáo").click()
    expect(council.locator("main")).to_contain_text("phiên bản 2")
    after = council.locator(".key-figures, [class*=figures]").first.inner_text()
    assert before != after

    chair = window(CHAIR)
    chair.goto(opening)
    clause = chair.locator("li.opening__clause").nth(3)
    clause.get_by_role("link", name="Chuyển tiếp vào kết luận mới").click()
    chair.get_by_label("Thời hạn (bằng chữ)").fill("Thường xuyên")
    chair.get_by_role("button", name="Chuyển vào dự thảo").click()
    chair.wait_for_url("**/ket-luan/**")
    expect(chair.locator("main")).to_contain_text("Hội đồng phối hợp")
