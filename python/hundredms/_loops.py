"""What runs the event loop, or stands in for threads: asyncio, and what is not."""

from __future__ import annotations

import sys

_modules = sys.modules


def need_asyncio(what: str) -> None:
    """Refuse to run where asyncio does not.

    Raises:
        RuntimeError: The event loop that runs is another's, or none does.
    """
    from asyncio import get_running_loop  # noqa: PLC0415 - slow to import

    try:
        get_running_loop()
    except RuntimeError:
        raise RuntimeError(f"{what} {_advice()}") from None


def _advice() -> str:
    trio = _modules.get("trio")
    if trio is not None:
        try:
            trio.lowlevel.current_task()
        except RuntimeError:
            pass
        else:
            return (
                "needs asyncio, and this runs under trio: use the blocking `hundredms.Client` in "
                "`trio.to_thread.run_sync`, or run the program with asyncio "
                "(`anyio.run(main, backend='asyncio')`)"
            )
    return "needs a running event loop of asyncio: await it in `asyncio.run(main())`"
