"""The conference held now: 63 consoles, a chair and a secretariat, through the API."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from lantoa.config.demo import article
from lantoa.config.demo.clients import BEAT, Client, Refusal

# Who asks to speak in the discussion, on what: illustrative topics within the agenda.
ASKING = {
    "Lạng Sơn": "Mô hình phổ biến pháp luật ở vùng biên giới",
    "Đồng Tháp": "Mô hình câu lạc bộ pháp luật tại cơ sở",
    "Quảng Nam": "Phổ biến pháp luật cho đồng bào dân tộc thiểu số",
    "Cà Mau": "Tuyên truyền pháp luật cho ngư dân",
    "Điện Biên": "Đội ngũ tuyên truyền viên ở thôn, bản",
}
LINE_FALLS_AT = "Cà Mau"
LATE = ("Hậu Giang", "Kon Tum")  # answer the roll call last
SILENT = ("Đắk Nông",)  # has not acknowledged when the story ends
ACKNOWLEDGES_FIRST = "Lạng Sơn"


@dataclass(slots=True)
class Room:
    """A venue's console: its client, its venue, and whether its line is up."""

    client: Client
    venue: dict[str, Any]
    line_up: bool = True

    @property
    def name(self) -> str:
        """Return the venue's name."""
        return str(self.venue["name"])


