"""Calls by the name of the operation, through the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ._arguments import request
from ._asking import refuse_within
from ._bridge import current
from ._calls import RawAnswer, failed, found, keep, looks, read
from ._errors import HundredMsError
from ._shared import Shared

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from ._hooks import Hooks
    from ._native import Core, Flight
    from ._pages import Listing
    from ._shared import Recipe

T = TypeVar("T")


class AsyncCalls(Shared):
    """The calls of an async client."""

    __slots__ = ("_core", "_hooks", "_recipe", "_token")

    def __init__(
        self,
        core: Core,
        hooks: Hooks,
        token: Callable[[], str | Awaitable[str]] | None,
        recipe: Recipe,
    ) -> None:
        self._core = core
        self._hooks = hooks
        self._token = token
        self._recipe = recipe

    def __reduce__(self) -> tuple[Any, ...]:
        return self._recipe.part("_calls")

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

    def answer(
        self, operation: str, arguments: bytes, timeout: float | None, max_retries: int | None
    ) -> Coroutine[Any, Any, tuple[bytes, str | None]]:
        """Call an operation and give its answer as JSON, and the cursor of the following page."""
        begin = self._core.begin_call
        return self._outcome(operation, None, begin, operation, arguments, timeout, max_retries)

    async def reconcile(self, error: HundredMsError) -> Any:
        """Look for what a call that failed has left."""
        operation, arguments, since, type = failed(error)
        begin = self._core.begin_reconcile
        json, _ = await self._outcome(looks(error), None, begin, operation, arguments, since)
        return found(json, type)

    async def raw(
        self, operation: str, arguments: bytes, timeout: float | None, max_retries: int | None
    ) -> RawAnswer:
        """Call an operation and give its answer as it came."""
        begin = self._core.begin_call_raw
        given = (operation, arguments, timeout, max_retries)
        try:
            return RawAnswer(*await self._outcome(operation, None, begin, *given))
        except HundredMsError as error:
            keep(error, dict[str, Any], arguments)
            raise

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
        begin = self._core.begin_request
        given = (method, path, query, body, timeout, max_retries)
        return RawAnswer(*await self._outcome("request", method, begin, *given))

    async def _outcome(
        self, operation: str, method: str | None, begin: Callable[..., Flight], *given: Any
    ) -> Any:
        bridge, loop = current()
        if self._token is not None:
            refuse_within(self._token)
        with self._hooks.watch(self._core, operation, method) as watch:
            ticket = bridge.ticket()
            flight = begin(bridge.queue, ticket, *given, watch.context)
            return await bridge.outcome(ticket, loop, flight, self._token, watch.observe)
