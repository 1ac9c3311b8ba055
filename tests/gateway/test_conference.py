"""A conference from its title to its tasks, by machines alone."""

import pytest

from lantoa.access.vocabulary import Role
from lantoa.plans.models import Task
from tests.factories import BodyFactory, MandateFactory
from tests.factories.documents import DocumentTypeFactory
from tests.gateway.api import machine

pytestmark = pytest.mark.django_db


def made(answer):
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_a_conference_from_its_title_to_its_tasks():
    DocumentTypeFactory()
    host, room = BodyFactory(), BodyFactory()
    desk = machine(MandateFactory(role=Role.SECRETARIAT, body=host))
    chair = machine(MandateFactory(role=Role.CHAIR, body=host))
    venue = machine(MandateFactory(role=Role.REPRESENTATIVE, body=room))
    about = {
        "title": "Hội nghị trực tuyến",
        "chair_office": "Chủ tịch Hội đồng",
        "place": "Hà Nội",
        "planned_start": "2026-12-01T08:00:00+07:00",
        "open_to_public": False,
    }
    pk = made(desk.post("/conferences", {"host_id": host.pk, **about}))["id"]
    path = f"/conferences/{pk}"
    assert venue.get(path).status_code == 404

    made(desk.post(f"{path}/revise", {**about, "place": "Trụ sở Bộ Tư pháp"}))
    item = {"kind": "report", "title": "Báo cáo", "minutes": 20}
    first = made(desk.post(f"{path}/items", item))["id"]
    second = made(desk.post(f"{path}/items", {**item, "kind": "paper"}))["id"]
    made(desk.post(f"/conferences/items/{second}/move", {"place": 1}))
    assert [i["id"] for i in made(desk.get(f"{path}/items"))["items"]] == [
        second,
        first,
    ]
    assert made(desk.post(f"{path}/venues", {"body_ids": [room.pk]})) == {"moved": 1}
    made(desk.post(f"{path}/invite"))
    [own] = made(venue.get(f"{path}/venues"))["items"]
    at = f"/conferences/venues/{own['id']}"
    checks = [{"check": "sound", "state": "fault", "note": "Vọng tiếng"}]
    made(venue.post(f"{at}/rehearsal", {"results": checks}))
    assert made(desk.get(at))["checks"] == checks

    made(chair.post(f"{path}/open"))
    made(desk.post(f"{path}/roll-call/open"))
    made(venue.post(f"{at}/presence", {"headcount": 30}))
    made(desk.post(f"{at}/amend", {"headcount": 28, "reason": "Đếm lại"}))
    made(desk.post(f"{path}/roll-call/close"))
    [call] = made(desk.get(f"{path}/roll-calls"))["items"]
    assert (call["answered"], call["people"]) == (1, 28)
    turn = made(venue.post(f"{at}/floor", {"topic": "Kinh nghiệm"}))["id"]
    made(chair.post(f"/conferences/turns/{turn}/give", {"minutes": 5}))
    assert made(venue.get(path))["speaker"]["id"] == turn
    made(chair.post(f"/conferences/turns/{turn}/end"))

    draft = {"work": "Xây dựng kế hoạch", "lead_id": room.pk, "deadline_text": "Quý I"}
    drafted = made(desk.post(f"{path}/conclusions", draft))["id"]
    one = f"/conferences/conclusions/{drafted}"
    assert venue.get(one).status_code == 404
    read = made(chair.get(one))["wording"]
    made(desk.post(f"{one}/revise", {**draft, "product": "Kế hoạch"}))
    unread = chair.post(f"{one}/confirm?read={read}")
    assert (unread.status_code, unread.json()["kind"]) == (409, "NotConfirmed")
    made(chair.post(f"{one}/confirm?read={made(chair.get(one))['wording']}"))
    made(desk.post(f"{path}/conclusions/issue"))
    made(chair.post(f"{path}/close"))

    assert made(venue.get(path))["state"] == "concluded"
    assert made(venue.get(one))["clause_id"] == Task.objects.get().clause_id
    [owed] = made(venue.get("/tasks/obligations"))["items"]
    assert owed["body_id"] == room.pk


def test_who_may_not_is_refused_in_words():
    host = BodyFactory()
    delegate = machine(MandateFactory(role=Role.DELEGATE, body=host))
    said = {"reason": "x", "title": "y", "basis": "z", "effective_on": "2027-01-01"}

    unknown = delegate.post("/reorganisations", said)
    refused = delegate.post("/reorganisations", {k: said[k] for k in list(said)[1:]})

    assert (unknown.status_code, unknown.json()["errors"][0]["loc"]) == (
        422,
        ["body", "reason"],
    )
    assert (refused.status_code, refused.json()["kind"]) == (403, "NotPermitted")
    assert "thẩm quyền" in refused.json()["message"]
