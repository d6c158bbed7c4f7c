"""Cancel a call: its request is dropped at once, and the client works on.

Run it with `python cancel.py`. It starts a sandbox, which is slow on request. Prints:

    the call was cancelled
    the next call returns physics-7
"""

from __future__ import annotations

# --8<-- [start:imports]
import asyncio

import hundredms

# --8<-- [end:imports]


async def user_leaves() -> None:
    """Stand for an event of your program: a user closes the page."""
    await asyncio.sleep(0.1)


async def main() -> None:
    """Cancel a call to a slow service."""
    async with hundredms.AsyncSandbox() as sandbox, sandbox.client() as client:
        room = await client.rooms.create(name="physics-7")
        sandbox.add_fault({"delay_before_ms": 5000}, on={"nth": 1})

        # --8<-- [start:cancel]
        # A task that is cancelled closes its request.
        task = asyncio.create_task(client.rooms.get(room.id))
        await user_leaves()
        task.cancel()
        try:
            print((await task).name)
        except asyncio.CancelledError:
            print("the call was cancelled")
        # --8<-- [end:cancel]
        found = await client.rooms.get(room.id)
        print(f"the next call returns {found.name}")


if __name__ == "__main__":
    asyncio.run(main())