@dataclass(slots=True)
class Story:
    """One holding of the conference, at *speed* times the pace of a short telling.

    At speed 1 it takes about four minutes. Lines fall and come back in real time,
    since the heartbeats are real.
    """

    conference: int
    chair: Client
    secretariat: Client
    rooms: list[Room]
    say: Callable[[str], None]
    speed: float = 1.0
    chance: random.Random = field(default_factory=lambda: random.Random(1521))  # noqa: S311

    async def tell(self) -> None:
        """Hold the conference from the reception to the acknowledgements."""
        beating = asyncio.ensure_future(self._beat())
        try:
            await self._open()
            await self._roll_call()
            await self._opening_and_reports()
            await self._discussion()
            await self._conclusions()
            await self._acknowledgements()
        finally:
            beating.cancel()

    async def _open(self) -> None:
        self.say("Khai mạc: các điểm cầu kết nối.")
        await self._chair("open")
        await self._start("reception")
        await self._pause(6)

    async def _roll_call(self) -> None:
        self.say("Điểm danh: bản đồ sáng dần.")
        await self._start("roll_call")
        await self._chair("roll-call/open")
        await asyncio.gather(*(self._answer(room) for room in self.rooms))
        await self._pause(2)
        await self._chair("roll-call/close")

    async def _answer(self, room: Room) -> None:
        late = room.name in LATE
        await self._pause(self.chance.uniform(14, 18) if late else self._soon(12))
        await room.client.post(
            f"/api/v1/conferences/venues/{room.venue['id']}/presence",
            {"headcount": room.venue["expected"] or 20},
        )

    async def _opening_and_reports(self) -> None:
        for kind in ("opening", "report", "report", "paper"):
            title = await self._start(kind)
            self.say(f"{title}")
            await self._pause(10)

    async def _discussion(self) -> None:
        self.say("Thảo luận: các điểm cầu đăng ký phát biểu.")
        await self._start("discussion")
        await asyncio.gather(*(self._ask(room) for room in self.rooms))
        while True:
            state = await self._state()
            if not state["queue"]:
                break
            turn = state["queue"][0]
            await self._hear(turn, self._room(turn["venue_id"]))
        await self._start("discussion")
        await self._pause(6)

    async def _ask(self, room: Room) -> None:
        topic = ASKING.get(room.name)
        if topic is None:
            return
        await self._pause(self._soon(8))
        await room.client.post(
            f"/api/v1/conferences/venues/{room.venue['id']}/floor",
            {"topic": topic, "speaker_office": f"Đại diện điểm cầu {room.name}"},
        )

    async def _hear(self, turn: dict[str, Any], room: Room) -> None:
        path = f"turns/{turn['id']}"
        await self._chair_turn(f"{path}/give", {"minutes": 7})
        self.say(f"Mời điểm cầu {room.name} phát biểu.")
        await self._pause(7)
        if room.name == LINE_FALLS_AT:
            await self._line_falls(room)
            await self._chair_turn(f"{path}/resume")
            await self._pause(4)
        await self._chair_turn(f"{path}/end")
        await self._pause(2)

    async def _line_falls(self, room: Room) -> None:
        room.line_up = False
        self.say(f"Điểm cầu {room.name} mất đường truyền; đồng hồ dừng.")
        await self._until(lambda state: self._tile(state, room) == "lost")
        await self._pause(4)
        room.line_up = True
        await self._until(lambda state: self._tile(state, room) != "lost")
        self.say(f"Điểm cầu {room.name} đã kết nối lại.")

    async def _conclusions(self) -> None:
        await self._start("conclusion")
        self.say("Kết luận: thư ký soạn, chủ trì xác nhận.")
        for said in article.CONCLUSIONS:
            drafted = await self.secretariat.post(
                f"/api/v1/conferences/{self.conference}/conclusions",
                {
                    "heading": said.heading,
                    "work": said.work,
                    "lead_rule": "provinces",
                    "deadline_text": said.deadline,
                    "due_on": said.due_on.isoformat() if said.due_on else None,
                    "product": said.product,
                },
            )
            await self._pause(3)
            await self.chair.post(
                f"/api/v1/conferences/conclusions/{drafted['id']}/confirm"
            )
            await self._pause(1)
        await self.secretariat.post(
            f"/api/v1/conferences/{self.conference}/conclusions/issue"
        )
        self.say("Đã ban hành kết luận; nhiệm vụ đến từng tỉnh, thành phố.")
        await self._start("closing")
        await self._pause(4)
        await self._chair("close")

    async def _acknowledgements(self) -> None:
        paper = (await self._state())["paper_id"]
        first = [room for room in self.rooms if room.name == ACKNOWLEDGES_FIRST]
        for room in first:
            await self._acknowledge(room, paper)
            self.say(f"{room.name} đã tiếp nhận nhiệm vụ.")
        others = [r for r in self.rooms if r not in first and r.name not in SILENT]
        await asyncio.gather(*(self._later(room, paper) for room in others))
        silent = ", ".join(SILENT)
        self.say(f"Đã tiếp nhận: {len(self.rooms) - len(SILENT)}. Còn chờ: {silent}.")

    async def _later(self, room: Room, paper: int) -> None:
        await self._pause(self.chance.uniform(3, 30))
        await self._acknowledge(room, paper)

    async def _acknowledge(self, room: Room, paper: int) -> None:
        body = room.venue["body_id"]
        await room.client.post(f"/api/v1/tasks/of/{body}/receive")
        await room.client.post(f"/api/v1/tasks/of/{body}/acknowledge/{paper}")

    async def _beat(self) -> None:
        """Send every connected room's heartbeat, as its open page would."""
        while True:
            up = [room for room in self.rooms if room.line_up]
            await asyncio.gather(
                *(self._beat_of(r) for r in up), return_exceptions=True
            )
            await asyncio.sleep(BEAT)

    async def _beat_of(self, room: Room) -> None:
        ticket = room.venue.get("ticket")
        if ticket:
            answer = await room.client.http.post("/live/beat", json={"ticket": ticket})
            if answer.is_success:
                return
        path = f"/hoi-nghi/{self.conference}/ve/?diem-cau={room.venue['id']}"
        room.venue["ticket"] = (await room.client.get(path))["ticket"]
        await room.client.http.post("/live/beat", json={"ticket": room.venue["ticket"]})

    async def _start(self, kind: str) -> str:
        """Start the next planned item of a kind; return its title."""
        items = (await self._state())["items"]
        item = next(i for i in items if i["kind"] == kind and i["state"] == "planned")
        await self.chair.post(f"/api/v1/conferences/items/{item['id']}/start")
        return str(item["title"])

    async def _state(self) -> dict[str, Any]:
        state: dict[str, Any] = await self.chair.get(
            f"/api/v1/conferences/{self.conference}"
        )
        return state

    async def _chair(self, command: str) -> None:
        await self.chair.post(f"/api/v1/conferences/{self.conference}/{command}")

    async def _chair_turn(
        self, command: str, said: dict[str, Any] | None = None
    ) -> None:
        await self.chair.post(f"/api/v1/conferences/{command}", said)

    async def _until(self, met: Callable[[dict[str, Any]], bool]) -> None:
        async with asyncio.timeout(120):
            while not met(await self._state()):  # noqa: ASYNC110 - asks the server
                await asyncio.sleep(1)

    def _tile(self, state: dict[str, Any], room: Room) -> str:
        found = (v["state"] for v in state["venues"] if v["id"] == room.venue["id"])
        return str(next(found))

    def _room(self, venue_id: int) -> Room:
        return next(room for room in self.rooms if room.venue["id"] == venue_id)

    def _soon(self, seconds: float) -> float:
        return self.chance.triangular(0.5, seconds, seconds / 3)

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)


async def gather_rooms(
    clients: Iterable[tuple[Client, dict[str, Any]]],
    sign_in: Callable[[Client], Awaitable[None]],
) -> list[Room]:
    """Return a room for each client whose account exists; sign them in, few at once."""
    rooms: list[Room] = []
    few = asyncio.Semaphore(4)  # a password is dear to check

    async def enter(client: Client, venue: dict[str, Any]) -> None:
        async with few:
            try:
                await sign_in(client)
            except Refusal:
                return
        rooms.append(Room(client, venue))

    await asyncio.gather(*(enter(client, venue) for client, venue in clients))
    return rooms
