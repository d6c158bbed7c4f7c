"""What an app made of the webhooks of a sandbox, and what a test is told of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..webhooks import HandlerFailure
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
    200: "Its background handler failed after that, and the service does not send it again.",
    422: "The route expects something else: it must take the request as it is.",
    **dict.fromkeys((301, 302, 307, 308), "Is `path` exactly that of its route, with its slash?"),
    **dict.fromkeys((201, 202, 204), "The service takes only 200 for success, and sends it again."),
}


@dataclass
class Outcome:
    """What the app answered to the last delivery of an event."""

    type: str
    status: int
    error: BaseException | None = None

    @property
    def failed(self) -> bool:
        """Return whether the event was not handled, and not refused either."""
        unhandled = self.status != 200 and self.status not in REFUSALS
        return unhandled or self.error is not None


class Outcomes:
    """What the app answered, by event."""

    def __init__(self) -> None:
        self._statuses: set[int] = set()
        self._events: dict[str, Outcome] = {}

    def answered(self, body: bytes, status: int, error: BaseException | None) -> None:
        """Note an answer, and what the app or its handler raised."""
        self._statuses.add(status)
        id, type = _event_of(body)
        before = self._events.get(id)
        if before is not None and before.status == 200:
            if status == IN_PROGRESS:
                return  # the other copy was handled
            if status == 200 and before.error is not None:
                return  # its handler failed in the background
        self._events[id] = Outcome(type, status, error)

    def failed_in_background(self, failure: HandlerFailure) -> None:
        """Note that a handler failed after its event was answered."""
        event = failure.event
        self._events[event.id] = Outcome(event.type, 200, failure.error)

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
        failed = [(id, one) for id, one in self._events.items() if one.failed]
        if not failed:
            return
        id, first = failed[0]
        cause = "" if first.error is None else f" after {_shown(first.error)}"
        others = f" So did {len(failed) - 1} more events." if len(failed) > 1 else ""
        advice = [ADVICE[first.status]] if first.status in ADVICE else []
        rest = " ".join([*advice, *hints, "Pass allow_failures=True if it should fail."])
        message = f"the app failed on {first.type} (event {id}): it answered {first.status}{cause}."
        raise SandboxError(f"{message}{others} {rest}", first.status) from first.error


def _shown(error: BaseException) -> str:
    message = str(error)
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _event_of(body: bytes) -> tuple[str, str]:
    """Return the id and the type of an event."""
    event: Any = json.loads(body)
    return str(event["id"]), str(event["type"])
