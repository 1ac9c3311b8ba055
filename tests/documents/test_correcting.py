"""Next versions: nothing said is lost, and the difference shows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from lantoa.documents import actions
from lantoa.documents.differences import differences
from lantoa.documents.models import Clause, Paper
from lantoa.documents.vocabulary import (
    Changes,
    ClauseText,
    LabelUnusable,
    PaperState,
    ReasonMissing,
    SummaryMissing,
    WithdrawnAlready,
)
from lantoa.journal.models import Entry
from lantoa.kernel.refusal import NotPermitted
from tests.factories import NINE, BodyFactory, actor_with
from tests.factories.documents import DocumentTypeFactory

LATER = NINE + timedelta(days=3)


@pytest.fixture
def paper():
    issuer = BodyFactory(kind="council")
    DocumentTypeFactory()
    return actions.issue_notice(
        actor=keeper(issuer),
        issuer=issuer,
        issued_on=date(2020, 12, 20),
        summary="Kết luận hội nghị",
        clauses=[
            ClauseText("1", "Kế hoạch", "Trước 30/11."),
            ClauseText("2", "Đối tượng", "Phân loại."),
        ],
        at=NINE,
    )


def keeper(body):
    return actor_with("documents.register", body=body)


def correct(paper, **changes):
    reason = changes.pop("reason", "Sửa lỗi đánh máy")
    return actions.correct_paper(
        actor=changes.pop("actor", None) or keeper(paper.keeper),
        paper=paper,
        changes=Changes(**changes),
        reason=reason,
        at=LATER,
    )


@pytest.mark.django_db
def test_a_correction_is_a_next_version_and_its_difference_shows(paper):
    first = paper.clauses.get(label="1")

    version = correct(
        paper,
        summary="Kết luận của chủ trì hội nghị",
        clauses=[
            ClauseText("1", "Kế hoạch", "Trước 15/12."),
            ClauseText("3", "Nguồn lực", "Huy động."),
        ],
    )

    assert (version.number, version.reason) == (2, "Sửa lỗi đánh máy")
    first.refresh_from_db()
    assert first.text == "Trước 15/12."  # the same row: what rests on it still does
    dropped = Clause.objects.get(paper=paper, label="2")
    assert (dropped.dropped, dropped.text) == (True, "Phân loại.")
    old, new = paper.versions.order_by("number")
    shown = {
        str(d.name): "".join(p.text for p in d.pieces if p.kind == "old").strip()
        for d in differences(old.content, new.content)
    }
    assert shown == {
        "Trích yếu": "",
        "1": "30/11.",
        "3": "",
        "2": "Đối tượng\nPhân loại.",
    }
    fact = Entry.objects.get(name="documents.paper_corrected")
    changed = Clause.objects.filter(paper=paper).values_list("pk", flat=True)
    assert sorted(fact.payload["clause_ids"]) == sorted(changed)


@pytest.mark.django_db
def test_saying_the_same_again_makes_no_version(paper):
    assert correct(paper, summary="Kết luận hội nghị").number == 1
    assert paper.versions.count() == 1
    assert not Entry.objects.filter(name="documents.paper_corrected").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"reason": "  "}, ReasonMissing),
        ({"summary": ""}, SummaryMissing),
        ({"clauses": [ClauseText("1"), ClauseText("1")]}, LabelUnusable),
    ],
)
def test_what_a_correction_must_have(paper, given, refusal):
    with pytest.raises(refusal):
        correct(paper, **({"summary": "Khác"} | given))

    assert Paper.objects.get().summary == "Kết luận hội nghị"
    assert paper.versions.count() == 1


@pytest.mark.django_db
def test_only_its_keeper_corrects_or_withdraws(paper):
    stranger = keeper(BodyFactory())

    with pytest.raises(NotPermitted):
        correct(paper, actor=stranger, summary="Khác")
    with pytest.raises(NotPermitted):
        actions.withdraw_paper(actor=stranger, paper=paper, reason="Nhầm", at=LATER)

    assert paper.versions.count() == 1


@pytest.mark.django_db
def test_a_withdrawn_paper_stays_and_changes_no_more(paper):
    actor = keeper(paper.keeper)
    actions.withdraw_paper(actor=actor, paper=paper, reason="Nhầm", at=LATER)

    assert Paper.objects.get().state == PaperState.WITHDRAWN
    with pytest.raises(WithdrawnAlready):
        correct(paper, summary="Khác")
    with pytest.raises(WithdrawnAlready):
        actions.withdraw_paper(actor=actor, paper=paper, reason="Nhầm", at=LATER)


@pytest.mark.django_db(transaction=True)
def test_corrections_at_once_become_versions_one_after_the_other(paper):
    def change(n):
        try:
            return correct(paper, summary=f"Kết luận {n}").number
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        numbers = sorted(pool.map(change, range(5)))

    assert numbers == [2, 3, 4, 5, 6]
