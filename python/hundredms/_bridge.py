"""The bridge between the core and asyncio.

No thread of the core touches Python. A finished call goes into the queue of its event loop, which
is woken through a descriptor that it reads, once for all calls that have finished meanwhile. The
loop's own thread then empties the queue and resolves the futures.
"""

from __future__ import annotations

import atexit
import os
import threading
from asyncio import AbstractEventLoop, Future, Task, get_running_loop
from contextvars import Context, copy_context
from inspect import isawaitable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from . import _native
from ._asking import no_text, running
from ._errors import from_native
from ._hooks import warn
from ._loops import need_asyncio

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class TokenGiver:
    """Provides one call with tokens from the callback of its client."""

    __slots__ = ("_callback", "_context", "_loop", "_task", "cause")

    cause: Exception | None
    """What the callback raised."""

    def __init__(
        self,
        callback: Callable[[], str | Awaitable[str]],
        loop: AbstractEventLoop,
        context: Context,
    ) -> None:
        self._callback = callback
        self._loop = loop
        self._context = context
        self._task: Task[None] | None = None
        self.cause = None

    def answer(self, question: _native.TokenRequest) -> None:
        """Begin to answer; in a task, since the callback may wait, or raise what ends the loop."""
        # A task takes a copy of the context that it is made in; in 3.10 it cannot be given one.
        self._task = self._context.run(self._loop.create_task, self._answer(question))

    async def _answer(self, question: _native.TokenRequest) -> None:
        try:
            with running(self._callback):
                token = self._callback()
                if isawaitable(token):
                    token = await token
            if isinstance(token, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                question.answer(token)
            else:
                question.fail(no_text(token))
        except Exception as error:
            self.cause = error
            question.fail(repr(type(error)))
        except BaseException:
            question.abandon()
            raise

    def end(self) -> None:
        """Answer no more."""
        if self._task is not None:
            self._task.cancel()


class Bridge:
    """The calls that one event loop waits for."""

    __slots__ = ("_givers", "_last_ticket", "_observers", "_reports", "_waiting", "queue")

    def __init__(self, queue: _native.Queue) -> None:
        self.queue = queue
        self._waiting: dict[int, Future[Any]] = {}
        self._givers: dict[int, TokenGiver] = {}
        self._observers: dict[int, tuple[Context, Callable[[bytes], None]]] = {}
        self._reports: dict[int, tuple[Context, Callable[[bytes], object]]] = {}
        self._last_ticket = 0

    def ticket(self) -> int:
        """Return a number for a call."""
        self._last_ticket += 1
        return self._last_ticket

    async def outcome(
        self, ticket: int, loop: AbstractEventLoop, pending: _native.PendingCall
    ) -> Any:
        """Wait for the outcome of the call begun under `ticket`; who stops waiting drops it."""
        future = self._waiting[ticket] = loop.create_future()
        try:
            outcome = await future
        except BaseException:
            pending.cancel()
            self._waiting.pop(ticket, None)
            raise
        return outcome.take() if type(outcome) is _native.Large else outcome

    async def conversation(
        self,
        ticket: int,
        loop: AbstractEventLoop,
        pending: _native.PendingCall,
        token: Callable[[], str | Awaitable[str]] | None,
        observe: Callable[[bytes], None] | None,
        report: Callable[[bytes], object] | None,
    ) -> Any:
        """Wait for the outcome of a call that asks for tokens, is observed, or reports."""
        # The loop hands on what the call has to say in a context of its own.
        if token is not None:
            self._givers[ticket] = TokenGiver(token, loop, copy_context())
        if observe is not None:
            self._observers[ticket] = copy_context(), observe
        if report is not None:
            self._reports[ticket] = copy_context(), report
        try:
            return await self.outcome(ticket, loop, pending)
        finally:
            if token is not None:
                self._givers.pop(ticket).end()
            if observe is not None:
                self._observers.pop(ticket, None)
            if report is not None:
                self._reports.pop(ticket, None)

    def deliver(self) -> None:
        """Hand on what the calls have to say: all of it, whatever one of them raises."""
        raised: BaseException | None = None
        for ticket, outcome in self.queue.take():
            try:
                self._hand_on(ticket, outcome)
            except BaseException as error:
                raised = error
        if raised is not None:
            raise raised

    def _hand_on(self, ticket: int, outcome: Any) -> None:
        if type(outcome) is tuple or type(outcome) is _native.Large:  # an answer, as most are
            future = self._waiting.pop(ticket, None)
            # A cancelled future stays here until its task runs again.
            if future is not None and not future.done():
                future.set_result(outcome)
            return
        if isinstance(outcome, bytes):
            observer = self._observers.get(ticket)
            if observer is None:
                warn(outcome)
            else:
                context, observe = observer
                context.run(observe, outcome)
            return
        if isinstance(outcome, _native.TokenRequest):
            giver = self._givers.get(ticket)
            if giver is not None:
                giver.answer(outcome)
            return
        if isinstance(outcome, _native.JobProgress):
            self._report(ticket, outcome.json)
            return
        future = self._waiting.pop(ticket, None)
        if future is None or future.done():
            return
        if isinstance(outcome, _native.Failure):
            error = from_native(outcome.text, outcome.json)
            giver = self._givers.get(ticket)
            if giver is not None and giver.cause is not None:
                error.__cause__ = giver.cause
            future.set_exception(error)
        else:
            future.set_exception(outcome)

    def _report(self, ticket: int, progress: bytes) -> None:
        """Report the progress of a job. What the callback raises ends the job."""
        reported = self._reports.get(ticket)
        future = self._waiting.get(ticket)
        if reported is None or future is None or future.done():
            return
        context, report = reported
        try:
            context.run(report, progress)
        except Exception as error:
            future.set_exception(error)


Running = tuple[Bridge, AbstractEventLoop]
"""The running event loop, and its bridge."""


class _Found(threading.local):
    """The bridge that this thread used last."""

    loop: AbstractEventLoop | None = None
    bridge: Bridge


_found = _Found()
_bridges: WeakKeyDictionary[AbstractEventLoop, Bridge] = WeakKeyDictionary()
_lock = threading.Lock()


def current() -> Running:
    """Return the bridge of the running event loop, and the loop."""
    try:
        loop = get_running_loop()
    except RuntimeError:
        need_asyncio("AsyncClient")
        raise
    if _found.loop is not loop:
        with _lock:
            bridge = _bridges.get(loop)
            if bridge is None:
                for closed in [other for other in _bridges if other.is_closed()]:
                    del _bridges[closed]
                bridge = _bridges[loop] = _connect(loop)
        _found.bridge = bridge
        _found.loop = loop
    return _found.bridge, loop


def _connect(loop: AbstractEventLoop) -> Bridge:
    """Create the bridge of a loop."""
    if hasattr(_native.Queue, "with_descriptor"):
        bridge = Bridge(_native.Queue.with_descriptor())
        try:
            # The loop would keep the context of the first call, and all that is in it, for good.
            Context().run(loop.add_reader, bridge.queue.fileno() or 0, bridge.deliver)
        except NotImplementedError:
            pass
        else:
            return bridge
    bridge = Bridge(_native.Queue.with_thread())
    thread = threading.Thread(target=_watch, args=(loop, bridge), name="hundredms-bridge")
    thread.daemon = True
    Context().run(thread.start)
    _watchers[:] = [watcher for watcher in _watchers if watcher.is_alive()]
    _watchers.append(thread)
    return bridge


# For loops that cannot read descriptors: a thread of Python's wakes them, and is joined at the end.
_watchers: list[threading.Thread] = []
_ending = threading.Event()


def _watch(loop: AbstractEventLoop, bridge: Bridge) -> None:
    while not (_ending.is_set() or loop.is_closed()):
        if bridge.queue.wait(0.1):
            delivered = threading.Event()

            def deliver(delivered: threading.Event = delivered) -> None:
                try:
                    bridge.deliver()
                finally:
                    delivered.set()

            try:
                loop.call_soon_threadsafe(deliver)
            except RuntimeError:  # closed meanwhile
                return
            while not (delivered.wait(0.1) or _ending.is_set() or loop.is_closed()):
                pass


def _end() -> None:
    _ending.set()
    for thread in _watchers:
        thread.join()


def _after_fork() -> None:
    """Leave the parent's loops to the parent."""
    global _lock
    _lock = threading.Lock()
    _bridges.clear()
    _watchers.clear()
    _found.loop = None


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
