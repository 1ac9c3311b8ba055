import re

import pytest
from django.urls import reverse

from lantoa.portal import guide
from tests.factories import PersonFactory
from tests.ui.reading import unspoken

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", guide.names())
def test_everybody_may_read_the_guide_of_every_role(client, name):
    page = client.get(reverse("portal:guide_page", args=[name]))

    assert page.status_code == 200
    assert f"<h1>{guide.page_named(name).title}</h1>" in page.text
    assert len(re.findall("<img ", page.text)) >= 3
    assert "](" not in page.text and "**" not in page.text


def test_the_index_leads_to_every_page(client):
    page = client.get(reverse("portal:guide"))

    assert all(f'href="{guide.address(name)}"' in page.text for name in guide.names())


@pytest.mark.parametrize("name", ["khong-co", "README", "settings"])
def test_there_is_no_other_page(client, name):
    assert client.get(f"/huong-dan/{name}/").status_code == 404


def test_the_foot_of_every_page_leads_to_the_guide(client):
    PersonFactory()

    assert f'href="{reverse("portal:guide")}"' in client.get("/").text


def test_html_in_a_page_stays_text_and_a_file_elsewhere_is_not_linked():
    page = guide.rendered("# Trang\n\n<script>1</script> [mã](../../secrets.txt)\n")

    assert page.title == "Trang"
    assert "<script" not in page.matter
    assert "secrets" not in page.matter


def test_an_english_reader_is_told_that_the_guide_is_vietnamese(client):
    client.cookies["django_language"] = "en"

    page = client.get(guide.address("xa"))

    assert "<title>User guide · Lan Tỏa</title>" in page.text
    assert unspoken(page.text) == []
