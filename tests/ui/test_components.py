import inspect
import re
from html import unescape

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from lantoa.kernel.actor import ANONYMOUS, Actor, FixedReach
from lantoa.ui import navigation
from lantoa.ui.navigation import Entry
from lantoa.ui.parts import Branch, Figure, Term
from lantoa.ui.templatetags import ui, venue_map

TAGS = {name: lib for lib in (ui, venue_map) for name in sorted(lib.register.tags)}


def render(text, path="/", **given):
    request = RequestFactory().get(path)
    return unescape(
        Template("{% load ui venue_map %}" + text).render(
            Context({"request": request, **given})
        )
    )


@pytest.mark.parametrize("name", TAGS)
def test_every_argument_is_given_by_name(name):
    taken = inspect.signature(getattr(TAGS[name], name)).parameters.values()
    by_place = [
        each.name
        for each in taken
        if each.kind is not inspect.Parameter.KEYWORD_ONLY
        and each.name not in {"context", "content"}
    ]
    assert by_place == []


@pytest.mark.parametrize("name", TAGS)
def test_every_component_says_what_it_does(name):
    assert inspect.getdoc(getattr(TAGS[name], name))


@pytest.mark.parametrize("name", TAGS)
def test_every_component_stands_in_the_catalogue(name, catalogue_templates):
    assert re.search(rf"{{% {name}\b", catalogue_templates)


class AskForm(forms.Form):
    topic = forms.CharField(label="Nội dung", help_text="Một câu ngắn.", max_length=20)
    note = forms.CharField(label="Ghi chú", required=False)


def test_a_field_ties_its_help_and_its_error_to_the_control():
    html = render("{% field field=form.topic %}", form=AskForm({"topic": "x" * 30}))
    told = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert told == ["id_topic_helptext", "id_topic_error"]
    assert all(f'id="{each}"' in html for each in told)
    assert 'aria-invalid="true"' in html
    assert "x" * 30 in html


def test_only_what_may_be_left_out_is_marked():
    assert "không bắt buộc" not in render(
        "{% field field=form.topic %}", form=AskForm()
    )
    assert "không bắt buộc" in render("{% field field=form.note %}", form=AskForm())


def test_a_posting_button_is_a_form_with_token_and_key():
    html = render("{% button post='/x/' %}Gửi{% endbutton %}")
    assert re.search(r'<form[^>]+method="post" action="/x/"', html)
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)
    assert re.search(r'name="_key" value="[0-9a-f-]{32,36}"', html)


def test_two_buttons_are_two_commands():
    html = render(
        "{% button post='/x/' %}A{% endbutton %}{% button post='/x/' %}B{% endbutton %}"
    )
    assert len(set(re.findall(r'name="_key" value="([^"]+)"', html))) == 2


def test_a_form_without_scripts_is_still_a_form():
    html = render("{% form action='/x/' submit='Gửi' %}{% endform %}")
    assert re.search(r'<form[^>]+method="post" action="/x/"', html)
    assert 'type="submit"' in html


def test_what_is_not_known_is_said_so():
    html = render(
        "{% definition_list terms=terms %}", terms=[Term(term="Người ký", text="")]
    )
    assert "chưa ghi nhận" in html


def test_a_figure_shows_its_whole_even_when_nothing_came():
    html = render(
        "{% key_figures figures=figures %}",
        figures=[Figure(value=0, whole=0, label="Đã báo cáo")],
    )
    assert re.search(r">0<span[^>]*>/0<", html)


def test_a_badge_has_shape_and_word():
    html = render("{% badge tone='bad' word='Quá hạn' %}")
    assert "#octagon" in html
    assert "Quá hạn" in html


def test_pages_keep_the_rest_of_the_address():
    html = render(
        "{% pagination page=page %}",
        path="/?q=lạng&page=1",
        page=Paginator(range(50), 20).page(1),
    )
    assert re.findall(r'href="(\?[^"]+)"', html)[0] == "?q=l%E1%BA%A1ng&page=1"
    assert 'aria-current="page"' in html


def test_one_page_needs_no_pages():
    html = render("{% pagination page=page %}", page=Paginator(range(3), 20).page(1))
    assert "href" not in html


def test_no_link_stands_inside_a_fold():
    leaf = Branch(label="Sở Tư pháp")
    tree = [Branch(label="Hội đồng", href="/h/", children=[leaf])]
    html = render("{% tree label='Cây' branches=branches %}", branches=tree)
    assert not re.search(r"<summary>(?:(?!</summary>).)*<a ", html)


def test_words_from_people_are_escaped():
    raw = Template(
        "{% load ui %}{% badge word=word %}{% notice title=word %}x{% endnotice %}"
    )
    html = raw.render(Context({"word": "<img src=x>"}))
    assert "<img" not in html


def test_the_live_element_is_the_first_of_its_tile():
    html = render(
        "{% venue_tile column=3 row=2 name='Lạng Sơn' code='LS' %}"
        '<i id="tile-1" data-state="present">Có mặt</i>{% endvenue_tile %}'
    )
    assert re.match(r'\s*<li class="venue-tile c3 r2"><i id="tile-1"', html)


@pytest.fixture
def entries(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.register(Entry(label="Thành phần", url_name="ui:catalogue", order=20))
    navigation.register(
        Entry(label="Hội trường", url_name="ui:hall", order=10, capability="x.see")
    )


def test_navigation_shows_what_the_actor_may(entries):
    holder = Actor(office="Thư ký", reach=FixedReach({"x.see": None}), person_id=1)
    assert [p.label for p in navigation.places("/", ANONYMOUS)] == ["Thành phần"]
    assert [p.label for p in navigation.places("/", holder)] == [
        "Hội trường",
        "Thành phần",
    ]


def test_only_the_nearest_entry_is_current(entries):
    holder = Actor(office="Thư ký", reach=FixedReach({"x.see": None}), person_id=1)
    places = navigation.places("/ui/hoi-truong/", holder)
    assert [(p.label, p.current) for p in places] == [
        ("Hội trường", True),
        ("Thành phần", False),
    ]


@pytest.mark.parametrize(
    ("cookie", "told"),
    [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"'), ('"><x', "")],
)
def test_the_choice_of_theme_is_rendered_by_the_server(cookie, told):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    html = Template("{% load ui %}{% theme %}").render(Context({"request": request}))
    assert html == told
