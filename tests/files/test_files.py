"""Stored files: what is kept, how, and who reads it."""

import io
import zipfile
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.access.vocabulary import Role
from lantoa.files import actions, queries, storing
from lantoa.files.models import StoredFile
from lantoa.files.sniffing import media_type_of
from lantoa.files.vocabulary import (
    FileEmpty,
    FileTooLarge,
    MacrosNotKept,
    MediaType,
    TypeNotKept,
)
from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS
from lantoa.kernel.refusal import NotPermitted, Refused
from tests.factories import NINE, BodyFactory, MandateFactory, actor_with, sign_in

PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


def package(*parts, mimetype=""):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for part in parts:
            archive.writestr(part, "x")
    return held.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")
ODT = package("content.xml", mimetype=MediaType.ODT.value)


def store(body, content=PDF, name="ke-hoach.pdf"):
    return actions.store_file(
        actor=actor_with("files.store", body=body),
        owner_id=body.pk,
        content=io.BytesIO(content),
        name=name,
        at=NINE,
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, MediaType.PDF),
        (DOCX, MediaType.DOCX),
        (XLSX, MediaType.XLSX),
        (ODT, MediaType.ODT),
        (b"\x89PNG\r\n\x1a\n....", MediaType.PNG),
        (b"\xff\xd8\xff\xe0....", MediaType.JPEG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", MediaType.WEBP),
        (b"ID3\x04....", MediaType.MP3),
        (b"\x00\x00\x00\x18ftypisom....", MediaType.MP4),
    ],
)
def test_the_type_is_told_by_the_content(content, kind):
    assert media_type_of(io.BytesIO(content)) == kind


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<html><script>alert(1)</script>", TypeNotKept),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", TypeNotKept),
        (b"MZ\x90\x00", TypeNotKept),
        (b"\xd0\xcf\x11\xe0", TypeNotKept),  # the old binary office formats
        (package("readme.txt"), TypeNotKept),
        (package("word/document.xml"), TypeNotKept),
        (package("x", mimetype=MediaType.ODT.value + "-template"), TypeNotKept),
        (DOCX[:60], TypeNotKept),
        (
            package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            MacrosNotKept,
        ),
    ],
)
def test_what_is_not_kept_whatever_its_name_says(content, refusal):
    with pytest.raises(refusal):
        media_type_of(io.BytesIO(content))


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda b: DOCX[:90] + b))
def test_no_content_does_worse_than_be_refused(content):
    try:
        assert media_type_of(io.BytesIO(content)) in MediaType
    except Refused as refusal:
        assert str(refusal)


@pytest.mark.django_db
def test_a_file_is_kept_by_its_content_once_and_leaves_a_fact():
    body, other = BodyFactory.create_batch(2)

    first, second = store(body), store(other, name="ban-sao.pdf")

    digest = sha256(PDF).hexdigest()
    assert (first.sha256, first.size, first.media_type) == (digest, 17, MediaType.PDF)
    assert second.sha256 == digest
    kept = [p for p in storing.path_of(digest).parents[2].rglob("*") if p.is_file()]
    assert kept == [storing.path_of(digest)]
    assert kept[0].read_bytes() == PDF
    fact = Entry.objects.earliest("pk")
    assert (fact.name, fact.subjects) == (
        "files.stored",
        [f"file:{first.pk}", f"body:{body.pk}"],
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (PDF + b"\0" * (50 * 2**20), FileTooLarge),
        (b"#!/bin/sh", TypeNotKept),
    ],
)
def test_a_refused_file_leaves_nothing(content, refusal, settings):
    with pytest.raises(refusal):
        store(BodyFactory(), content)

    assert not StoredFile.objects.exists()
    assert not Entry.objects.exists()
    assert not settings.FILES_ROOT.exists()


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Tài liệu\\Kế hoạch số 1.pdf", "Kế hoạch số 1.pdf"),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil: 1.pdf"),
        ("fdp\u202eexe.pdf", "fdpexe.pdf"),
        ("...", "tep"),
        ("dài" * 90 + ".pdf", "dài" * 48 + "dà" + ".pdf"),
    ],
)
def test_a_name_from_outside_is_only_a_name(given_name, kept):
    assert actions.safe_name(given_name) == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_name", "content", "kept"),
    [
        ("Kế hoạch.PDF", PDF, "Kế hoạch.PDF"),
        ("bao-cao.bat", PDF + b"start calc\r\n", "bao-cao.bat.pdf"),
        ("trang.html", PDF, "trang.html.pdf"),
        ("thu-vien.jar", DOCX, "thu-vien.jar.docx"),
        ("anh.jpeg", b"\xff\xd8\xff\xe0", "anh.jpeg"),
        ("", PDF, "tep.pdf"),
        ("a" * 160 + ".exe", PDF, "a" * 146 + ".pdf"),
    ],
)
def test_a_file_is_opened_as_what_it_was_found_to_be(given_name, content, kept):
    assert store(BodyFactory(), content, name=given_name).name == kept


@pytest.mark.django_db
def test_only_those_who_may_store_do_and_the_public_reads_what_is_public():
    body, other = BodyFactory.create_batch(2)
    file = store(body)

    def readers():
        actors = [actor_with("files.read", body=each) for each in (body, other)]
        return [file in queries.readable_by(a) for a in (*actors, ANONYMOUS)]

    assert readers() == [True, False, False]
    for actor in (ANONYMOUS, actor_with("files.store", body=other)):
        with pytest.raises(NotPermitted):
            actions.publish_file(actor=actor, file=file, at=NINE)
    actor = actor_with("files.store", body=body)
    for _ in range(2):
        actions.publish_file(actor=actor, file=file, at=NINE)

    assert readers() == [True, True, True]
    assert Entry.objects.filter(name="files.published").count() == 1


@pytest.mark.django_db
def test_a_file_is_handed_out_as_an_attachment_that_no_browser_runs(client):
    mandate = MandateFactory(role=Role.OFFICER)
    file = store(mandate.body, name="Kế hoạch.pdf")

    assert client.get(f"/tep/{file.pk}/").status_code == 404
    answer = sign_in(client, mandate).get(f"/tep/{file.pk}/")

    assert answer.content == b""  # the front sends the content
    assert answer["X-Sendfile"] == str(storing.path_of(file.sha256))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
