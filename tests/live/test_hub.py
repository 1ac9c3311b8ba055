import asyncio
import json
import socket
import threading
import time
import zlib
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from uvicorn.protocols.http.h11_impl import H11Protocol

from lantoa.config.front.protocol import FrontProtocol
from lantoa.live import tickets
from lantoa.live.actions import restore_streams, revoke_streams
from lantoa.live.fragments import Viewer
from lantoa.live.hub.boards import KEPT, Board
from lantoa.live.hub.rendering import Kitchen

from .conftest import (
    TOPIC,
    Watch,
    digests,
    rendered,
    say,
    say_silently,
    take_away,
    ticket,
)


def eventually(true):
    """Wait for what another thread is about to do."""
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.fixture(params=[FrontProtocol, H11Protocol], ids=["wire", "plain"])
def either(request, serve):
    """A hub that writes to the connection itself, and one under any ASGI server."""
    return serve(request.param)


def test_a_newcomer_gets_what_is_shown_now(either):
    with Watch(either) as watch:
        assert watch.answer.headers["content-type"].startswith("text/event-stream")
        assert watch.event()[0] == "hello"
        shown = watch.change()["set"]
    assert list(shown) == ["probe-1", "probe-2", "probe-3"]
    assert shown["probe-2"].startswith('<li id="probe-2" data-digest="')
    assert shown["probe-2"].endswith(">đầu dò 2: một</li>")


def test_whoever_has_everything_is_sent_nothing(either):
    with Watch(either, have=digests()) as watch:
        assert watch.event()[0] == "hello"
        assert watch.event()[0] == "beat"


def test_on_return_only_what_differs_is_sent(either):
    have = digests()
    say(2, "hai")
    take_away(3)
    with Watch(either, have=have) as watch:
        back = watch.change()
    assert list(back["set"]) == ["probe-2"]
    assert back["gone"] == ["probe-3"]


def test_a_commit_is_seen_by_all_in_the_same_bytes(either):
    have = digests()
    with Watch(either, have=have) as one, Watch(either, have=have) as other:
        assert [one.event()[0], other.event()[0]] == ["hello", "hello"]
        say(1, "mới")
        seen = [
            next(t for t in iter(w.raw, None) if b"change" in t) for w in (one, other)
        ]
    assert seen[0] == seen[1]
    assert "đầu dò 1: mới" in seen[0].decode()
    assert b"probe-2" not in seen[0]


def test_a_packed_stream_is_one_gzip_member_made_of_shared_pieces(either):
    unpack = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    with Watch(either, have={}, headers={"Accept-Encoding": "br, gzip"}) as watch:
        assert watch.answer.headers["content-encoding"] == "gzip"
        text, sent = "", 0
        for number in range(3):
            say(number + 1, f"gói {number}")
            while f"gói {number}" not in text:
                piece = watch.answer.read1(65536)
                sent += len(piece)
                text += unpack.decompress(piece).decode()
    assert text.startswith("event: hello\ndata: {")
    assert all(part.startswith("event: ") for part in text.split("\n\n")[:-1])
    assert "event: change\n" in text
    assert sent < len(text.encode())


def test_what_vanishes_is_said_and_may_come_back(either):
    with Watch(either, have=digests()) as watch:
        take_away(2)
        assert watch.change() == {"gone": ["probe-2"]}
        say(2, "lại")
        assert list(watch.change()["set"]) == ["probe-2"]


def test_a_rolled_back_change_is_not_seen(served):
    with Watch(served, have=digests()) as watch:
        with pytest.raises(RuntimeError), transaction.atomic():
            say(1, "không bao giờ")
            raise RuntimeError
        say(2, "thật")
        assert list(watch.change()["set"]) == ["probe-2"]


def test_a_change_that_shows_nothing_new_is_not_sent(served):
    with Watch(served, have=digests()) as watch:
        watch.event()
        say(1, "một")
        say(2, "khác")
        assert list(watch.change()["set"]) == ["probe-2"]


def test_many_watchers_cost_one_rendering(served):
    have = digests()
    watches = [Watch(served, have=have) for _ in range(20)]
    before = rendered["probe"]
    say(1, "chung")
    for watch in watches:
        assert list(watch.change()["set"]) == ["probe-1"]
        watch.close()
    assert rendered["probe"] == before + 1


def test_a_burst_is_rendered_in_few_rounds(served):
    with Watch(served, have=digests()) as watch:
        watch.event()
        before, begun = rendered["probe"], time.monotonic()
        for number in range(40):
            say(1, f"lần {number}")
        rounds_possible = (time.monotonic() - begun) / 0.1 + 2
        shown = ""
        while "lần 39" not in shown:
            shown = watch.change()["set"]["probe-1"]
        assert rendered["probe"] - before <= rounds_possible


