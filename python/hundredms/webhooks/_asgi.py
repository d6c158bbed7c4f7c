"""A receiver as an ASGI app."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any, TypeAlias

from ._response import NOT_POST

if TYPE_CHECKING:
    from ._receiver import Receiver
    from ._response import Response

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


class Asgi:
    """An ASGI app that takes webhooks at any path."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one request, or the beginning and end of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            response = await self._answer(scope, receive)
            headers = {**response.all_headers, "content-length": str(len(response.body))}
            await send(
                {
                    "type": "http.response.start",
                    "status": response.status,
                    "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
                }
            )
            await send({"type": "http.response.body", "body": response.body})
        else:
            raise ValueError(f"webhooks do not come over {scope['type']}")

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await self._receiver.drain_async()
                await send({"type": "lifespan.shutdown.complete"})
                return
            await send({"type": "lifespan.startup.complete"})

    async def _answer(self, scope: Message, receive: Receive) -> Response:
        if scope["method"] != "POST":
            return NOT_POST
        body = bytearray()
        more = True
        # One byte too many is enough to be refused.
        while more and len(body) <= self._receiver.max_bytes:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
        ]
        client = scope.get("client")
        return await self._receiver.handle_async(
            bytes(body), headers, client[0] if client else None
        )
