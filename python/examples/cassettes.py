"""Record responses in a file, and replay them without network and keys.

Run it with `python cassettes.py`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:

    recorded: physics-7
    replayed: physics-7
"""

from __future__ import annotations

# --8<-- [start:imports]
import tempfile
from pathlib import Path

import hundredms

# --8<-- [end:imports]


def main() -> None:
    """Record a call, and replay it."""
    room = hundredms.Client().rooms.create(name="physics-7")
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "rooms.json")
        # --8<-- [start:cassette]
        # `path` is a file of your tests, such as "tests/rooms.json".
        recording = hundredms.Client(cassette={"path": path, "mode": "record"})
        print("recorded:", recording.rooms.get(room.id).name)

        replaying = hundredms.Client(cassette={"path": path, "mode": "replay"})
        print("replayed:", replaying.rooms.get(room.id).name)
        # --8<-- [end:cassette]


if __name__ == "__main__":
    main()
