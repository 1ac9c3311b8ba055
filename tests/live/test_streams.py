import asyncio
import gzip
import zlib

import pytest
import uvloop

from lantoa.live.fragments import Viewer
from lantoa.live.hub.frames import GZIP_HEAD, News, chunk, event, pack
from lantoa.live.hub.streams import WireStream
from lantoa.live.tickets import Ticket
from lantoa.live.wire import Wire

TICKET = Ticket("probe:1", Viewer("public", "vi"), 2**40)


class Source:
    version = 7

    def since(self, version):
        return News(event("change", {"since": version}))


async def unused(message):
    raise AssertionError(message)


async def on_a_line(work):
    """Run *work* with a transport whose other end reads what it is sent."""
    got = asyncio.StreamReader()

    class Far(asyncio.Protocol):
        def data_received(self, data):
            got.feed_data(data)

        def connection_lost(self, exc):
            got.feed_eof()

    loop = asyncio.get_running_loop()
    server = await loop.create_server(Far, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport, _ = await loop.create_connection(asyncio.Protocol, "127.0.0.1", port)
    try:
        return await work(transport, got)
    finally:
        transport.abort()
        server.close()


@pytest.mark.parametrize("run", [uvloop.run, asyncio.run], ids=["uvloop", "asyncio"])
def test_a_write_to_a_line_just_lost_disturbs_nobody(run):
    async def work(transport, got):
        stream = WireStream(TICKET, Source(), unused, Wire(transport), packed=False)
        stream.seen = 6
        transport.abort()
        await got.read()  # the line is gone, and `follow` has not heard of it yet
        assert stream.push(News(b"event: a\n\n"), 8)
        stream.tell(News(b"event: b\n\n"))
        assert stream.catch_up()

    run(on_a_line(work))


def test_a_stream_that_lagged_is_given_everything_since_it_was_current():
    async def work(transport, got):
        stream = WireStream(TICKET, Source(), unused, Wire(transport), packed=False)
        stream.seen = 3
        assert stream.catch_up()
        assert stream.seen == 7
        body = event("change", {"since": 3})
        assert await got.readexactly(len(chunk(body))) == chunk(body)
        assert stream.catch_up()
        assert stream.push(News(b"x"), 8)
        assert await got.readexactly(6) == b"1\r\nx\r\n"

    uvloop.run(on_a_line(work))


@pytest.mark.parametrize("size", [0, 1, 119, 120, 5000, 70_000])
def test_packed_pieces_fit_together_in_any_order(size):
    piece = ("Điểm cầu " * size)[:size].encode()
    unpack = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    sent = GZIP_HEAD + pack(b"first") + pack(piece) + pack(b"last")
    assert unpack.decompress(sent) == b"first" + piece + b"last"
    with pytest.raises(EOFError):  # there is no end mark, and none is needed
        gzip.decompress(sent)


def test_an_event_is_one_line_of_readable_text():
    assert event("change", {"set": {"a": "<p>\n đ</p>"}}) == (
        'event: change\ndata: {"set":{"a":"<p>\\n đ</p>"}}\n\n'.encode()
    )
