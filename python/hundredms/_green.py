"""Calls that wait in greenlets: a native wait would stop all greenlets of the thread."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from . import _native

if TYPE_CHECKING:
    from collections.abc import Callable

_modules = sys.modules


class GreenBridge:
    """The calls that the greenlets of one thread wait for."""

    def __init__(self, hub: Any, gevent_queue: Any) -> None:
        self.queue = _native.Queue.with_descriptor()
        self.process = os.getpid()
        self._new_inbox: Callable[[], Any] = gevent_queue.SimpleQueue
        self._inboxes: dict[int, Any] = {}
        self._last_ticket = 0
        # Kept here, and by the hub while it is started. It keeps the hub from ending only while
        # calls wait.
        self._watcher: Any = hub.loop.io(self.queue.fileno(), 1, ref=False)
        self._watcher.start(self._deliver)

    def open(self) -> tuple[int, Callable[[], Any]]:
        """Return a number for a call, and what waits for what it says next."""
        self._last_ticket += 1
        inbox = self._inboxes[self._last_ticket] = self._new_inbox()
        self._watcher.ref = True
        return self._last_ticket, inbox.get

    def close(self, ticket: int) -> None:
        """Hear no more of a call."""
        self._inboxes.pop(ticket, None)
        if not self._inboxes:
            self._watcher.ref = False

    def _deliver(self) -> None:
        for ticket, said in self.queue.take():
            inbox = self._inboxes.get(ticket)
            if inbox is not None:
                inbox.put(said.take() if type(said) is _native.Large else said)


_bridges: WeakKeyDictionary[Any, GreenBridge] = WeakKeyDictionary()


def green() -> GreenBridge | None:
    """Return the bridge of the greenlets of this thread; None where threads are threads.

    Raises:
        RuntimeError: This is a green thread of eventlet, all of which would stop.
    """
    if "eventlet.patcher" in _modules:
        _refuse_eventlet()
    monkey: Any = _modules.get("gevent.monkey")
    if monkey is None or not monkey.is_module_patched("socket"):
        return None
    import gevent.queue as gevent_queue  # type: ignore[import-untyped] # noqa: PLC0415
    from gevent import get_hub  # noqa: PLC0415

    hub: Any = get_hub()
    bridge = _bridges.get(hub)
    if bridge is None or bridge.process != os.getpid():
        bridge = _bridges[hub] = GreenBridge(hub, gevent_queue)
    return bridge


def _refuse_eventlet() -> None:
    hubs: Any = _modules.get("eventlet.hubs")
    patcher: Any = _modules["eventlet.patcher"]
    here = getattr(getattr(hubs, "_threadlocal", None), "hub", None)
    if here is not None and patcher.is_monkey_patched("socket"):
        raise RuntimeError(
            "a call of hundredms.Client would stop every green thread of eventlet: make it with "
            "`eventlet.tpool.execute(client.rooms.create, ...)`, or use threads, gevent or asyncio"
        )
