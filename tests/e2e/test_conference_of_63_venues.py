"""The conference of 15 December 2020 in four windows: the acceptance journey.

Chair, secretariat, Lạng Sơn's venue and a watcher; the other 62 venues act through the
API, as their pages do.
"""

import re

import pytest

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = pytest.mark.browser
LANG_SON, CHAIR, SECRETARIAT = (
    "tinh-20@lantoa.test",
    "chutri@lantoa.test",
    "thuky@lantoa.test",
)
SAID = [
    ("Nhiệm vụ thường xuyên", "Coi là nhiệm vụ thường xuyên.", "Thường xuyên", ""),
    ("Kế hoạch, lộ trình", "Xây dựng kế hoạch.", "Quý I năm 2021", "2021-03-31"),
]


@pytest.fixture(scope="module")
def conference(consoles):
    """Give the demo's conference as the API shows it on its eve."""
    return consoles.get(CHAIR, "/api/v1/conferences/1")


def venue_of(conference, name):
    return next(each for each in conference["venues"] if each["name"] == name)


@pytest.fixture(scope="module")
def accounts(conference, program):
    """Give each venue's address, by its body."""
    import psycopg

    from lantoa.config.folder import DataFolder

    url = DataFolder(program.data).told()["DATABASE_URL"]
    with psycopg.connect(url) as line:
        rows = line.execute(
            "SELECT m.body_id, p.email FROM access_mandate m"
            " JOIN identity_person p ON p.id = m.person_id"
            " WHERE m.role = 'representative'"
        ).fetchall()
    return dict(rows)


