"""Calls by the name of the operation, through the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ._bridge import current
from ._calls import RawAnswer, encode
from ._model import DECODERS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ._native import Core
    from ._pages import Listing

T = TypeVar("T")


class AsyncCalls:
    """The calls of an async client."""

    __slots__ = ("_core", "_token")

    def __init__(self, core: Core, token: Callable[[], str | Awaitable[str]] | None) -> None:
        self._core = core
        self._token = token

    async def call(
        self,
        operation: str,
        type: type[T],
        arguments: dict[str, Any],
        timeout: float | None,
        max_retries: int | None,
    ) -> T:
        """Call an operation and read its answer."""
        json, _ = await self.answer(operation, encode(arguments), timeout, max_retries)
        answer: T = DECODERS[type].decode(json)
        return answer

    async def page(self, listing: Listing[T]) -> tuple[T, str | None]:
        """Fetch the first page of a list, and its cursor."""
        json, cursor = await self.answer(
            listing.operation, encode(listing.arguments), listing.timeout, listing.max_retries
        )
        return DECODERS[listing.type].decode(json), cursor

    async def answer(
        self, operation: str, arguments: bytes, timeout: float | None, max_retries: int | None
    ) -> tuple[bytes, str | None]:
        """Call an operation and give its answer as JSON, and the cursor of the following page."""
        bridge, loop = current()
        ticket = bridge.ticket()
        flight = self._core.begin_call(
            bridge.queue, ticket, operation, arguments, timeout, max_retries
        )
        answer: tuple[bytes, str | None] = await bridge.outcome(ticket, loop, flight, self._token)
        return answer

    async def raw(
        self, operation: str, arguments: bytes, timeout: float | None, max_retries: int | None
    ) -> RawAnswer:
        """Call an operation and give its answer as it came."""
        bridge, loop = current()
        ticket = bridge.ticket()
        flight = self._core.begin_call_raw(
            bridge.queue, ticket, operation, arguments, timeout, max_retries
        )
        return RawAnswer(*await bridge.outcome(ticket, loop, flight, self._token))

    async def request(
        self,
        method: str,
        path: str,
        query: list[tuple[str, str]],
        body: bytes | None,
        timeout: float | None,
        max_retries: int | None,
    ) -> RawAnswer:
        """Send a request that no operation stands for."""
        bridge, loop = current()
        ticket = bridge.ticket()
        flight = self._core.begin_request(
            bridge.queue, ticket, method, path, query, body, timeout, max_retries
        )
        return RawAnswer(*await bridge.outcome(ticket, loop, flight, self._token))
