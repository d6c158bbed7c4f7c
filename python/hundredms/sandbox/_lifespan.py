"""The lifespan of an ASGI app: what it does before the first request and after the last."""

from __future__ import annotations

import asyncio
from typing import Any

from ._emulator import SandboxError


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
            SandboxError: It failed, or the app has no lifespan.
        """
        self._inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._task = asyncio.get_running_loop().create_task(self._run())
        await self._pass("startup")

    async def stop(self) -> None:
        """Run the app's end.

        Raises:
            SandboxError: It failed.
        """
        if self._task is not None and not self._task.done():
            await self._pass("shutdown")
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        scope = {
            "type": "lifespan",
            "asgi": {"version": "3.0", "spec_version": "2.0"},
            "state": self.state,
        }
        await self._app(scope, self._inbox.get, self._outbox.put)

    async def _pass(self, what: str) -> None:
        assert self._task is not None  # noqa: S101 - `start` has made it
        self._inbox.put_nowait({"type": f"lifespan.{what}"})
        said = asyncio.ensure_future(self._outbox.get())
        await asyncio.wait([self._task, said], return_when=asyncio.FIRST_COMPLETED)
        if not said.done():
            said.cancel()
            error = self._task.exception()
            problem = "it ended" if error is None else f"{type(error).__name__}: {error}"
            message = f"the lifespan of the app failed at its {what}: {problem}"
            raise SandboxError(message, 500) from error
        answer = said.result()
        if answer["type"] == f"lifespan.{what}.failed":
            ended, _ = await asyncio.wait([self._task], timeout=1)
            error = self._task.exception() if ended else None
            problem = f"{type(error).__name__}: {error}" if error else answer.get("message", "")
            text = f"the lifespan of the app failed at its {what}: {problem}"
            raise SandboxError(text, 500) from error
