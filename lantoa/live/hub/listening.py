"""Hearing of commits: one connection that listens, and comes back when it is lost."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any, Final

import psycopg
from django.db import connection

log = logging.getLogger(__name__)
CHANNEL: Final = "live"
PATIENCE: Final = 10.0  # seconds of silence before the line is tried
FIRST_PAUSE: Final = 0.1  # seconds before coming back; doubles each time
LONGEST_PAUSE: Final = 2.0
SPOKEN: Final = {"host", "port", "user", "password", "dbname", "options", "sslmode"}


class Ear:
    """Listens on the channel of the journal, for as long as the hub lives.

    Args:
        heard: called with each message.
        back: called when listening begins, and begins again: anything may have
            happened before.
    """

    def __init__(
        self, heard: Callable[[dict[str, Any]], None], back: Callable[[], None]
    ) -> None:
        self.listening = False
        self._heard = heard
        self._back = back

    async def listen(self) -> None:
        """Listen until cancelled."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self._session()
            except (psycopg.Error, OSError) as error:
                if self.listening:
                    log.warning("the live line to the database was lost: %s", error)
                    pause = FIRST_PAUSE
            finally:
                self.listening = False
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _session(self) -> None:
        known = connection.get_connection_params()
        line = await psycopg.AsyncConnection.connect(
            **{name: value for name, value in known.items() if name in SPOKEN},
            autocommit=True,
            connect_timeout=5,
            application_name="lantoa live",
        )
        async with line:
            await line.execute(f"LISTEN {CHANNEL}")
            self.listening = True
            self._back()
            while True:
                async for notify in line.notifies(timeout=PATIENCE):
                    self._pass_on(notify.payload)
                await line.execute("SELECT 1")

    def _pass_on(self, text: str) -> None:
        try:
            self._heard(json.loads(text))
        except Exception:  # one bad word must not make the hub deaf
            log.exception("not understood: %.200s", text)
