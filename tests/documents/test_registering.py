"""Entering papers, numbering them, finding them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from lantoa.documents import actions, queries
from lantoa.documents.models import Clause, DocumentType, Paper
from lantoa.documents.vocabulary import (
    ClauseText,
    CodeTaken,
    EffectBackwards,
    Family,
    IssuerMissing,
    LabelUnusable,
    SummaryMissing,
)
from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS, system_actor
from lantoa.kernel.refusal import NotPermitted
from tests.factories import NINE, BodyFactory, actor_with
from tests.factories.documents import DocumentTypeFactory, PaperFactory

DAY = date(2020, 12, 20)
CLAUSES = [
    ClauseText("1", "Quán triệt", "Coi PBGDPL là nhiệm vụ thường xuyên."),
    ClauseText("2", "Kế hoạch", "Xây dựng kế hoạch, lộ trình."),
]


def notice(issuer, **given):
    said = {
        "actor": actor_with("documents.register", body=issuer),
        "issuer": issuer,
        "issued_on": DAY,
        "summary": "Kết luận hội nghị",
        "clauses": CLAUSES,
        "at": NINE,
    }
    DocumentTypeFactory()
    return actions.issue_notice(**(said | given))


def paper(**given):
    issuer = given.get("issuer") or BodyFactory()
    said = {
        "actor": system_actor("documents.register"),
        "type": DocumentTypeFactory(),
        "number": "7",
        "symbol": "HĐPH",
        "issuer": issuer,
        "issued_on": DAY,
        "summary": "Kết luận hội nghị",
        "at": NINE,
    }
    return actions.register_paper(**(said | given))


@pytest.mark.django_db
def test_a_notice_gets_number_clauses_version_and_one_fact():
    council = BodyFactory(kind="council", name="Hội đồng phối hợp PBGDPL Trung ương")
    directive = PaperFactory()

    made = notice(council, implements=[directive])

    assert (made.number, made.code) == ("01", "01/TB-HĐPH")
    assert [(c.label, c.heading, c.position) for c in made.clauses.all()] == [
        ("1", "Quán triệt", 1),
        ("2", "Kế hoạch", 2),
    ]
    assert [(v.number, v.content["summary"]) for v in made.versions.all()] == [
        (1, "Kết luận hội nghị")
    ]
    entry = Entry.objects.get()
    clauses = [f"clause:{pk}" for pk in made.clauses.values_list("pk", flat=True)]
    assert entry.name == "documents.paper_registered"
    assert entry.subjects == [
        f"paper:{made.pk}",
        f"body:{council.pk}",
        *clauses,
        f"paper:{directive.pk}",
    ]


@pytest.mark.django_db
def test_numbers_run_on_step_over_what_was_entered_by_hand_and_begin_anew_each_year():
    issuer = BodyFactory(kind="council")
    paper(issuer=issuer, number="03", code="03/TB-HĐPH")

    codes = [notice(issuer).code for _ in range(2)]
    codes.append(notice(issuer, issued_on=date(2021, 1, 4)).code)
    codes.append(notice(BodyFactory(kind="council")).code)

    assert codes == ["04/TB-HĐPH", "05/TB-HĐPH", "01/TB-HĐPH", "01/TB-HĐPH"]


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_when_many_ask_at_once():
    issuer = BodyFactory(kind="council")
    DocumentTypeFactory()

    def issue(_):
        try:
            return notice(issuer).number
        finally:
            connection.close()

    def fail():
        with transaction.atomic():
            notice(issuer)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with ThreadPoolExecutor(6) as pool:
        numbers = sorted(pool.map(issue, range(12)))

    assert numbers == [f"{n:02}" for n in range(1, 13)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"issuer": None, "issuer_name": " "}, IssuerMissing),
        ({"summary": "  "}, SummaryMissing),
        ({"clauses": [ClauseText("1"), ClauseText("1")]}, LabelUnusable),
        ({"clauses": [ClauseText("II/1")]}, LabelUnusable),
        ({"effective_from": DAY, "effective_until": DAY}, EffectBackwards),
    ],
)
def test_what_a_paper_must_have(given, refusal):
    with pytest.raises(refusal):
        paper(**given)

    assert not Paper.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_code_is_given_once_by_an_issuer_in_a_year():
    issuer = BodyFactory()
    paper(issuer=issuer)
    paper(issuer=issuer, issued_on=date(2021, 1, 5))
    paper(issuer=BodyFactory())

    with pytest.raises(CodeTaken):
        paper(issuer=issuer)
    paper(issuer=None, issuer_name="Ban Dân vận")
    with pytest.raises(CodeTaken):
        paper(issuer=None, issuer_name="Ban Dân vận")

    assert Paper.objects.count() == 4


@pytest.mark.django_db
def test_only_those_who_keep_the_register_enter_papers():
    issuer = BodyFactory()

    with pytest.raises(NotPermitted):
        notice(issuer, actor=actor_with("documents.register", body=BodyFactory()))
    with pytest.raises(NotPermitted):
        notice(issuer, actor=actor_with("documents.read", body=issuer))

    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_who_reads_a_paper_that_is_not_public():
    issuer, recipient, stranger = BodyFactory(), BodyFactory(), BodyFactory()
    made = paper(issuer=issuer, public=False, recipients=[recipient])

    def readers(*bodies):
        reach = [actor_with("documents.read", body=body) for body in bodies]
        return [made in queries.visible_to(actor) for actor in reach]

    assert readers(issuer, recipient, stranger) == [True, True, False]
    assert made not in queries.visible_to(ANONYMOUS)
    assert paper(issuer=issuer, number="8") in queries.visible_to(ANONYMOUS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "ket luan hoi nghi"}, {"1/TB-HĐPH", "2/TB-HĐPH"}),
        ({"text": "Quán triệt"}, {"1/TB-HĐPH"}),
        ({"text": "LANG SON"}, {"2/TB-HĐPH"}),
        ({"text": "2/tb"}, {"2/TB-HĐPH"}),
        ({"year": 2021}, {"2/TB-HĐPH"}),
        ({"type_code": "KH"}, set()),
        ({}, {"1/TB-HĐPH", "2/TB-HĐPH"}),
    ],
)
def test_the_register_is_searched_without_diacritics(asked, found):
    paper(number="1", clauses=CLAUSES)
    lang_son = BodyFactory(name="Sở Tư pháp tỉnh Lạng Sơn")
    paper(number="2", issuer=lang_son, issued_on=date(2021, 2, 1))

    assert {each.code for each in queries.register(ANONYMOUS, **asked)} == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "name", "symbol"),
    [
        ("council", "Hội đồng phối hợp PBGDPL tỉnh Lạng Sơn", "HĐPH"),
        ("ministry", "Bộ Tư pháp", "BTP"),
        ("ministry", "Bộ Giáo dục và Đào tạo", "BGDĐT"),
        ("department", "Sở Tư pháp tỉnh Lạng Sơn", "STP"),
        ("peoples_committee", "Ủy ban nhân dân tỉnh Lạng Sơn", "UBND"),
    ],
)
def test_a_body_numbers_its_papers_under_its_initials(kind, name, symbol):
    assert queries.symbol_of(BodyFactory.build(kind=kind, name=name)) == symbol


@pytest.mark.django_db
def test_reference_is_loaded_once_and_says_no_more_than_is_known():
    actor = system_actor("documents.types", "documents.register")
    for _ in range(2):
        actions.load_document_types(actor=actor, at=NINE)
        actions.load_founding_papers(actor=actor, at=NINE)

    papers = Paper.objects.order_by("issued_on")
    chain = [(p.code, [d.code for d in p.implements.all()]) for p in papers]
    assert chain == [
        ("32-CT/TW", []),
        ("80-KL/TW", ["32-CT/TW"]),
        ("1521/QĐ-TTg", ["80-KL/TW"]),
    ]
    decision = papers.last()
    assert decision.issued_on == date(2020, 10, 6)
    assert not Clause.objects.exists()  # no text of it is invented
    assert all(each.source for each in decision.subject_matters.all())
    assert DocumentType.objects.get(family=Family.PARTY, code="KL").name == "Kết luận"
    assert Entry.objects.filter(name="documents.types_loaded").count() == 1
    assert Entry.objects.filter(name="documents.paper_registered").count() == 3
