"""What an app made of the webhooks of a sandbox, and what a test is told of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from enum import Enum
from typing import Any

from ..webhooks import HandlerFailure
from ._emulator import SandboxError

LATE = 10.0
"""Seconds after which answers and background handlers are waited for no more."""

REFUSALS = {
    401: "is `headers` what the app expects?",
    403: "does the app accept requests from 127.0.0.1?",
    404: "is `path` that of its route?",
    405: "is `path` that of a route for POST?",
}
"""Statuses that mean that the app has no webhooks for its handlers, and what to check."""

IN_PROGRESS = 503
"""What a receiver answers while it handles the same event."""

ADVICE: Mapping[int, str] = {
    422: "The route expects something else: it must take the request as it is.",
    **dict.fromkeys((301, 302, 307, 308), "Is `path` exactly that of its route, with its slash?"),
    **dict.fromkeys((201, 202, 204), "The service takes only 200 for success, and sends it again."),
}


class Failed(Enum):
    """What failed although the answer was 200, and what that means."""

    HANDLER = (
        "Its handler had failed before that, and the service does not send it again: the app must "
        "answer what the receiver answers."
    )
    BACKGROUND = "Its background handler failed after that, and the service does not send it again."
    APP = "The app failed after that, and the service does not send it again."


class Outcome:
    """What the app made of one delivery of an event."""

    def __init__(self, body: bytes) -> None:
        self.id, self.type = _event_of(body)
        self.status = 0
        self.error: BaseException | None = None
        self._what: Failed | None = None
        self._background: list[Future[Any] | asyncio.Task[Any]] = []

    def failed(self, failure: HandlerFailure) -> None:
        """Note that a handler failed."""
        self.fail(Failed.BACKGROUND if failure.background else Failed.HANDLER, failure.error)

    def fail(self, what: Failed, error: BaseException) -> None:
        """Note what failed: the first failure says most."""
        if self.error is None:
            self._what, self.error = what, error

    def began(self, work: Future[Any] | asyncio.Task[Any]) -> None:
        """Note that a background handler began."""
        self._background.append(work)

    @property
    def is_failure(self) -> bool:
        """Return whether the event was not handled, and not refused either."""
        unhandled = self.status != 200 and self.status not in REFUSALS
        return unhandled or self.error is not None

    @property
    def advice(self) -> str:
        """Return what is to be said of it."""
        if self.status == 200 and self._what is not None:
            return self._what.value
        return ADVICE.get(self.status, "")

    async def wait_for_background(self) -> None:
        """Wait for the background handlers of this event loop and of threads."""
        loop = asyncio.get_running_loop()
        for work in self._background:
            if isinstance(work, Future):
                future = asyncio.wrap_future(work)
            elif work.get_loop() is loop:
                future = work
            else:
                continue  # with its loop
            _, running = await asyncio.wait([future], timeout=LATE)
            if running:
                late = TimeoutError(f"it still runs {LATE:g} seconds after the block")
                self.fail(Failed.BACKGROUND, late)
                future.cancel()


class Outcomes:
    """What the app answered, by event."""

    def __init__(self) -> None:
        self._statuses: set[int] = set()
        self._events: dict[str, Outcome] = {}
        self._all: list[Outcome] = []

    def answered(self, outcome: Outcome) -> None:
        """Note an answer."""
        self._statuses.add(outcome.status)
        self._all.append(outcome)
        before = self._events.get(outcome.id)
        if before is not None and before.status == 200 and outcome.status == IN_PROGRESS:
            return  # the other copy is handled
        self._events[outcome.id] = outcome

    async def wait_for_background(self) -> None:
        """Wait for the background handlers that requests began."""
        await asyncio.gather(*(outcome.wait_for_background() for outcome in self._all))

    def check_refusals(self, path: str) -> None:
        """Fail if the app has refused every webhook: a test would wait for handlers in vain."""
        statuses = sorted(self._statuses)
        if not statuses or not REFUSALS.keys() >= set(statuses):
            return
        known = " or ".join(str(status) for status in statuses)
        advice = " ".join(REFUSALS[status] for status in statuses)
        message = (
            f"the app answered {known} to every webhook at {path}: {advice} "
            "Pass allow_refusals=True if it should refuse them."
        )
        raise SandboxError(message, statuses[0])

    def check_failures(self, hints: Sequence[str]) -> None:
        """Fail if the last delivery of an event failed, or its handler in the background."""
        failed = [one for one in self._events.values() if one.is_failure]
        if not failed:
            return
        first = failed[0]
        cause = "" if first.error is None else f" ({_shown(first.error)})"
        others = f" So did {len(failed) - 1} more events." if len(failed) > 1 else ""
        advice = [first.advice] if first.advice else []
        rest = " ".join([*advice, *hints, "Pass allow_failures=True if it should fail."])
        said = f"the app failed on {first.type} (event {first.id}): it answered {first.status}"
        raise SandboxError(f"{said}{cause}.{others} {rest}", first.status) from first.error


def _shown(error: BaseException) -> str:
    message = str(error)
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _event_of(body: bytes) -> tuple[str, str]:
    """Return the id and the type of an event."""
    event: Any = json.loads(body)
    return str(event["id"]), str(event["type"])
