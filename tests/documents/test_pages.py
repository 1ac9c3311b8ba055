"""The pages of the register."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lantoa.access.vocabulary import Role
from lantoa.documents import actions, queries
from lantoa.documents.models import Implementation, Paper
from lantoa.documents.vocabulary import ClauseText
from lantoa.kernel.actor import ANONYMOUS, system_actor
from tests.factories import NINE, BodyFactory, MandateFactory, send, sign_in
from tests.factories.documents import ClauseFactory, DocumentTypeFactory, PaperFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def founding():
    actor = system_actor("documents.types", "documents.register")
    actions.load_document_types(actor=actor, at=NINE)
    actions.load_founding_papers(actor=actor, at=NINE)
    return Paper.objects.get(code="1521/QĐ-TTg")


def text_of(response, status=200):
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def secretary(client):
    body = BodyFactory(kind="council", name="Hội đồng phối hợp PBGDPL tỉnh Lạng Sơn")
    sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=body))
    return body


def test_anybody_finds_a_paper_without_diacritics(client, founding):
    shown = text_of(client.get("/van-ban/", {"q": "chi thi 32 giao duc phap luat"}))

    assert "80-KL/TW" in shown
    assert "papers__code" in shown
    assert "Vào sổ văn bản" not in shown
    part = text_of(client.get("/van-ban/?q=khongcogi", headers={"HX-Request": "true"}))
    assert "Không tìm thấy văn bản nào" in part
    assert "<html" not in part


def test_a_paper_shows_its_chain_and_says_that_its_text_is_not_held(client, founding):
    shown = text_of(client.get(founding.get_absolute_url()))

    at = [
        shown.index(f">{code}</b>") for code in ("32-CT/TW", "80-KL/TW", "1521/QĐ-TTg")
    ]
    assert at == sorted(at)
    assert "chưa lưu toàn văn" in shown
    assert "06/10/2020" in shown
    assert client.get(f"{founding.get_absolute_url()}in/").status_code == 404


def test_the_chain_reaches_both_ways_and_survives_a_circle(founding):
    notice = PaperFactory()
    Implementation.objects.create(paper=notice, directive=founding)
    conclusion = Paper.objects.get(code="80-KL/TW")

    steps = queries.chain(ANONYMOUS, conclusion)
    assert [(s.depth, [p.code for p in s.papers]) for s in steps] == [
        (-1, ["32-CT/TW"]),
        (0, ["80-KL/TW"]),
        (1, ["1521/QĐ-TTg"]),
        (2, [notice.code]),
    ]
    first = Paper.objects.get(code="32-CT/TW")
    Implementation.objects.create(paper=first, directive=notice)
    assert sum(len(s.papers) for s in queries.chain(ANONYMOUS, conclusion)) == 4


def test_a_clause_has_its_own_address_and_neighbours(client):
    paper = PaperFactory()
    for n, label in enumerate(["II.1", "II.2", "II.3"]):
        ClauseFactory(paper=paper, label=label, position=n, heading=f"Mục {label}")

    shown = text_of(client.get(f"/van-ban/{paper.pk}/dieu-khoan/II.2/"))

    assert f"/van-ban/{paper.pk}/dieu-khoan/II.1/" in shown
    assert f"/van-ban/{paper.pk}/dieu-khoan/II.3/" in shown
    assert client.get(f"/van-ban/{paper.pk}/dieu-khoan/II.9/").status_code == 404


def test_a_notice_prints_as_the_decree_has_it(client):
    council = BodyFactory(kind="council", name="Hội đồng phối hợp PBGDPL Trung ương")
    paper = PaperFactory(
        issuer=council,
        code="01/TB-HĐPH",
        issued_on=date(2021, 1, 5),
        place="Hà Nội",
        signed_as="TM. HỘI ĐỒNG\nCHỦ TỊCH",
    )
    ClauseFactory(paper=paper, label="1", heading="", text="Xây dựng kế hoạch.")

    shown = text_of(client.get(f"/van-ban/{paper.pk}/in/"))

    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 01/TB-HĐPH",
        "Hà Nội, ngày 05 tháng 01 năm 2021",
        "1. Xây dựng kế hoạch.",
        "TM. HỘI ĐỒNG<br>CHỦ TỊCH",
        "Nơi nhận:",
    ):
        assert words in shown


def test_a_secretary_enters_a_paper_with_its_file(client, founding, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    body = secretary(client)
    text_of(client.get("/van-ban/vao-so/"))

    response = send(
        client,
        "/van-ban/vao-so/",
        {
            "type": queries.type_of("KH", date(2021, 1, 5)).pk,
            "issuer": body.name,
            "issued_on": "2021-01-05",
            "summary": "Kế hoạch thực hiện Quyết định 1521/QĐ-TTg",
            "implements": "1521/QĐ-TTg",
            "clauses": "I. NỘI DUNG\n1. Quán triệt\nCác sở, ngành.",
            "file": SimpleUploadedFile("ke-hoach.pdf", PDF),
            "public": "on",
        },
    )

    paper = Paper.objects.get(type__code="KH")
    assert response.status_code == 302
    assert response.url == paper.get_absolute_url()
    assert (paper.code, paper.issuer, paper.keeper) == ("01/KH-HĐPH", body, body)
    assert [c.label for c in paper.clauses.all()] == ["I", "I.1"]
    assert list(paper.implements.all()) == [founding]
    client.logout()
    handed_out = client.get(f"/van-ban/{paper.pk}/tep/")
    assert (handed_out["Content-Type"], handed_out["X-Sendfile"][:4]) == (
        "application/pdf",
        str(tmp_path)[:4],
    )
    assert client.get(f"/tep/{paper.file_id}/").status_code == 200


def test_what_is_wrong_in_the_form_is_said_beside_it(client):
    secretary(client)

    shown = text_of(
        send(client, "/van-ban/vao-so/", {"implements": "9/XX", "clauses": "abc"}), 422
    )

    assert "Không có trong sổ văn bản: 9/XX." in shown
    assert "Chưa nhận ra mục nào" in shown
    assert not Paper.objects.exists()


def test_a_delegate_and_the_public_cannot_enter(client):
    assert client.get("/van-ban/vao-so/").status_code == 403
    sign_in(client, MandateFactory(role=Role.DELEGATE))
    assert send(client, "/van-ban/vao-so/").status_code == 403


def test_correcting_shows_the_difference_and_withdrawing_the_end(client):
    body = secretary(client)
    DocumentTypeFactory()
    paper = actions.issue_notice(
        actor=system_actor("documents.register"),
        issuer=body,
        issued_on=date(2020, 12, 20),
        summary="Kết luận",
        clauses=[ClauseText("1", "Kế hoạch", "Trước 30/11.")],
        at=NINE,
    )
    assert "1. Kế hoạch" in text_of(client.get(f"/van-ban/{paper.pk}/sua/"))

    send(
        client,
        f"/van-ban/{paper.pk}/sua/",
        {
            "summary": "Kết luận",
            "issued_on": "2020-12-20",
            "clauses": "1. Kế hoạch\nTrước 15/12.",
            "reason": "Đính chính thời hạn",
        },
    )

    shown = text_of(client.get(f"/van-ban/{paper.pk}/phien-ban/2/"))
    assert '<del class="diff">30/11.</del><ins class="diff">15/12.</ins>' in shown
    assert "Đính chính thời hạn" in text_of(client.get(paper.get_absolute_url()))
    send(client, f"/van-ban/{paper.pk}/thu-hoi/", {"reason": "Ban hành nhầm"})
    assert "đã được thu hồi" in text_of(client.get(paper.get_absolute_url()))


def test_a_paper_out_of_sight_does_not_exist(client):
    paper = PaperFactory(public=False)
    ClauseFactory(paper=paper, label="1")

    for address in ("", "in/", "sua/", "tep/", "dieu-khoan/1/", "phien-ban/1/"):
        assert client.get(f"/van-ban/{paper.pk}/{address}").status_code == 404
    assert send(client, f"/van-ban/{paper.pk}/thu-hoi/").status_code == 404
    assert paper.code not in text_of(client.get("/van-ban/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_costs_the_same_however_long(
    client, rows, django_assert_num_queries
):
    for _ in range(rows):
        PaperFactory()

    with django_assert_num_queries(4):  # types, years, count, papers
        shown = text_of(client.get("/van-ban/"))

    assert shown.count("papers__one") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_paper_costs_the_same_however_long(client, rows, django_assert_num_queries):
    paper = PaperFactory()
    for _ in range(rows):
        ClauseFactory(paper=paper)
        Implementation.objects.create(paper=PaperFactory(), directive=paper)

    with django_assert_num_queries(6):
        # The paper, two for its chain, clauses, subjects, versions.
        shown = text_of(client.get(paper.get_absolute_url()))

    assert shown.count("clauses__one") == rows
