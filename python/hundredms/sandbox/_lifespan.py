"""The lifespan of an ASGI app: what it does before the first request and after the last."""

from __future__ import annotations

import asyncio
from typing import Any

from ._delivery_outcomes import shown
from ._delivery_work import GRACE
from ._emulator import SandboxError

LIMIT = 30.0
"""Seconds that the start of an app may take, and its end."""

UNSAID = "it sent no message"


class Lifespan:
    """Runs the lifespan of an app, in the event loop that starts it."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._task: asyncio.Task[None] | None = None
        self.state: dict[str, Any] = {}
        """What the lifespan has made for requests."""

    async def start(self) -> None:
        """Run the app's start.

        Raises:
            SandboxError: It failed or took too long, or the app has no lifespan.
        """
        self._inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        task = self._task = asyncio.get_running_loop().create_task(self._run())
        try:
            await self._pass(task, "startup")
        except BaseException:
            self._task = None
            await _cancel(task)
            raise

    async def stop(self) -> None:
        """Run the app's end, if its start has succeeded.

        Raises:
            SandboxError: It failed or took too long, or the lifespan failed before.
        """
        task, self._task = self._task, None
        if task is None:
            return
        try:
            if not task.done():
                await self._pass(task, "shutdown")
                await asyncio.wait([task], timeout=LIMIT)
                if not task.done():
                    raise _too_long("it has not returned", "shutdown")
        finally:
            await _cancel(task)
        error = _error_of(task)
        if error is not None:
            raise _failure("before its end was over", error) from error

    async def _run(self) -> None:
        scope = {
            "type": "lifespan",
            "asgi": {"version": "3.0", "spec_version": "2.0"},
            "state": self.state,
        }
        await self._app(scope, self._inbox.get, self._outbox.put)

    async def _pass(self, task: asyncio.Task[None], what: str) -> None:
        self._inbox.put_nowait({"type": f"lifespan.{what}"})
        said = asyncio.ensure_future(self._outbox.get())
        try:
            await asyncio.wait([task, said], timeout=LIMIT, return_when=asyncio.FIRST_COMPLETED)
        finally:
            said.cancel()  # does nothing if the app has answered
        if not said.done():
            if not task.done():
                raise _too_long(f"it has not sent lifespan.{what}.complete", what)
            error = _error_of(task)
            raise _failure(f"at its {what}", error) from error
        answer = said.result()
        if answer["type"] == f"lifespan.{what}.failed":
            await asyncio.wait([task], timeout=GRACE)
            error = _error_of(task) if task.done() else None
            raise _failure(f"at its {what}", error, answer.get("message") or UNSAID) from error


async def _cancel(task: asyncio.Task[None]) -> None:
    """Cancel what still runs, and wait for it."""
    if not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=GRACE)
    if task.done():
        _error_of(task)  # or asyncio logs it


def _error_of(task: asyncio.Task[None]) -> BaseException | None:
    return None if task.cancelled() else task.exception()


def _failure(where: str, error: BaseException | None, message: str = "it ended") -> SandboxError:
    problem = message if error is None else shown(error)
    return SandboxError(f"the lifespan of the app failed {where}: {problem}", 500)


def _too_long(problem: str, what: str) -> SandboxError:
    text = f"the {what} of the app's lifespan hangs: {problem} within {LIMIT:g} seconds"
    return SandboxError(text, 500)
