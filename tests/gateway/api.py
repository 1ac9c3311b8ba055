"""Machines that ask the API, by token."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from lantoa.access.models import Mandate
from lantoa.gateway.models import AccessToken
from lantoa.gateway.queries import digest_of
from tests.factories import NINE

BASE = "/api/v1"


def token_for(mandate: Mandate, **given: Any) -> str:
    """Return the secret of a new token in force."""
    secret = f"lt_{uuid4().hex}{uuid4().hex}"
    row = {
        "name": "Phần mềm thử",
        "digest": digest_of(secret),
        "prefix": secret[:11],
        "issued_at": NINE,
        "issued_on": date(2026, 3, 10),
        "expires_on": date(2999, 1, 1),
    }
    AccessToken.objects.create(mandate=mandate, **row | given)
    return secret


@dataclass
class Machine:
    """Somebody who asks by token; without a secret, anybody."""

    secret: str = ""
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def get(self, path: str, data: dict[str, Any] | None = None) -> HttpResponse:
        return self.client.get(f"{BASE}{path}", data, headers=self._headers())

    def post(self, path: str, data: Any = None, **headers: str) -> HttpResponse:
        keyed = {"Idempotency-Key": uuid4().hex} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.client.post(
            f"{BASE}{path}",
            {} if data is None else data,
            content_type="application/json",
            headers=self._headers() | {k: v for k, v in keyed.items() if v},
        )

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


def machine(mandate: Mandate, **given: Any) -> Machine:
    """Return a machine with a token of *mandate*."""
    return Machine(token_for(mandate, **given))
