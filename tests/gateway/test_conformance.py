"""What the API does is what its description says, for what fits it and what does not.

Schemathesis makes requests out of the description and holds every answer against it:
no failure of ours, only documented answers of the documented shape, wrong data
refused, right data taken, no way in without being known. Each request is taken back.

CONFORMANCE=full asks more of it, for some minutes.
"""

import logging
import os
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import negative_data_rejection

from lantoa.access.vocabulary import Role
from lantoa.gateway import middleware
from lantoa.gateway.describing import described
from tests.factories import MandateFactory, sign_in
from tests.gateway.api import token_for
from tests.gateway.rows import grant_everything, numbers

FULL = os.environ.get("CONFORMANCE") == "full"
EXAMPLES = 20 if FULL else 3  # of each operation; when full, every border besides
FORM = "multipart/form-data"
COMMON = {"Idempotency-Key", "page", "limit"}  # alike everywhere: once a tag is enough

# What a field of the body names, where it isn't called as the path calls it.
SAME = {
    "lead_id": "body_id",
    "superior_id": "host_id",
    "issuer_id": "host_id",
    "territory_id": "unit_id",
    "presenter_venue_id": "venue_id",
    "body_ids": "host_id",
    "coordinating_ids": "body_id",
    "recipient_ids": "body_id",
    "directive_ids": "paper_id",
    "implements": "paper_id",
    "lead_ids": "host_id",
    "dispatcher_id": "host_id",
    "old_ids": "body_id",
    "new_id": "host_id",
    "justice_superior_id": "host_id",
    "province_id": "unit_id",
    "change_ids": "reorganisation_id",
}


def key() -> str:
    return uuid4().hex


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        patch = pytest.MonkeyPatch()
        grant_everything(patch)
        patch.setattr(middleware, "MOST_FAILURES", 10**9)
        mandate, found = numbers()
        administrator = MandateFactory(role=Role.ADMINISTRATOR)
        logging.disable(logging.INFO)
        with kept_open():
            yield World(token_for(mandate), found, administrator)
        transaction.set_rollback(True)
        logging.disable(logging.NOTSET)
        patch.undo()


@contextmanager
def kept_open():
    """Keep the connection over many requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class World:
    """Who asks, and what the numbers of things are."""

    def __init__(self, secret: str, found: dict[str, int], administrator: Any) -> None:
        from django.test import Client

        self.found = found
        self.token = {"Authorization": f"Bearer {secret}"}
        client = sign_in(Client(), administrator)
        csrf = "x" * 32
        client.cookies["csrftoken"] = csrf
        cookies = "; ".join(f"{k}={v.value}" for k, v in client.cookies.items())
        self.session = {"Cookie": cookies, "X-CSRFToken": csrf}

    def headers(self, case: Any) -> dict[str, str]:
        """Return the way in to an operation."""
        ways = case.operation.definition.raw["security"]
        way = self.token if {"Token": []} in ways else self.session
        known = {each.name for each in case.operation.headers}
        return way if "Idempotency-Key" in known else way | {"Idempotency-Key": key()}

    def aim(self, case: Any) -> None:
        """Let what fits the description name things that are there."""
        meta = case.meta
        if not meta.is_negative_at(ParameterLocation.PATH):
            for name in case.path_parameters or {}:
                council = name == "body_id" and "/councils/" in case.path
                case.path_parameters[name] = self.found[
                    "council_id" if council else name
                ]
        if not meta.is_negative_at(ParameterLocation.BODY):
            self._name(case.body)

    def _name(self, said: Any) -> None:
        if isinstance(said, list):
            for each in said:
                self._name(each)
        if not isinstance(said, dict):
            return
        for name, value in said.items():
            known = SAME.get(name, name)
            if known not in self.found:
                self._name(value)
            elif isinstance(value, list):
                said[name] = [self.found[known]] * min(len(value), 1)
            elif value is not None:
                said[name] = self.found[known]


def excluded(case: Any) -> list[Any]:
    """Return the checks that say nothing about a request.

    A form has no types: a wrong one is sent as the text of a right one, and is right.
    """
    return [negative_data_rejection] if case.media_type == FORM else []


def load() -> Any:
    from lantoa.gateway.mounting import api

    told = described(api)
    if not FULL:
        slim(told)
    config = schemathesis.Config.from_dict(
        {
            "generation": {"deterministic": True},
            "phases": {"coverage": {"enabled": FULL, "unexpected-methods": ["put"]}},
        }
    )
    schema = schemathesis.openapi.from_dict(told, config=config)
    schema.app = WSGIHandler()
    return schema


def slim(told: dict[str, Any]) -> None:
    """Leave what is common to all operations to the first ones of each tag."""
    met: set[tuple[str, str]] = set()
    for operations in told["paths"].values():
        for operation in operations.values():
            kept = []
            for each in operation["parameters"]:
                mark = (operation["tags"][0], each["name"])
                if each["name"] not in COMMON or mark not in met:
                    kept.append(each)
                met.add(mark)
            operation["parameters"] = kept


schema = load()


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_the_api_does_what_it_says(case, world):
    world.aim(case)
    with transaction.atomic():
        case.call_and_validate(
            headers=world.headers(case), excluded_checks=excluded(case)
        )
        transaction.set_rollback(True)
