"""A receiver as an ASGI app."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from .._frames import seal
from .._loops import need_asyncio
from ._body import HungUp, whole
from ._log import refuse
from ._response import NOT_POST, Response
from ._verification_error import WebhookVerificationError

if TYPE_CHECKING:
    from ._receiver import Receiver

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


class Asgi:
    """An ASGI app that takes webhooks at any path."""

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one request, or the beginning and end of the server."""
        need_asyncio("Receiver.asgi()")
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            response = await self._answer(scope, receive)
            headers = {**response.all_headers, "content-length": str(len(response.body))}
            start = {
                "type": "http.response.start",
                "status": response.status,
                "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            }
            with suppress(OSError):  # a server may say so that the sender has gone
                await send(start)
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
        headers = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
        ]
        client = scope.get("client")
        peer: str | None = client[0] if client else None
        try:
            self._receiver.verify_sender(headers, peer)
        except WebhookVerificationError as refusal:
            return refuse(refusal)
        body = await whole(_parts(receive), headers, self._receiver.max_bytes)
        if isinstance(body, Response):
            return body
        return await self._receiver.handle_async(body, headers, peer)


seal(Asgi, ("_answer",))


async def _parts(receive: Receive) -> AsyncIterator[bytes]:
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HungUp
        yield message.get("body", b"")
        more = message.get("more_body", False)
