"""Hold the demo's conference now, against the running program."""

import asyncio
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from lantoa.conferences.models import Conference, Venue
from lantoa.conferences.vocabulary import ConferenceState
from lantoa.config.demo import article, history, people
from lantoa.config.demo.clients import Client, Refusal
from lantoa.config.demo.story import Story, gather_rooms


class Command(BaseCommand):
    """Drive the chair, the secretariat and every venue through the API."""

    help = "Diễn lại hội nghị ngày 15/12/2020 trên hệ thống đang chạy."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the pace and the address."""
        parser.add_argument("--speed", type=float, default=1.0, help="nhanh gấp mấy")
        parser.add_argument("--url", default=address(), help="địa chỉ hệ thống")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the conference on its eve, or enter it once more, and hold it."""
        if not people.are_registered():
            raise CommandError("Chưa có dữ liệu trình diễn. Hãy chạy: make run")
        if not options["speed"] > 0:
            raise CommandError("SPEED phải là số lớn hơn 0. (SPEED must be above 0)")
        conference = on_its_eve()
        self.stdout.write(f"Theo dõi: {options['url']}/theo-doi/{conference.pk}/")
        rows = conference.venues.select_related("body").order_by("position")
        speaking = people.speak_again(rows, timezone.now())
        venues = [(speaking[venue.pk], venue) for venue in rows]
        telling = hold(conference, venues, options["url"], options["speed"], self._say)
        try:
            asyncio.run(telling)
        except Refusal as refused:
            raise CommandError(f"Hội nghị dừng giữa chừng: {refused}") from refused

    def _say(self, text: str) -> None:
        self.stdout.write(f"{timezone.localtime():%H:%M:%S}  {text}")
        self.stdout.flush()


def address() -> str:
    """Return where the program runs on this machine."""
    return f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"


def on_its_eve() -> Conference:
    """Return the conference, invited and not begun; enter it anew if it was held."""
    found = Conference.objects.filter(
        title=article.TITLE, state=ConferenceState.INVITED
    ).last()
    return found or history.enter(people.register(timezone.now()))


async def hold(
    conference: Conference,
    venues: list[tuple[str, Venue]],
    url: str,
    speed: float,
    say: Any,
) -> None:
    """Sign everybody in and tell the story."""
    word = people.password()
    chair, secretariat = (
        Client(url, email, word) for email in (people.CHAIR, people.SECRETARIAT)
    )
    await chair.sign_in()
    await secretariat.sign_in()
    say(f"{len(venues)} điểm cầu đăng nhập…")
    state = await chair.get(f"/api/v1/conferences/{conference.pk}")
    facts = {each["id"]: each for each in state["venues"]}
    clients = [(Client(url, email, word), facts[venue.pk]) for email, venue in venues]
    rooms = await gather_rooms(clients, Client.sign_in)
    story = Story(conference.pk, chair, secretariat, rooms, say, speed)
    try:
        await story.tell()
    finally:
        for client in [chair, secretariat, *(room.client for room in rooms)]:
            await client.close()
