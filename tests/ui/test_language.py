"""Both languages: the switch, the forms of words, and what an English reader is shown."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from lantoa.access.vocabulary import Role
from lantoa.kernel.dates import official_date, short_date, short_moment
from lantoa.live import tickets
from lantoa.ui import catalogues, words
from tests.access.test_matrix import ADDRESSES, World, expected
from tests.factories.conferences import VenueFactory
from tests.factories.documents import ClauseFactory, PaperFactory
from tests.ui.reading import unspoken

ROLES = [Role.SECRETARIAT, Role.ADMINISTRATOR, Role.REPRESENTATIVE, Role.OFFICER]


def switch(path="/", code="en"):
    return reverse("language:choose", args=[code], query={"next": path})


def test_the_switch_keeps_the_page_and_its_query(client):
    answer = client.get(switch("/van-ban/?q=1521&page=2"))

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/van-ban/?q=1521&page=2"
    assert client.cookies["django_language"].value == "en"


def test_the_switch_follows_a_search_that_went_on_after_the_page_was_rendered(client):
    seen = {"Referer": "http://testserver/van-ban/?q=80-KL"}

    assert client.get(switch("/van-ban/"), headers=seen).headers["Location"] == (
        "/van-ban/?q=80-KL"
    )


@pytest.mark.parametrize("path", ["", "//evil.example/", "https://evil.example/x"])
def test_the_switch_leads_to_no_other_site(client, path):
    seen = {"Referer": "https://evil.example/x"}

    assert client.get(switch(path), headers=seen).headers["Location"] == "/"


def test_there_is_no_switch_to_a_language_we_do_not_speak(client):
    assert client.get(switch(code="fr")).status_code == 404


@pytest.mark.django_db
def test_the_page_is_in_the_language_chosen_and_says_so(client):
    vietnamese = client.get("/tai-khoan/login/?next=/van-ban/")
    client.get(switch())
    english = client.get("/tai-khoan/login/?next=/van-ban/")

    assert '<html lang="vi"' in vietnamese.text
    assert '<html lang="en"' in english.text
    assert english.headers["Content-Language"] == "en"
    assert "Cookie" in english.headers["Vary"]
    back = "?next=/tai-khoan/login/%3Fnext%3D/van-ban/"
    assert f'href="/ngon-ngu/en/{back}" lang="en" hreflang="en"' in vietnamese.text
    assert f'href="/ngon-ngu/vi/{back}" lang="vi" hreflang="vi"' in english.text


def test_a_form_with_errors_leads_back_to_where_it_was_filled_in():
    request = RequestFactory().post("/x/", headers={"Referer": "http://t/to-chuc/moi/"})
    text = Template("{% load ui %}{% language_switch %}").render(
        Context({"request": request})
    )

    assert "?next=/to-chuc/moi/" in text


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1 venue"), (0, "0 venues"), (63, "63 venues")]
)
def test_english_counts_in_its_own_forms(number, said):
    with translation.override("en"):
        assert (
            translation.ngettext("%d điểm cầu", "%d điểm cầu", number) % number == said
        )


def test_days_are_written_as_each_reader_writes_them():
    moment = datetime(2020, 12, 14, 18, 5, tzinfo=UTC)
    with translation.override("en"):
        assert short_date(date(2021, 3, 5)) == "5 March 2021"
        assert short_moment(moment) == "01:05, 15 December 2020"
        assert official_date(moment) == "ngày 15 tháng 12 năm 2020"
    with translation.override(None):  # a command, a worker
        assert short_date(date(2021, 3, 5)) == "05/3/2021"


def test_scripts_are_given_their_words_in_other_languages_only():
    with translation.override("en"):
        assert '"Đang gửi lại…": "Sending again…"' in words.script_words()
    assert words.script_words() == ""


def test_a_catalogue_is_made_when_it_is_missing_or_older_than_its_source(
    tmp_path, monkeypatch
):
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "Có"\nmsgstr "Yes"\n')
    monkeypatch.setattr(catalogues, "FOLDERS", [tmp_path])
    assert catalogues.is_stale(source)

    catalogues.make_stale()

    assert not catalogues.is_stale(source)
    assert b"Yes" in source.with_suffix(".mo").read_bytes()
    assert sorted(path.suffix for path in source.parent.iterdir()) == [".mo", ".po"]


@pytest.mark.django_db
def test_a_watcher_gets_fragments_and_tickets_in_the_language_chosen(client):
    venue = VenueFactory(conference__open_to_public=True)
    client.cookies["django_language"] = "en"

    watched = client.get(reverse("watch:conference", args=[venue.conference_id]))
    renewed = client.get(reverse("watch:ticket", args=[venue.conference_id]))

    assert re.search(r'<live-screen [^>]*lang="en"', watched.text)
    assert "<b>0</b>/1 venue" in watched.text
    assert tickets.read(renewed.json()["ticket"]).viewer.language == "en"


@pytest.mark.django_db
def test_a_paper_is_vietnamese_to_every_reader(client):
    paper = PaperFactory(public=True)
    ClauseFactory(paper=paper)
    client.cookies["django_language"] = "en"

    text = client.get(reverse("documents:print", args=[paper.pk])).text

    assert '<html lang="en"' in text
    assert '<main class="paper" id="noi-dung" tabindex="-1" lang="vi">' in text
    assert "Nơi nhận:" in text


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        for client in made.clients.values():
            client.cookies["django_language"] = "en"
        yield made
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", sorted(name for name in expected() if not name.startswith(("api", "ui:")))
)
def test_no_page_speaks_vietnamese_to_an_english_reader(name, world):
    url = world.address(ADDRESSES[name])
    for role in ROLES:
        with transaction.atomic():
            answer = world.ask(role.value, "get", url)
            transaction.set_rollback(True)
        if answer.streaming:  # a file, closed once it is read
            list(answer.streaming_content)
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            assert unspoken(answer.content.decode()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "mfa_index", "usersessions_list"])
def test_the_pages_of_the_account_are_english_too(name, world):
    text = world.ask("nobody", "get", reverse(name)).content.decode()

    assert unspoken(text) == []
