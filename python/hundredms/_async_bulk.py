"""A call for each item, several at a time, in an event loop."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
)
from typing import Any

from ._bulk import AHEAD, Results, Settings
from ._bulk_types import ItemT, MapResult, ValueT, failed, succeeded
from ._calls import map_item


class _Run:
    """The tasks of a run."""

    def __init__(
        self,
        settings: Settings,
        call: Callable[[Any], Awaitable[Any]],
        items: Iterable[Any] | AsyncIterable[Any],
        results: Results,
    ) -> None:
        self._settings = settings
        self._call = call
        self._items = _each(items)
        self._source = asyncio.Lock()
        # What runs, and what has ended and was not returned yet.
        self._room = asyncio.Semaphore(AHEAD * settings.concurrency)
        self._results = results
        self._changed = asyncio.Event()
        self._begun = 0
        self._index = -1
        self._closing = False
        self.failed: BaseException | None = None
        self.running = settings.concurrency
        self.tasks = [asyncio.ensure_future(self._work()) for _ in range(settings.concurrency)]
        for task in self.tasks:
            task.add_done_callback(self._ended)

    async def change(self) -> None:
        """Wait for a result, or for the end."""
        await self._changed.wait()
        self._changed.clear()

    def returned(self) -> None:
        """Make room for another result."""
        self._room.release()

    async def close(self) -> None:
        """Cancel what runs, and wait for its end."""
        self._closing = True
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Future[None]) -> None:
        self.running -= 1
        if task.cancelled():
            # Not by `close`: then the rest of the items would be lost.
            if not self._closing:
                self.failed = self.failed or RuntimeError("a task of the run was cancelled")
        elif task.exception() is not None:
            self.failed = self.failed or task.exception()
        self._changed.set()

    async def _next(self) -> tuple[int, int, Any, str | None] | None:
        keys = self._settings.keys
        async with self._source:
            async for item in self._items:
                self._index += 1
                key = None if keys is None else keys.of(item)
                if keys is not None and key is not None and keys.has(key):
                    self._settings.skipped += 1
                    continue
                self._begun += 1
                return self._begun - 1, self._index, item, key
        return None

    async def _work(self) -> None:
        keys = self._settings.keys
        # A call may have caught its cancellation.
        while not self._closing:
            await self._room.acquire()
            task = await self._next()
            if task is None or self._closing:
                return
            turn, index, item, key = task
            result: MapResult[Any, Any]
            try:
                with map_item():
                    value = await self._call(item)
                if keys is not None and key is not None:
                    keys.add(key)
                result = succeeded(item, index, value)
                del value
            except asyncio.CancelledError as error:
                if self._closing or _is_cancelled():
                    raise
                # Something that the call awaited was cancelled.
                cancelled = RuntimeError("the call was cancelled")
                cancelled.__cause__ = error
                result = failed(item, index, cancelled)
                del cancelled
            except Exception as error:
                result = failed(item, index, error)
            self._results.add(turn, result)
            self._changed.set()
            del task, item, result


def _is_cancelled() -> bool:
    """Return whether this task itself is cancelled. Before Python 3.11, that is assumed."""
    task: Any = asyncio.current_task()
    cancelling: Callable[[], int] | None = getattr(task, "cancelling", None)
    return cancelling is None or cancelling() > 0


async def _each(items: Iterable[Any] | AsyncIterable[Any]) -> AsyncIterator[Any]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item


async def run_async(
    settings: Settings,
    call: Callable[[ItemT], Awaitable[ValueT]],
    items: Iterable[ItemT] | AsyncIterable[ItemT],
    *,
    ordered: bool,
    stop_on_error: bool,
) -> AsyncGenerator[MapResult[ItemT, ValueT], None]:
    """Make the calls, with tasks."""
    results = Results(ordered=ordered)
    run: _Run | None = None
    try:
        settings.open()
        run = _Run(settings, call, items, results)
        while True:
            ended = run.running == 0
            for result in results.ready():
                run.returned()
                settings.progress(result)
                if stop_on_error and result.error is not None:
                    raise result.error
                yield result
                del result
            if run.failed is not None:
                raise run.failed
            if ended:
                return
            await run.change()
    finally:
        try:
            if run is not None:
                await run.close()
        finally:
            settings.close()
