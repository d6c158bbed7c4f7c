"""Read a list: item by item, page by page, with a filter, and from where an earlier read stopped.

Run it with `python lists.py`. It starts a sandbox with 25 rooms. Prints:

    25 rooms
    pages of 10, 10, 5, 0
    room-7 is there
    15 rooms after the first page
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms

# --8<-- [end:imports]


def read_lists(client: hundredms.Client) -> None:
    """Read the rooms of the workspace in four ways."""
    # --8<-- [start:items]
    # Each page is fetched when the loop needs it.
    count = 0
    for _room in client.rooms.list(enabled=True):
        count += 1
    print(f"{count} rooms")
    # --8<-- [end:items]

    # --8<-- [start:pages]
    # The last page may be empty: only its cursor tells that the list has ended.
    sizes = [str(len(page.data)) for page in client.rooms.list(limit=10).pages()]
    print("pages of", ", ".join(sizes))
    # --8<-- [end:pages]

    # --8<-- [start:filter]
    for room in client.rooms.list(name="room-7"):
        print(f"{room.name} is there")
    # --8<-- [end:filter]

    # --8<-- [start:resume]
    # Store the cursor, and resume from it later or in another process.
    pages = client.rooms.list(limit=10).pages()
    next(pages)
    cursor = pages.cursor
    assert cursor is not None
    rest = list(client.rooms.list(limit=10).resume(cursor))
    print(f"{len(rest)} rooms after the first page")
    # --8<-- [end:resume]


def main() -> None:
    """Start a sandbox with rooms, and read them."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        sandbox.seed(rooms=25)
        read_lists(client)


if __name__ == "__main__":
    main()
