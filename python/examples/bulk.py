"""Make a call for each of many items, within a rate limit, and resume a run that was interrupted.

Run it with `python bulk.py`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:

    first run: 3 created, lesson-04? failed: invalid_request
    second run: 1 created, 3 were there
"""

from __future__ import annotations

# --8<-- [start:imports]
import tempfile
from collections.abc import Iterable
from pathlib import Path

import hundredms
from hundredms.models import Room

# --8<-- [end:imports]


# --8<-- [start:limit]
def limited_clients() -> list[hundredms.Client]:
    """Return clients that keep within a rate limit."""
    return [
        hundredms.Client(rate_limit=50),
        hundredms.Client(rate_limit={"rooms": 20, "*": 50}),
        hundredms.Client(rate_limit="adaptive", max_in_flight=32),
    ]


# --8<-- [end:limit]


# --8<-- [start:shared]
def shared_client(redis: str = "redis://localhost:6379") -> hundredms.Client:
    """Return a client that shares its rate limit with other processes."""
    return hundredms.Client(rate_limit=500, rate_limit_redis=redis)


# --8<-- [end:shared]


# --8<-- [start:map]
def create_rooms(client: hundredms.Client, names: Iterable[str], journal: Path) -> str:
    """Create a room for each name that is not in the journal."""

    def create(name: str) -> Room:
        return client.rooms.create(name=name)

    created, failed = 0, ""
    for done in client.map(create, names, concurrency=16, journal=journal):
        if done.error is None:
            created += 1
        elif isinstance(done.error, hundredms.HundredmsError):
            failed += f", {done.item} failed: {done.error.kind}"
    return f"{created} created{failed}"


# --8<-- [end:map]


def main() -> None:
    """Create rooms in two runs."""
    limited_clients()
    shared_client()
    with hundredms.Client(rate_limit=50) as client, tempfile.TemporaryDirectory() as folder:
        # --8<-- [start:resume]
        journal = Path(folder, "rooms.ndjson")
        names = ["lesson-01", "lesson-02", "lesson-03", "lesson-04?"]  # a name may not contain ?
        print("first run:", create_rooms(client, names, journal))

        names[3] = "lesson-04"
        print("second run:", create_rooms(client, names, journal) + ", 3 were there")
        # --8<-- [end:resume]


if __name__ == "__main__":
    main()
