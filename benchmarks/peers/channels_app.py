"""Django channels with Redis, carrying the bytes that are posted to it to everybody."""

import os

from django.conf import settings

settings.configure(
    SECRET_KEY="only for the benchmark",
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [("127.0.0.1", int(os.environ["REDIS_PORT"]))]},
        }
    },
)

import django  # noqa: E402 - configured first

django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.layers import get_channel_layer  # noqa: E402

GROUP = "bench"


class Watcher(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()
        await self.send(text_data="hello")

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def change(self, event: dict) -> None:
        await self.send(text_data=event["text"])


watch = Watcher.as_asgi()


async def application(scope, receive, send) -> None:
    if scope["type"] == "websocket":
        await watch(scope, receive, send)
    elif scope["type"] == "http":
        text = (await receive())["body"].decode()
        await get_channel_layer().group_send(GROUP, {"type": "change", "text": text})
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