def test_a_watcher_that_lags_gets_only_the_newest(served):
    rounds, length = 12, 400_000
    lagging = socket.socket()
    lagging.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    lagging.settimeout(10)
    lagging.connect(("127.0.0.1", served.port))
    body = json.dumps({"ticket": ticket(), "want": ["probe"], "have": digests()})
    head = f"POST /live/stream HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}"
    lagging.sendall(f"{head}\r\n\r\n{body}".encode())
    with lagging, Watch(served, have=digests()) as prompt:
        prompt.event()
        for number in range(rounds):
            say(1, f"vòng-{number} " + "x" * length)
            assert f"vòng-{number} " in prompt.change()["set"]["probe-1"]
        say(2, "cuối cùng")
        prompt.change()
        got = b""
        while "cuối cùng".encode() not in got:
            got += lagging.recv(65536)
    assert got.count(b"v\xc3\xb2ng-") < rounds / 2
    assert got.count(f"vòng-{rounds - 1} ".encode()) == 1


def test_a_revoked_mandate_ends_its_stream_and_opens_no_other(serve, served):
    with Watch(served, ticket=ticket("secretariat", mandate_id=7)) as watch:
        other = Watch(served, ticket=ticket("secretariat", mandate_id=8))
        watch.change()
        with transaction.atomic():
            revoke_streams(mandate_id=7, at=datetime.now(UTC))
        assert watch.event("beat") == ("end", {"why": "revoked"})
        assert watch.event() is None
        say(1, "còn xem")
        other.change()
        other.close()
    held = ticket("secretariat", mandate_id=7)
    assert Watch(served, ticket=held).status == 403
    fresh = serve()
    eventually(lambda: Watch(fresh, ticket=held).status == 403)


def test_a_restored_mandate_opens_streams_again(served):
    held = ticket("secretariat", mandate_id=7)

    def status():
        with Watch(served, ticket=held) as watch:
            return watch.status

    with transaction.atomic():
        revoke_streams(mandate_id=7, at=datetime.now(UTC))
    eventually(lambda: status() == 403)
    with transaction.atomic():
        restore_streams(mandate_id=7)
    eventually(lambda: status() == 200)


def test_what_watchers_claim_to_have_does_not_fill_the_memory(served):
    for number in range(2 * KEPT):
        with Watch(served, have={f"probe-{9000 + number}": "x"}) as watch:
            assert watch.change()["gone"] == [f"probe-{9000 + number}"]
    endless = {f"probe-{'9' * 9000}": "x"}
    with Watch(served, have=endless) as watch:
        assert watch.change()["gone"] == list(endless)

    (board,) = served.hub._boards.values()
    (channel,) = board.channels.values()
    assert len(channel._missing) <= KEPT
    assert all(len("".join(key)) < len(min(endless)) for key in channel._missing)


