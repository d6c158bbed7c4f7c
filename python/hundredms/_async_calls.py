"""Calls by the name of the operation, through the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ._arguments import request
from ._asking import refuse_within
from ._bridge import current
from ._calls import RawAnswer, failed, found, keep, read
from ._errors import HundredMsError
from ._hooks import timed

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Awaitable, Callable, Coroutine

    from ._bridge import Bridge
    from ._hooks import Context, Hooks, Timed
    from ._native import Core, Flight
    from ._pages import Listing

T = TypeVar("T")


class AsyncCalls:
    """The calls of an async client."""

    __slots__ = ("_core", "_hooks", "_token")

    def __init__(
        self, core: Core, hooks: Hooks, token: Callable[[], str | Awaitable[str]] | None
    ) -> None:
        self._core = core
        self._hooks = hooks
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
        given = request(operation, arguments)
        try:
            json, _ = await self.answer(operation, given, timeout, max_retries)
        except HundredMsError as error:
            keep(error, type, given)
            raise
        return read(operation, json, type)

    async def page(self, listing: Listing[T]) -> tuple[T, str | None]:
        """Fetch the first page of a list, and its cursor."""
        given = request(listing.operation, listing.arguments)
        json, cursor = await self.answer(
            listing.operation, given, listing.timeout, listing.max_retries
        )
        return read(listing.operation, json, listing.type), cursor

    async def answer(
        self, operation: str, arguments: bytes, timeout: float | None, max_retries: int | None
    ) -> tuple[bytes, str | None]:
        """Call an operation and give its answer as JSON, and the cursor of the following page."""
        bridge, loop = current()
        ticket = bridge.ticket()
        context = self._hooks.context()
        flight = self._core.begin_call(
            bridge.queue, ticket, operation, arguments, timeout, max_retries, context
        )
        answer: tuple[bytes, str | None]
        answer = await self._outcome(operation, bridge, ticket, loop, flight, context)
        return answer

    async def reconcile(self, error: HundredMsError) -> Any:
        """Look for what a call that failed has left."""
        operation, arguments, since, type = failed(error)
        bridge, loop = current()
        ticket = bridge.ticket()
        context = self._hooks.context()
        flight = self._core.begin_reconcile(
            bridge.queue, ticket, operation, arguments, since, context
        )
        json, _ = await self._outcome("reconcile", bridge, ticket, loop, flight, context)
        return found(json, type)

    async def raw(
        self, operation: str, arguments: bytes, timeout: float | None, max_retries: int | None
    ) -> RawAnswer:
        """Call an operation and give its answer as it came."""
        bridge, loop = current()
        ticket = bridge.ticket()
        context = self._hooks.context()
        flight = self._core.begin_call_raw(
            bridge.queue, ticket, operation, arguments, timeout, max_retries, context
        )
        try:
            answer = await self._outcome(operation, bridge, ticket, loop, flight, context)
        except HundredMsError as error:
            keep(error, dict[str, Any], arguments)
            raise
        return RawAnswer(*answer)

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
        context = self._hooks.context()
        flight = self._core.begin_request(
            bridge.queue, ticket, method, path, query, body, timeout, max_retries, context
        )
        return RawAnswer(*await self._outcome("request", bridge, ticket, loop, flight, context))

    def _outcome(
        self,
        operation: str,
        bridge: Bridge,
        ticket: int,
        loop: AbstractEventLoop,
        flight: Flight,
        context: Context | None,
    ) -> Coroutine[Any, Any, Any]:
        if self._token is not None:
            refuse_within(self._token)
        observe = self._hooks.observe if context is not None and context[0] else None
        outcome = bridge.outcome(ticket, loop, flight, self._token, observe)
        log = timed(operation)
        return outcome if log is None else _logged(log, outcome)


async def _logged(log: Timed, outcome: Coroutine[Any, Any, Any]) -> Any:
    with log:
        return await outcome
