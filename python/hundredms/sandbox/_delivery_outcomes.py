"""What an app made of the webhooks of a sandbox, and what a test is told of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from enum import Enum
from functools import partial
from typing import Any

from ._delivery_work import THREADS, end, late
from ._emulator import SandboxError

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
    """What failed, and what to say of it."""

    HANDLER = (
        "Its handler had failed before that, and the service does not send it again: the app must "
        "answer what the receiver answers."
    )
    BACKGROUND = "Its background handler failed after that, and the service does not send it again."
    STORE = (
        "The store of handled webhooks failed: its `claim` must return 'new', 'in_progress' or "
        "'done', and none of its methods may raise."
    )
    APP = "The app failed after that, and the service does not send it again."
    LATE = (
        "It was cancelled then; a thread cannot be, and runs on. Replace what it waits for in the "
        "test."
    )

    @property
    def needs_200(self) -> bool:
        """Return whether what is to be said is only true of what was answered with 200."""
        return self not in {Failed.LATE, Failed.STORE}


class Outcome:
    """What the app made of one delivery of an event."""

    def __init__(self, body: bytes) -> None:
        self.id, self.type = _event_of(body)
        self.status = 0
        """0 until it is answered."""
        self.error: BaseException | None = None
        self._what: Failed | None = None
        self._handlers: list[Future[Any] | asyncio.Task[Any]] = []

    @property
    def executor(self) -> Executor:
        """Return what runs handlers that block."""
        return THREADS

    def failed(self, error: BaseException, *, background: bool) -> None:
        """Note that a handler failed."""
        self.fail(Failed.BACKGROUND if background else Failed.HANDLER, error)

    def store_failed(self, error: BaseException) -> None:
        """Note that the store of handled events failed."""
        self.fail(Failed.STORE, error)

    def fail(self, what: Failed, error: BaseException) -> None:
        """Note what failed: the first failure says most."""
        if self.error is None:
            self._what, self.error = what, error

    def began(self, work: Future[Any] | asyncio.Task[Any]) -> None:
        """Note that a handler began which does not end with the request."""
        self._handlers.append(work)

    @property
    def is_failure(self) -> bool:
        """Return whether the event was not handled, and not refused either."""
        unhandled = self.status != 200 and self.status not in REFUSALS
        return unhandled or self.error is not None

    @property
    def summary(self) -> str:
        """Return what the app did."""
        event = f"{self.type} (event {self.id})" if self.type else "a request that is no event"
        answer = f"it answered {self.status}" if self.status else "it did not answer"
        cause = "" if self.error is None else f" ({shown(self.error)})"
        return f"the app failed on {event}: {answer}{cause}."

    @property
    def advice(self) -> str:
        """Return what is to be said of it."""
        what = self._what
        if what is not None and (self.status == 200 or not what.needs_200):
            return what.value
        return ADVICE.get(self.status, "")

    def take_handlers(self) -> list[asyncio.Future[Any]]:
        """Return the handlers to wait for in this event loop, each once."""
        handlers, self._handlers = self._handlers, []
        loop = asyncio.get_running_loop()
        taken: list[asyncio.Future[Any]] = []
        for handler in handlers:
            if isinstance(handler, Future):
                taken.append(asyncio.wrap_future(handler))
            elif handler.get_loop() is loop:
                taken.append(handler)
            else:  # it ends with its loop
                self.read(handler)
        return taken

    def read(self, handler: asyncio.Future[Any]) -> None:
        """Note how a handler ended, if it did."""
        if not handler.done() or handler.cancelled():
            return
        error = handler.exception()
        if error is not None:
            self.fail(Failed.BACKGROUND, error)


class Outcomes:
    """What the app made of the deliveries, in their order."""

    def __init__(self) -> None:
        self._all: list[Outcome] = []

    def add(self, body: bytes) -> Outcome:
        """Note a delivery."""
        outcome = Outcome(body)
        self._all.append(outcome)
        return outcome

    async def end_handlers(self, deadline: float) -> None:
        """Wait for the handlers that requests began, and cancel those that are late."""
        while begun := {work: one for one in self._all for work in one.take_handlers()}:
            try:
                await end(begun, deadline, partial(note_late, begun))
            finally:
                for work, outcome in begun.items():
                    outcome.read(work)

    def check_refusals(self, path: str) -> None:
        """Fail if the app has refused every webhook: a test would wait for handlers in vain."""
        statuses = sorted({outcome.status for outcome in self._all})
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
        """Fail if the last delivery of an event failed, or its background handler."""
        failed = [one for one in self._last() if one.is_failure]
        if not failed:
            return
        first = failed[0]
        count = len(failed) - 1
        others = [f"So did {count} more event{'s' if count > 1 else ''}."] if count else []
        advice = [first.advice] if first.advice else []
        rest = [*others, *advice, *hints, "Pass allow_failures=True if it should fail."]
        status = first.status or 500
        raise SandboxError(" ".join([first.summary, *rest]), status) from first.error

    def _last(self) -> list[Outcome]:
        """Return what became of each event."""
        events: dict[tuple[str, str], Outcome] = {}
        for outcome in self._all:
            key = outcome.id, outcome.type
            # A copy that comes while another is handled says nothing of the event.
            if outcome.status != IN_PROGRESS or key not in events:
                events[key] = outcome
        return list(events.values())


def note_late(
    outcomes: Mapping[asyncio.Future[Any], Outcome | None], work: asyncio.Future[Any]
) -> None:
    """Note that a request or a handler still runs when it is waited for no more."""
    outcome = outcomes[work]
    if outcome is not None:
        outcome.fail(Failed.LATE, late())


def shown(error: BaseException) -> str:
    """Return an error as a traceback ends."""
    message = str(error)
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _event_of(body: bytes) -> tuple[str, str]:
    """Return the id and the type of an event. Both are empty if it is none."""
    try:
        event: Any = json.loads(body)
        return str(event["id"]), str(event["type"])
    except (KeyError, TypeError, ValueError):
        return "", ""
