"""What still runs when a block of `deliver_to` ends: waiting for it, and cancelling it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

LATE = 10.0
"""Seconds after which requests and background handlers are cancelled."""

GRACE = 1.0
"""Seconds that something may take to end after it was cancelled."""

BLOCKED = 10.0
"""Seconds after which an event loop that does not respond is taken for blocked."""


class Threads(ThreadPoolExecutor):
    """Runs each call in a thread of its own, for which not even the interpreter waits at its end.

    A pool would wait for a handler that never returns.
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Begin a call."""
        future: Future[Any] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)

        threading.Thread(target=run, name="hundredms-sandbox-handler", daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Do nothing: nothing is kept between calls."""


THREADS = Threads()


def late() -> TimeoutError:
    """Return the error of what has not ended in time."""
    return TimeoutError(f"it still ran {LATE:g} seconds after the end of the block")


async def end(
    work: Collection[asyncio.Future[Any]],
    deadline: float,
    note: Callable[[asyncio.Future[Any]], object],
) -> None:
    """Wait until a time of this loop, then note and cancel what still runs, and let it end."""
    if not work:
        return
    seconds = deadline - asyncio.get_running_loop().time()
    try:
        _, running = await asyncio.wait(work, timeout=max(seconds, 0))
        for one in running:
            note(one)
    finally:  # also if this task is cancelled
        running = {one for one in work if not one.done()}
        for one in running:
            one.cancel()
        if running:
            await asyncio.wait(running, timeout=GRACE)
