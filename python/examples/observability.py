"""Observe calls with hooks: log each attempt, and count attempts and retries for your metrics.

Run it with `python observability.py`. It starts a sandbox, which fails once. Prints:

    rooms.create: attempt 1, status 503, … ms
    rooms.create: next attempt in … ms
    rooms.create: attempt 2, status 200, … ms
    rooms.create: attempts 2, retries 1
"""

from __future__ import annotations

# --8<-- [start:logging_import]
import logging

# --8<-- [end:logging_import]
# --8<-- [start:imports]
from collections import Counter

import hundredms

# --8<-- [end:imports]


# --8<-- [start:hooks]
class CallMetrics:
    """Counts by operation. Put your metrics library here."""

    def __init__(self) -> None:
        self.attempts: Counter[str] = Counter()
        self.retries: Counter[str] = Counter()

    def on_response(self, view: hundredms.ResponseView) -> None:
        """Note how an attempt ended. The status is None if there was no response."""
        self.attempts[view.operation] += 1
        milliseconds = view.elapsed * 1000
        print(
            f"{view.operation}: attempt {view.attempt}, status {view.status}, {milliseconds:.1f} ms"
        )

    def on_retry(self, view: hundredms.RetryView) -> None:
        """Note that a call waits before its next attempt."""
        self.retries[view.operation] += 1
        print(f"{view.operation}: next attempt in {view.pause * 1000:.0f} ms")


# --8<-- [end:hooks]


def main() -> None:
    """Make a call that is retried."""
    # --8<-- [start:logging]
    logging.basicConfig()  # your program's own setup, if it has one
    logging.getLogger("hundredms").setLevel(logging.DEBUG)
    # --8<-- [end:logging]
    metrics = CallMetrics()
    with hundredms.Sandbox() as sandbox:
        sandbox.add_fault({"status": 503}, on={"nth": 1})
        # --8<-- [start:client]
        # Hooks see no headers, bodies or arguments. They cannot change or break a call.
        client = hundredms.Client(
            sandbox.access_key,
            sandbox.secret,
            base_url=sandbox.base_url,
            on_response=metrics.on_response,
            on_retry=metrics.on_retry,
        )
        # --8<-- [end:client]
        client.rooms.create(name="physics-7")
    for operation, attempts in metrics.attempts.items():
        print(f"{operation}: attempts {attempts}, retries {metrics.retries[operation]}")


if __name__ == "__main__":
    main()
