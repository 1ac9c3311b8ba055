"""From a clause to accepted evidence, by machines alone."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lantoa.access.vocabulary import Role
from lantoa.files.models import StoredFile
from lantoa.journal.models import Entry
from lantoa.plans.models import Obligation, Task
from tests.factories import BodyFactory, MandateFactory, below
from tests.factories.documents import ClauseFactory, DocumentTypeFactory, PaperFactory
from tests.gateway.api import BASE, machine

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def ministry():
    return BodyFactory(name="Bộ Tư pháp")


@pytest.fixture
def province(ministry):
    return below(ministry, name="Ủy ban nhân dân tỉnh Lạng Sơn")


@pytest.fixture
def commune(province):
    return below(province, name="Ủy ban nhân dân xã Đồng Đăng")


def asking(role, body):
    return machine(MandateFactory(role=role, body=body))


def made(answer):
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_from_a_clause_to_accepted_evidence(ministry, province, commune):
    clause = ClauseFactory(paper=PaperFactory(issuer=ministry))
    centre = asking(Role.SECRETARIAT, ministry)
    middle = asking(Role.OFFICER, province)
    below_it = asking(Role.OFFICER, commune)
    wording = {"work": "Xây dựng kế hoạch", "deadline_text": "trước 30/11/2099"}
    due = {"due_on": "2099-11-30"}

    order = {"clause_id": clause.pk, "lead_id": province.pk, **wording, **due}
    said = {"dispatcher_id": ministry.pk, "orders": [order]}
    assert made(centre.post("/tasks/dispatch", said)) == {"moved": 1}
    [task] = made(middle.get("/tasks"))["items"]
    assert (task["lead_id"], task["stale"]) == (province.pk, False)
    assert made(middle.post(f"/tasks/of/{province.pk}/receive")) == {"moved": 1}

    derived = {**wording, "due_on": "2099-10-30", "lead_ids": [commune.pk]}
    assert made(middle.post(f"/tasks/{task['id']}/derive", derived)) == {"moved": 1}
    [part] = made(below_it.get("/tasks/parts", {"body_id": commune.pk}))["items"]
    answer = {"answer": "Xã đã tiếp nhận."}
    made(below_it.post(f"/tasks/parts/{part['id']}/acknowledge", answer))
    [owed] = made(below_it.get("/tasks/obligations"))["items"]
    assert (owed["state"], owed["body_id"]) == ("acknowledged", commune.pk)

    path = f"/tasks/obligations/{owed['id']}"
    step = {"title": "Dự thảo", "product": "Dự thảo kế hoạch"}
    made(below_it.post(f"{path}/plan", {"milestones": [step]}))
    assert made(below_it.get(path))["state"] == "planned"
    longer = {"due_on": "2099-11-15", "reason": "Chờ hướng dẫn của tỉnh"}
    request = made(below_it.post(f"{path}/extensions", longer))
    made(middle.post(f"/tasks/extensions/{request['id']}/decide", {"granted": True}))
    moved = made(below_it.get(path))
    assert (moved["due_on"], moved["original_due_on"]) == ("2099-11-15", "2099-10-30")

    upload = below_it.client.post(
        f"{BASE}{path}/evidence",
        {
            "file": SimpleUploadedFile("ke-hoach.pdf", PDF, "application/pdf"),
            "text": "Đã ban hành kế hoạch.",
            "completes": "true",
        },
        headers={**below_it._headers(), "Idempotency-Key": uuid4().hex},
    )
    report = made(upload)
    assert report["state"] == "pending"
    [waiting] = made(middle.get("/tasks/to-judge"))["items"]
    assert (waiting["kind"], waiting["id"]) == ("completion", report["id"])
    made(middle.post(f"/tasks/progress/{report['id']}/accept"))

    assert made(centre.get(path))["state"] == "done-in-time"
    counted = made(centre.get("/tasks/counts", {"stage": "cu-the-hoa"}))
    assert (counted["total"], counted["by_state"]["done-in-time"]) == (1, 1)
    [cell] = made(centre.get(f"/tasks/boards/{clause.paper_id}"))["items"]
    assert (cell["body_id"], cell["number"]) == (province.pk, 1)
    shown = made(centre.get(f"/tasks/progress/{report['id']}"))
    assert made(centre.get(f"/files/{shown['file_id']}"))["name"] == "ke-hoach.pdf"


def test_a_revision_makes_stale_and_overwrites_nothing(ministry, province, commune):
    clause = ClauseFactory(paper=PaperFactory(issuer=ministry))
    centre, middle = asking(Role.SECRETARIAT, ministry), asking(Role.OFFICER, province)
    said = {"work": "Báo cáo", "deadline_text": "Quý II"}
    order = {"clause_id": clause.pk, "lead_id": province.pk, **said}
    made(
        centre.post(
            "/tasks/dispatch", {"dispatcher_id": ministry.pk, "orders": [order]}
        )
    )
    top = Task.objects.get()
    made(middle.post(f"/tasks/{top.pk}/derive", {**said, "lead_ids": [commune.pk]}))

    other = {**said, "work": "Báo cáo hai kỳ", "reason": "Theo ý kiến Chính phủ"}
    made(centre.post(f"/tasks/{top.pk}/revise", {**other, "seen": 1}))
    late = centre.post(f"/tasks/{top.pk}/revise", {**other, "work": "Khác", "seen": 1})

    assert (late.status_code, late.json()["kind"]) == (409, "RevisedMeanwhile")
    [stale] = made(middle.get("/tasks", {"stale": "true"}))["items"]
    assert stale["work"] == "Báo cáo"
    kept = {"reason": "Cách ghi của xã đã bao quát"}
    made(middle.post(f"/tasks/{stale['id']}/keep", kept))
    assert made(middle.get("/tasks", {"stale": "true"}))["items"] == []
    assert len(made(centre.get(f"/tasks/{top.pk}/versions"))["items"]) == 2


def test_another_subtree_is_not_there(ministry, province, commune):
    clause = ClauseFactory(paper=PaperFactory(issuer=ministry))
    centre = asking(Role.SECRETARIAT, ministry)
    order = {
        "clause_id": clause.pk,
        "lead_id": province.pk,
        "work": "x",
        "deadline_text": "y",
    }
    made(
        centre.post(
            "/tasks/dispatch", {"dispatcher_id": ministry.pk, "orders": [order]}
        )
    )
    owed = Obligation.objects.get()
    stranger = asking(Role.OFFICER, below(ministry))

    paths = [f"/tasks/{owed.task_id}", f"/tasks/obligations/{owed.pk}"]
    assert [stranger.get(path).status_code for path in paths] == [404, 404]
    report = stranger.post(f"{paths[1]}/progress", {"text": "x"})
    receive = stranger.post(f"/tasks/of/{province.pk}/receive")
    assert (report.status_code, receive.status_code) == (404, 404)


def test_a_paper_is_entered_corrected_and_withdrawn(ministry):
    kind = DocumentTypeFactory()
    centre = asking(Role.SECRETARIAT, ministry)
    said = {
        "type_id": kind.pk,
        "issuer_id": ministry.pk,
        "issued_on": timezone.localdate().isoformat(),
        "summary": "Kế hoạch năm",
        "clauses": [{"label": "1", "heading": "Mục đích"}, {"label": "2"}],
    }

    pk = made(centre.post("/papers", said))["id"]
    again = centre.post(
        "/papers", said | {"code": made(centre.get(f"/papers/{pk}"))["code"]}
    )
    assert (again.status_code, again.json()["kind"]) == (409, "CodeTaken")
    change = {
        "reason": "Đính chính",
        "clauses": [{"label": "1", "heading": "Mục tiêu"}],
    }
    assert made(centre.post(f"/papers/{pk}/correct", change))["state"] == "version 2"
    clauses = made(centre.get(f"/papers/{pk}/clauses"))["items"]
    assert [(c["label"], c["heading"], c["dropped"]) for c in clauses] == [
        ("1", "Mục tiêu", False),
        ("2", "", True),
    ]
    made(centre.post(f"/papers/{pk}/withdraw", {"reason": "Ban hành nhầm"}))
    assert [
        v["number"] for v in made(centre.get(f"/papers/{pk}/versions"))["items"]
    ] == [1, 2, 3]
    found = made(centre.get("/papers", {"q": "ke hoach nam"}))["items"]
    assert [(each["id"], each["state"]) for each in found] == [(pk, "withdrawn")]


def test_a_file_is_stored_once_for_a_command(ministry):
    centre = asking(Role.SECRETARIAT, ministry)
    headers = {**centre._headers(), "Idempotency-Key": "mot-lenh"}

    answers = [
        centre.client.post(
            f"{BASE}/files",
            {"file": SimpleUploadedFile("a.pdf", PDF, "application/pdf")},
            headers=headers,
        ).json()
        for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert StoredFile.objects.count() == 1
    pk = answers[0]["id"]
    content = centre.get(f"/files/{pk}/content")
    assert content.headers["Content-Type"] == "application/pdf"
    wrong = centre.post("/files", {})
    assert (wrong.status_code, wrong.json()["kind"]) == (415, "NotMultipart")


def test_a_reorganisation_is_previewed_applied_and_taken_back():
    keeper = asking(Role.ADMINISTRATOR, BodyFactory())
    old, new = BodyFactory(), BodyFactory()
    said = {"title": "Sắp xếp", "basis": "Nghị quyết 202", "effective_on": "2027-01-01"}

    pk = made(keeper.post("/reorganisations", said))["id"]
    passing = {"kind": "merger", "old_ids": [old.pk], "new_id": new.pk}
    assert made(keeper.post(f"/reorganisations/{pk}/passings", passing)) == {"moved": 1}
    both = passing | {"founding": {"kind": "department", "name": "Sở mới"}}
    assert keeper.post(f"/reorganisations/{pk}/passings", both).status_code == 409
    shown = made(keeper.get(f"/reorganisations/{pk}/preview"))
    assert (shown["ending"], shown["problems"]) == (1, [])
    made(keeper.post(f"/reorganisations/{pk}/apply"))
    ended = made(keeper.get(f"/organisations/bodies/{old.pk}"))
    assert ended["valid_until"] == "2027-01-01"
    back = {"reason": "Nghị quyết được thay thế"}
    assert (
        made(keeper.post(f"/reorganisations/{pk}/take-back", back))["state"]
        == "taken_back"
    )
    assert made(keeper.get(f"/organisations/bodies/{old.pk}"))["valid_until"] is None


def test_the_journal_of_a_thing_is_told(ministry):
    paper = PaperFactory(issuer=ministry)
    centre = asking(Role.SECRETARIAT, ministry)
    for number in range(3):
        Entry.objects.create(
            name="documents.paper_withdrawn",
            payload={"paper_id": paper.pk, "version": number},
            subjects=[f"paper:{paper.pk}"],
            office="Thư ký",
            occurred_at=timezone.now(),
        )
    about = {"noun": "paper", "number": paper.pk, "limit": 2}

    first = made(centre.get("/journal/about", about))
    rest = made(centre.get("/journal/about", about | {"before": first["before"]}))

    assert [len(first["items"]), len(rest["items"])] == [2, 1]
    assert rest["before"] is None
    assert paper.code in first["items"][0]["sentence"]
