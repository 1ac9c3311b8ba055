"""The description of the API: whole, valid, and committed as it is."""

import json
import re
from collections import Counter
from pathlib import Path

from jsonschema_rs import validator_for
from ninja import Schema

import lantoa
from lantoa.gateway.describing import described
from lantoa.gateway.mounting import api
from lantoa.gateway.web.description import text
from lantoa.kernel.exchange import Listed

COMMITTED = Path(lantoa.__file__).parents[1] / "docs" / "generated" / "openapi.json"


def operations():
    for path, methods in described(api)["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def shapes(kind=Schema):
    for each in kind.__subclasses__():
        if not each.__module__.startswith("lantoa.") or "[" in each.__name__:
            continue
        yield each
        yield from shapes(each)


def test_the_committed_description_is_fresh():
    assert COMMITTED.read_text() == text()


def test_it_is_openapi_3_1_and_every_reference_leads_somewhere():
    told = json.loads(text())

    assert told["openapi"] == "3.1.0"
    for ref in set(re.findall(r'"#/components/([^"]+)"', text())):
        kind, name = ref.split("/")
        assert name in told["components"][kind]
    for schema in told["components"]["schemas"].values():
        validator_for({**schema, "components": told["components"]})


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does():
    names = Counter(operation["operationId"] for _, _, operation in operations())

    assert names and set(names.values()) == {1}
    for _path, _method, operation in operations():
        assert operation["summary"]
        assert operation["description"]
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", operation["operationId"])
        assert operation["operationId"].startswith(operation["tags"][0] + ".")


def test_no_shape_hides_another_of_its_name():
    names = Counter(each.__qualname__ for each in set(shapes()))

    assert [name for name, number in names.items() if number > 1] == []


def test_every_command_carries_its_key_and_tells_of_its_refusals():
    for path, method, operation in operations():
        codes = set(operation["responses"])
        keyed = any(p["name"] == "Idempotency-Key" for p in operation["parameters"])
        assert method in {"get", "post"}, path
        assert keyed == (method == "post"), path
        assert codes >= {"200", "400", "401", "403", "404", "429"}, path
        if method == "post":
            assert codes >= {"409", "415"}, path
        if "requestBody" in operation:
            assert "422" in codes, path


def test_every_list_comes_in_pages():
    for path, method, operation in operations():
        told = json.dumps(operation["responses"]["200"])
        listed = f"/{Listed.__name__}_" in told
        asked = {each["name"]: each["schema"] for each in operation["parameters"]}
        if listed or "/Entries" in told:
            assert asked["limit"]["maximum"] == 200, path
            assert "page" in asked or "before" in asked, path
        assert '"type": "array"' not in told or method != "get", path


def test_the_description_is_open_to_all(client):
    answer = client.get("/api/v1/openapi.json")

    assert answer.json() == json.loads(text())
    assert client.get("/api/v1/").json()["openapi"] == "/api/v1/openapi.json"


def test_an_unknown_address_is_answered_in_json(client):
    answer = client.get("/api/v1/hoi-nghi")

    assert (answer.status_code, answer.json()["kind"]) == (404, "NotFound")
