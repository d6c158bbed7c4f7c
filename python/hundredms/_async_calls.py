"""Calls by the name of the operation, through the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ._arguments import request
from ._asking import refuse_within
from ._bridge import current
from ._calls import (
    NO_SETTINGS,
    RawResponse,
    Settings,
    failed,
    found,
    in_map,
    keep,
    looks,
    read,
    responded,
    unknown_fields,
)
from ._errors import HundredmsError
from ._hooks import Watch
from ._shared import Shared

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping

    from ._bridge import Running
    from ._calls import Report
    from ._hooks import Context, Hooks
    from ._native import AssetReader, Core, PendingCall
    from ._pages import Listing
    from ._shared import Recipe

T = TypeVar("T")


class AsyncCalls(Shared):
    """The calls of an async client."""

    __slots__ = ("_begin", "_core", "_hooks", "_recipe", "_token")

    def __init__(
        self,
        core: Core,
        hooks: Hooks,
        token: Callable[[], str | Awaitable[str]] | None,
        recipe: Recipe,
    ) -> None:
        self._begin: Callable[..., PendingCall] = core.begin_call
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
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> T:
        """Call an operation and parse its response."""
        given = request(operation, arguments)
        extra = unknown_fields(operation, extra_body, extra_query)
        try:
            answer = await self._answer(operation, given, (timeout, max_retries, extra))
        except HundredmsError as error:
            keep(error, type, given)
            raise
        return self._made(operation, answer, type)

    async def json(
        self,
        operation: str,
        arguments: dict[str, Any],
        timeout: float | None,
        max_retries: int | None,
    ) -> bytes:
        """Call an operation and return its result as JSON."""
        given = request(operation, arguments)
        json: bytes = (await self._answer(operation, given, (timeout, max_retries, None)))[0]
        return json

    async def page(self, listing: Listing[T]) -> tuple[T, str | None]:
        """Fetch the first page of a list, and its cursor."""
        operation = listing.operation
        given = request(operation, listing.arguments)
        extra = unknown_fields(operation, None, listing.extra_query)
        settings = (listing.timeout, listing.max_retries, extra)
        answer = await self._answer(operation, given, settings)
        return self._made(operation, answer, listing.type), answer[1]

    def responding(self) -> AsyncCalls:
        """Return the calls that return a `Response`."""
        return AsyncRespondingCalls(self)

    def _made(self, operation: str, answer: Any, type: type[T]) -> T:
        return read(operation, answer[0], type)

    def _answer(
        self, operation: str, arguments: bytes, settings: Settings
    ) -> Coroutine[Any, Any, Any]:
        return self._outcome(operation, None, settings, self._begin, operation, arguments)

    async def reconcile(self, error: HundredmsError, model: type[Any] | None) -> Any:
        """Find what a failed call made."""
        operation, arguments, since, type = failed(error, model)
        begin = self._core.begin_reconcile
        given = (operation, arguments, since)
        json, _ = await self._outcome(looks(error), None, NO_SETTINGS, begin, *given)
        return found(json, type)

    async def run(
        self,
        job: str,
        type: type[T],
        arguments: dict[str, Any],
        report: Report,
        timeout: float | None,
        max_retries: int | None,
    ) -> T:
        """Run a job and parse its result."""
        begin = self._core.begin_job
        settings = (timeout, max_retries, None)
        given = (job, request(job, arguments), report is not None)
        json = (await self._outcome(job, None, settings, begin, *given, report=report))[0]
        return read(job, json, type)

    def reader(self, asset_id: str, timeout: float | None, max_retries: int | None) -> AssetReader:
        """Open the file of an asset, to be read piece by piece."""
        return self._core.asset_reader((None, (timeout, max_retries, None), None, False), asset_id)

    async def read(self, name: str, reader: AssetReader) -> bytes | None:
        """Read the next piece of the file of an asset. None at its end."""
        outcome = await self._outcome(name, None, NO_SETTINGS, reader.begin_next)
        piece: bytes | None = outcome[0]
        return piece

    async def raw(
        self, operation: str, arguments: bytes, timeout: float | None, max_retries: int | None
    ) -> RawResponse:
        """Call an operation and return the raw response."""
        begin = self._core.begin_call_raw
        settings = (timeout, max_retries, None)
        outcome = self._outcome(operation, None, settings, begin, operation, arguments)
        try:
            return RawResponse(*await outcome)
        except HundredmsError as error:
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
    ) -> RawResponse:
        """Send a request without an operation."""
        begin = self._core.begin_request
        settings = (timeout, max_retries, None)
        given = (method, path, query, body)
        return RawResponse(*await self._outcome("request", method, settings, begin, given))

    def _outcome(
        self,
        operation: str,
        method: str | None,
        settings: Settings,
        begin: Callable[..., PendingCall],
        *given: Any,
        report: Report = None,
    ) -> Coroutine[Any, Any, Any]:
        running = current()
        if self._token is not None:
            refuse_within(self._token)
        watch = self._hooks.watch(self._core, operation, method)
        if isinstance(watch, Watch):
            return self._watched(watch, running, settings, begin, given, report)
        return self._begun(running, settings, None, None, begin, given, report)

    async def _watched(
        self,
        watch: Watch,
        running: Running,
        settings: Settings,
        begin: Callable[..., PendingCall],
        given: tuple[Any, ...],
        report: Report,
    ) -> Any:
        with watch:
            context, observe = watch.context, watch.observe
            return await self._begun(running, settings, context, observe, begin, given, report)

    def _begun(
        self,
        running: Running,
        settings: Settings,
        context: Context | None,
        observe: Callable[[bytes], None] | None,
        begin: Callable[..., PendingCall],
        given: tuple[Any, ...],
        report: Report,
    ) -> Coroutine[Any, Any, Any]:
        """Begin a call, and return what waits for it: no coroutine more than needed."""
        bridge, loop = running
        ticket = bridge.ticket()
        pending = begin(((bridge.queue, ticket), settings, context, in_map()), *given)
        if self._token is None and observe is None and report is None:
            return bridge.outcome(ticket, loop, pending)
        return bridge.conversation(ticket, loop, pending, self._token, observe, report)


class AsyncRespondingCalls(AsyncCalls):
    """The calls of an async client that return a `Response`."""

    __slots__ = ()

    def __init__(self, calls: AsyncCalls) -> None:
        super().__init__(calls._core, calls._hooks, calls._token, calls._recipe)
        self._begin = calls._core.begin_call_with_response

    def __reduce__(self) -> tuple[Any, ...]:
        return _responding, super().__reduce__()

    def _made(self, operation: str, answer: Any, type: type[T]) -> T:
        return responded(operation, answer, type)  # type: ignore[no-any-return]


def _responding(make: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    return make(*given).responding()
