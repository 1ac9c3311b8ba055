import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.ui.middleware import RefusalMiddleware, SecurityHeadersMiddleware
from lantoa.ui.rendering import page
from lantoa.ui.web import views


class FloorTaken(Refused):
    message = "Một điểm cầu khác đang phát biểu."


def request(path="/x/", method="post", **headers):
    made = getattr(RequestFactory(), method)(path, headers=headers)
    made.htmx = HtmxDetails(made)
    made.user = AnonymousUser()
    return made


def refuse(asked, error):
    return RefusalMiddleware(lambda _: HttpResponse()).process_exception(asked, error)


def test_a_refusal_is_a_page_in_its_own_words():
    answer = refuse(request(), FloorTaken())
    assert answer.status_code == 409
    assert "Một điểm cầu khác đang phát biểu." in answer.content.decode()
    assert answer.content.decode().count("<h1") == 1


def test_to_htmx_a_refusal_is_a_toast_that_leaves_the_page_alone():
    answer = refuse(request(hx_request="true"), FloorTaken())
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#toasts"
    assert answer.headers["HX-Reswap"] == "beforeend"
    assert "<html" not in answer.content.decode()
    assert "Một điểm cầu khác đang phát biểu." in answer.content.decode()


def test_to_the_api_a_refusal_is_json():
    answer = refuse(request("/api/v1/turns"), FloorTaken())
    assert answer.status_code == 409
    assert json.loads(answer.content) == {
        "refusal": "FloorTaken",
        "message": "Một điểm cầu khác đang phát biểu.",
    }


def test_what_is_not_permitted_is_403():
    assert refuse(request(), NotPermitted("Không.")).status_code == 403


def test_what_is_not_a_refusal_is_not_ours():
    assert refuse(request(), ValueError("x")) is None


def test_a_redirect_to_htmx_is_a_whole_navigation():
    middleware = RefusalMiddleware(lambda _: HttpResponseRedirect("/done/"))
    answer = middleware(request(hx_request="true"))
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/done/")
    assert middleware(request()).status_code == 302


def test_every_answer_carries_a_policy_without_inline():
    answer = SecurityHeadersMiddleware(lambda _: HttpResponse())(request())
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        ({"hx_request": "true"}, False),
        ({"hx_request": "true", "hx_boosted": "true"}, True),
    ],
)
def test_htmx_gets_the_part_and_a_boosted_form_the_page(headers, whole, settings):
    text = "<html>{% partialdef greeting inline %}<p>{{ word }}</p>{% endpartialdef %}</html>"
    memory = ("django.template.loaders.locmem.Loader", {"ui/parted.html": text})
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("template_partials.loader.Loader", [memory])],
                "builtins": ["template_partials.templatetags.partials"],
            },
        }
    ]
    asked = request(method="get", **headers)
    answer = page(asked, "ui/parted.html", {"word": "Chào"}, part="greeting")
    text = answer.content.decode()
    assert "Chào" in text
    assert ("<html" in text) is whole
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (views.bad_request, 400),
        (views.forbidden, 403),
        (lambda r: views.not_found(r, Exception()), 404),
        (views.server_error, 500),
        (views.csrf_failure, 403),
    ],
)
def test_pages_of_trouble_say_what_to_do(view, status):
    answer = view(request(method="get"))
    assert answer.status_code == status
    assert "hãy" in answer.content.decode().lower()
    small = view(request(method="get", hx_request="true"))
    assert (small.status_code, small.headers["HX-Retarget"]) == (status, "#toasts")


def test_our_own_failure_is_shown_without_session_or_database():
    bare = RequestFactory().get("/x/")
    answer = views.server_error(bare)
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()
