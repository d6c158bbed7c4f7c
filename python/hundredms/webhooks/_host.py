"""How handlers are run. An adapter of a framework may replace it."""

from __future__ import annotations

import inspect
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

from ._observer import observer

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

    from ._event import Event
    from ._response import Response


class Host:
    """Runs handlers as they are."""

    def wait(self, result: Awaitable[object]) -> None:
        """Await an async handler where nothing else is async."""
        import asyncio  # noqa: PLC0415 - slow to import, and most do without it

        async def wait() -> None:
            await result

        asyncio.run(wait())

    def background(self, work: Callable[[], Response]) -> Response:
        """Run a handler in a thread of the receiver's own."""
        return work()

    async def thread(
        self, handler: Callable[[Event[Any]], object], event: Event[Any], *, background: bool
    ) -> object:
        """Run a blocking handler. Wait for it even if cancelled, because its thread continues.

        An observer that cancels it has waited before.
        """
        import asyncio  # noqa: PLC0415

        def run() -> tuple[object, BaseException | None]:
            try:
                return handler(event), None
            except BaseException as error:  # a future would not take StopIteration
                return None, error

        running = self.begin(run, background=background)
        cancelled: BaseException | None = None
        while not running.done():
            try:
                await asyncio.wait((running,))
            except asyncio.CancelledError as error:
                if observer.get() is not None:
                    running.cancel()
                    raise
                cancelled = error
        result, raised = running.result()
        if raised is not None:
            raise raised
        if cancelled is not None and inspect.isawaitable(result):
            raise cancelled
        return result

    def begin(
        self, run: Callable[[], tuple[object, BaseException | None]], *, background: bool
    ) -> asyncio.Future[tuple[object, BaseException | None]]:
        """Begin to run something that blocks, in the context of this task."""
        import asyncio  # noqa: PLC0415

        loop = asyncio.get_running_loop()
        observe = observer.get()
        executor = None if observe is None else observe.executor
        return loop.run_in_executor(executor, copy_context().run, run)

    async def ended(self) -> None:
        """Tidy up after an async handler in the background."""