def test_from_the_roll_call_to_the_acknowledgement(
    window, consoles, conference, accounts
):
    pk = conference["id"]
    lang_son = venue_of(conference, "Lạng Sơn")
    chair, secretariat = window(CHAIR), window(SECRETARIAT)
    venue = window(LANG_SON, width=390, height=844)
    watcher = window()
    chair.goto(f"/hoi-nghi/{pk}/dieu-hanh/")
    secretariat.goto(f"/hoi-nghi/{pk}/ket-luan/")
    venue.goto(f"/hoi-nghi/{pk}/diem-cau/{lang_son['id']}/")
    watcher.goto(f"/theo-doi/{pk}/")
    tile = f"#tile-{lang_son['id']}"
    assert watcher.locator("i[data-venue][data-state]").count() >= 63

    # The chair begins and calls the roll; the map fills.
    chair.locator("#lever-open").click()
    expect(chair.locator("#state-desk")).to_have_attribute("data-state", "live")
    chair.locator("#lever-roll").click()
    expect(venue.locator("#roll-call")).to_have_attribute("data-round", "1")
    expect(watcher.locator(tile)).to_have_attribute("data-state", "waiting")
    venue.fill("#presence-form [name=headcount]", "24")
    venue.locator("#presence-form button").click()
    expect(watcher.locator(tile)).to_have_attribute("data-state", "present")
    expect(chair.locator(tile)).to_have_attribute("data-state", "present")
    for other in conference["venues"]:
        if other["id"] != lang_son["id"]:
            consoles.post(
                accounts[other["body_id"]],
                f"/api/v1/conferences/venues/{other['id']}/presence",
                {"headcount": 20},
            )
    expect(watcher.locator("[data-venue][data-state=present]")).to_have_count(63)
    expect(chair.locator("#attendance")).to_contain_text("63")
    chair.locator("#lever-roll").click()
    expect(venue.locator("#roll-call")).not_to_have_attribute("data-round", "1")

    # Item after item.
    chair.locator("#lever-next").click()
    expect(watcher.locator("#item")).to_contain_text("Đón tiếp đại biểu")
    for words in ("Điểm danh", "khai mạc", "80-KL/TW", "1521/QĐ-TTg", "Giải pháp"):
        chair.locator("#lever-next").click()
        expect(watcher.locator("#item")).to_contain_text(words)
    chair.locator("#lever-next").click()
    expect(venue.locator("#item")).to_contain_text("Kinh nghiệm, mô hình hiệu quả")

    # Lạng Sơn asks for the floor behind Cao Bằng, sees its place, and gets its turn.
    cao_bang = venue_of(conference, "Cao Bằng")
    consoles.post(
        accounts[cao_bang["body_id"]],
        f"/api/v1/conferences/venues/{cao_bang['id']}/floor",
        {"topic": "Kinh nghiệm ở cơ sở"},
    )
    venue.fill("#ask-form [name=topic]", "Mô hình ở vùng biên giới")
    venue.locator("#ask-form button").click()
    expect(watcher.locator(tile)).to_have_attribute("data-state", "queued")
    expect(venue.locator("[data-own-place]")).to_have_text("2")
    rows = chair.locator("#queue-desk li[data-venue]")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_have_attribute("data-venue", str(cao_bang["id"]))
    orders = [
        page.locator("#queue").get_attribute("data-order") for page in (venue, watcher)
    ]
    assert (
        orders[0]
        == orders[1]
        == chair.locator("#queue-desk").get_attribute("data-order")
    )
    rows.nth(0).locator("button[id^=give-]").click()
    expect(watcher.locator("#speaker")).to_contain_text("Cao Bằng")
    expect(venue.locator(".own-call [data-when=next]")).to_be_visible()
    chair.locator("#lever-end").click()
    chair.locator("#queue-desk button[id^=give-]").first.click()
    expect(venue.locator(".own-call [data-when=speaking]")).to_be_visible()
    expect(watcher.locator("#speaker")).to_contain_text("Mô hình ở vùng biên giới")
    expect(watcher.locator(tile)).to_have_attribute("data-state", "speaking")

    # Its line falls: the clock stands, nobody is thrown out; it comes back.
    venue.goto("about:blank")
    expect(watcher.locator(tile)).to_have_attribute(
        "data-state", "lost", timeout=45_000
    )
    expect(chair.locator("#floor-desk")).to_have_attribute("data-state", "lost")
    venue.goto(f"/hoi-nghi/{pk}/diem-cau/{lang_son['id']}/")
    expect(watcher.locator(tile)).not_to_have_attribute(
        "data-state", "lost", timeout=30_000
    )
    chair.locator("#lever-resume").click()
    expect(watcher.locator(tile)).to_have_attribute("data-state", "speaking")
    chair.locator("#lever-end").click()
    expect(watcher.locator(tile)).to_have_attribute("data-state", "present")

    # The conclusions: drafted by one, confirmed by another, issued as tasks.
    for heading, work, deadline, due_on in SAID:
        secretariat.fill("[name=heading]", heading)
        secretariat.fill("[name=work]", work)
        secretariat.check("[name=lead_rule][value=provinces]")
        secretariat.fill("[name=deadline_text]", deadline)
        secretariat.press("[name=deadline_text]", "Tab")
        if due_on:  # proposed from the words; the person leaves it as it is
            expect(secretariat.locator("[name=due_on]")).to_have_value(due_on)
        secretariat.get_by_role("button", name="Thêm vào dự thảo").click()
        expect(secretariat.locator(".draft h3", has_text=heading)).to_be_visible()
    chair.goto(f"/hoi-nghi/{pk}/ket-luan/")
    for _ in SAID:
        before = chair.get_by_text("Chủ trì đã xác nhận").count()
        chair.get_by_role("button", name="Xác nhận", exact=True).first.click()
        expect(chair.get_by_text("Chủ trì đã xác nhận")).to_have_count(before + 1)
    expect(secretariat.get_by_text("Chủ trì đã xác nhận")).to_have_count(2)
    secretariat.get_by_role("button", name="Ban hành kết luận").first.click()
    secretariat.get_by_role("button", name="Ban hành và giao nhiệm vụ").click()
    expect(secretariat.get_by_text(re.compile("126 nhiệm vụ"))).to_be_visible()

    # Lạng Sơn sees what it received and acknowledges; the board shows it.
    body = lang_son["body_id"]
    board = f"#conclusion-tile-{body}"
    expect(secretariat.locator(board)).to_have_attribute("data-state", "sent")
    venue.goto("/nhiem-vu/")
    expect(venue.get_by_text("Kế hoạch, lộ trình").first).to_be_visible()
    expect(secretariat.locator(board)).to_have_attribute("data-state", "received")
    venue.get_by_role("button", name=re.compile("Xác nhận cả 2")).click()
    expect(secretariat.locator(board)).to_have_attribute("data-state", "acknowledged")

    # A clause opens to the province's answer; the public keeps the record.
    secretariat.locator(".draft h3 a").first.click()
    expect(secretariat.get_by_text("Lạng Sơn").first).to_be_visible()
    chair.goto(f"/hoi-nghi/{pk}/dieu-hanh/")
    chair.locator("#lever-close").click()
    expect(watcher.get_by_text("bế mạc").first).to_be_visible()


def test_the_journal_stands(program, conference):
    """Everything the journey did is in the journal, and its chain is whole."""
    import subprocess
    import sys

    from lantoa.config.folder import CHECKOUT, DataFolder

    told = DataFolder(program.data).told()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "verify_journal"],
        cwd=CHECKOUT,
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
