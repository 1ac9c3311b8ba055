"""A person at a console, as the API sees one: signed in, sending keyed commands."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx

BEAT = 5.0  # seconds between heartbeats, as the venue's page sends them
PATIENCE = 30.0  # seconds a command is retried while the server is away
PAUSE = 0.3  # seconds between retries


class Refusal(Exception):  # noqa: N818 - the server said no, in words
    """The server refused a command; the text is its own."""


class Client:
    """One account at the running program."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self.email, self._password = email, password
        self.http = httpx.AsyncClient(
            base_url=url, timeout=20.0, headers={"Referer": url}, trust_env=False
        )

    async def sign_in(self) -> None:
        """Sign in by the page that people use.

        Raises:
            Refusal: the account or its password is not right, or a second step is
                asked for.
        """
        await self.http.get("/tai-khoan/login/")
        answer = await self.http.post(
            "/tai-khoan/login/",
            data={
                "login": self.email,
                "password": self._password,
                "csrfmiddlewaretoken": self.http.cookies["csrftoken"],
            },
        )
        if answer.status_code != httpx.codes.FOUND:
            raise Refusal(f"{self.email}: không đăng nhập được")
        if "/2fa/" in answer.headers["Location"]:
            raise Refusal(f"{self.email}: tài khoản đang bật xác thực hai lớp")

    async def get(self, path: str) -> Any:
        """Return what the API says at *path*, asking again while the server is away."""
        answer = await self._insist("GET", path, {}, None)
        return self._read(answer)

    async def post(self, path: str, said: dict[str, Any] | None = None) -> Any:
        """Send a command; a retry carries the same key and is carried out once.

        Raises:
            Refusal: the server said no.
        """
        headers = {
            "Idempotency-Key": str(uuid4()),
            "X-CSRFToken": self.http.cookies.get("csrftoken") or "",
        }
        answer = await self._insist("POST", path, headers, said or {})
        return self._read(answer)

    async def close(self) -> None:
        """Let go of the connections."""
        await self.http.aclose()

    async def _insist(
        self, method: str, path: str, headers: dict[str, str], said: Any
    ) -> httpx.Response:
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            try:
                answer = await self.http.request(
                    method, path, headers=headers, json=said
                )
                if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
                    return answer
            except httpx.TransportError:
                if asyncio.get_running_loop().time() > deadline:
                    raise
            else:
                if asyncio.get_running_loop().time() > deadline:
                    return answer
            await asyncio.sleep(PAUSE)

    def _read(self, answer: httpx.Response) -> Any:
        if answer.is_success:
            return answer.json() if answer.content else None
        try:
            message = answer.json().get("message", answer.text)
        except ValueError:
            message = answer.text[:200]
        raise Refusal(f"{answer.status_code} {message}")