def test_nobody_closes_a_board_under_a_newcomer(served):
    with Watch(served) as watch:
        watch.change()
    (board,) = served.hub._boards.values()
    eventually(lambda: board.empty)
    say(1, "hai")
    eventually(lambda: board._stale)
    board.idle_since -= 1000
    came = []
    coming = threading.Thread(target=lambda: came.append(Watch(served)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE test_probe IN ACCESS EXCLUSIVE MODE")
        coming.start()  # its first rendering waits for the table …
        coming.join(0.6)  # … and the hub looks for idle boards meanwhile
    coming.join()

    came[0].change()
    say(1, "ba")
    assert "ba" in came[0].change()["set"]["probe-1"]


def test_a_stream_ends_with_its_ticket_but_the_public_one_is_renewed(serve):
    served = serve(renew=0.1)
    with (
        Watch(served, ticket=ticket("venue", lifetime=1)) as venue,
        Watch(served, ticket=ticket("public", lifetime=1)) as public,
    ):
        assert venue.event("hello", "beat", "change") == ("end", {"why": "expired"})
        name, data = public.event("hello", "beat", "change")
    assert name == "ticket"
    renewed = tickets.read(data["ticket"])
    assert (renewed.topic, renewed.viewer.authority) == (TOPIC, "public")
    assert renewed.subject == ""


@pytest.mark.parametrize("path", ["stream", "poll", "beat"])
def test_without_a_good_ticket_nobody_enters(served, path):
    good = ticket(subject="venue:1")
    late = ticket(subject="venue:1", lifetime=-1)
    for bad in (
        late,
        good[:-1],
        "x" + good,
        good.replace(":", "."),
        "",
        None,
        7,
        "a" * 2000,
    ):
        assert Watch(served, path, ticket=bad).status == 403
    assert Watch(served, path, ticket=good).status == 200


def test_a_class_never_receives_the_fragments_of_another(served):
    want = ["probe", "notes"]
    with (
        Watch(served, want=want) as public,
        Watch(served, want=want, ticket=ticket("secretariat")) as secretariat,
    ):
        assert set(public.change()["set"]) == {"probe-1", "probe-2", "probe-3"}
        assert "notes" in secretariat.change()["set"]
    assert "notes" not in Watch(served, "poll", want=want).json()["set"]


def test_each_class_reads_its_own_language(served):
    with Watch(served, ticket=ticket(language="en")) as watch:
        assert watch.change()["set"]["probe-1"].endswith(">probe 1: một</li>")


def test_only_the_families_wanted_are_sent(served):
    with Watch(served, want=[], have={}) as watch:
        say(1, "khác")
        assert [watch.event()[0], watch.event()[0]] == ["hello", "beat"]


def test_a_fragment_that_fails_leaves_the_others_alone(served, caplog):
    with Watch(
        served, want=["broken", "probe"], have=digests() | {"broken": "x"}
    ) as watch:
        say(1, "sống")
        assert list(watch.change()["set"]) == ["probe-1"]
    assert "fragment broken of 1 failed" in caplog.text


def test_poll_answers_at_once_or_waits_for_the_next_change(served):
    first = Watch(served, "poll").json()
    assert list(first["set"]) == ["probe-1", "probe-2", "probe-3"]
    assert tickets.read(first["ticket"]).topic == TOPIC
    have = digests()
    assert "set" not in Watch(served, "poll", have=have, wait=0.05).json()
    with Watch(served, have=have) as present:  # so that the change comes after
        present.event()
        import threading

        found = {}
        poll = threading.Thread(
            target=lambda: found.update(Watch(served, "poll", have=have, wait=9).json())
        )
        poll.start()
        board = next(iter(served.hub._boards.values()))
        eventually(lambda: any(channel.polls for channel in board.channels.values()))
        say(3, "đến rồi")
        poll.join()
    assert list(found["set"]) == ["probe-3"]


def test_after_the_listening_line_was_lost_nobody_is_left_stale(served):
    with Watch(served, have=digests()) as watch:
        watch.event()
        say_silently(2, "bị lỡ")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'lantoa live'"
                " AND datname = current_database()"
            )
        assert "bị lỡ" in watch.change()["set"]["probe-2"]
        say(1, "lại nghe được")
        assert "lại nghe được" in watch.change()["set"]["probe-1"]


def test_what_changed_while_nobody_watched_is_rendered_for_the_next(served):
    with Watch(served) as watch:
        watch.change()
    eventually(lambda: served.hub.watchers == 0)
    say(1, "vắng mặt")
    with Watch(served) as watch:
        # The word of the commit may still be on its way when the watcher comes.
        while "vắng mặt" not in watch.change()["set"]["probe-1"]:
            continue


def test_a_change_heard_just_before_the_last_one_left_is_not_forgotten(table):
    have = digests()

    async def come_and_go():
        kitchen = Kitchen()
        board = Board(TOPIC, Viewer("public", "vi"), kitchen)
        channel = await board.channel(["probe"], fresh=False)
        news = asyncio.get_running_loop().create_future()
        board.join(channel, news)
        await asyncio.to_thread(in_a_connection, say_silently, 1, "vừa kịp")
        board.hear("probe.moved", {"probe_id": 1})
        board.leave(channel, news)
        while board._wake.is_set():  # noqa: ASYNC110 - the board looks by itself
            await asyncio.sleep(0.005)
        channel = await board.channel(["probe"], fresh=False)
        board.close()
        kitchen.close()
        return channel.missing(have).plain.decode()

    assert "vừa kịp" in asyncio.run(come_and_go())


def in_a_connection(work, *args):
    try:
        work(*args)
    finally:
        connection.close()


def test_whoever_leaves_is_forgotten_at_once(either):
    watches = [Watch(either) for _ in range(5)]
    eventually(lambda: either.hub.watchers == 5)
    for watch in watches:
        watch.close()
    eventually(lambda: either.hub.watchers == 0)


def test_a_stop_is_prompt_and_said(serve):
    served = serve()
    with Watch(served) as watch:
        watch.change()
        begun = time.monotonic()
        served.stop()
        assert time.monotonic() - begun < 2
        assert watch.event("beat") == ("end", {"why": "stopping"})
        assert watch.event() is None
