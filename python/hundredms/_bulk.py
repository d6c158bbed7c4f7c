"""A call for each item, several at a time."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextvars import copy_context
from numbers import Integral
from typing import Any

from ._arguments import Unsendable, encode, not_configured
from ._bulk_types import ItemT, JournalOption, MapProgress, MapResult, ValueT, failed, succeeded
from ._calls import MapClosed, map_item, run_until
from ._native import Journal as NativeJournal

AHEAD = 4
"""How many items are begun before the next result, for each call that runs."""


class Keys:
    """The journal of a run."""

    def __init__(self, option: JournalOption) -> None:
        given: dict[str, Any] = {"path": option}
        if isinstance(option, Mapping):
            given = {**option}
        unknown = set(given) - {"path", "name", "key"}
        if unknown or not isinstance(given.get("path"), (str, os.PathLike)):
            raise not_configured("journal", 'must be a path, or {"path": …, "name": …, "key": …}')
        name = given.get("name", "map")
        if not isinstance(name, str):
            raise not_configured("journal: name", f"must be text, not {type(name).__name__}")
        self._key: Callable[[Any], Any] = given.get("key", _key)
        self._path: str | os.PathLike[str] = given["path"]
        self._name = name
        self._journal: NativeJournal | None = None

    def open(self) -> None:
        """Open the file, or create it."""
        self._journal = NativeJournal(os.fspath(self._path), self._name)

    def of(self, item: Any) -> str:
        """Return the key of an item."""
        key = self._key(item)
        if isinstance(key, str):
            return key
        raise not_configured("journal: key", f"must return text, not {type(key).__name__}")

    def has(self, key: str) -> bool:
        """Return whether an item is done."""
        journal = self._journal
        return journal is not None and journal.contains(key)

    def add(self, key: str) -> None:
        """Add the key of an item that is done, unless the run is over."""
        journal = self._journal
        if journal is not None:
            journal.add(key)

    def close(self) -> None:
        """Force what was written to the disk, and close the file."""
        journal = self._journal
        self._journal = None
        if journal is not None:
            journal.sync()


def _key(item: Any) -> str:
    """Return a key that no other item has."""
    if isinstance(item, str) and not item.startswith('{"item":'):
        return str(item)
    try:
        return encode({"item": item}).decode()
    except Unsendable:
        reason = f"is needed: the items are {type(item).__name__}, which has no JSON"
        raise not_configured("journal: key", reason) from None


class Settings:
    """What both clients' `map` have in common."""

    def __init__(
        self,
        call: Callable[..., Any],
        concurrency: int,
        journal: JournalOption | None,
        on_progress: Callable[[MapProgress], object] | None,
    ) -> None:
        if not callable(call):  # pyright: ignore[reportUnnecessaryComparison]
            raise not_configured("call", f"must be callable, not {type(call).__name__}")
        number: Any = concurrency
        if not isinstance(number, Integral) or not 1 <= int(number) <= 10_000:
            raise not_configured("concurrency", "must be a whole number between 1 and 10000")
        self.concurrency = int(number)
        self._on_progress = on_progress
        self._done = self._failed = self.skipped = 0
        self.keys = None if journal is None else Keys(journal)

    def open(self) -> None:
        """Open the journal."""
        if self.keys is not None:
            self.keys.open()

    def close(self) -> None:
        """Close the journal."""
        if self.keys is not None:
            self.keys.close()

    def progress(self, result: MapResult[Any, Any]) -> None:
        """Report a result."""
        if result.error is None:
            self._done += 1
        else:
            self._failed += 1
        if self._on_progress is not None:
            self._on_progress(MapProgress(self._done, self._failed, self.skipped))


class Results:
    """Results that wait for their turn."""

    def __init__(self, *, ordered: bool) -> None:
        self._ordered = ordered
        self._waiting: dict[int, MapResult[Any, Any]] = {}
        self._next = 0

    def add(self, turn: int, result: MapResult[Any, Any]) -> None:
        """Add the result of the call that was begun as number `turn`."""
        self._waiting[turn] = result

    def ready(self) -> Iterator[MapResult[Any, Any]]:
        """Return the results whose turn it is."""
        while self._waiting:
            turn = self._next if self._ordered else next(iter(self._waiting))
            result = self._waiting.pop(turn, None)
            if result is None:
                return
            self._next += 1
            yield result


class _Workers:
    """The threads of a run. They end with it."""

    def __init__(self, call: Callable[[Any], Any], most: int, keys: Keys | None) -> None:
        self._call = call
        self._most = most
        self._keys = keys
        self._context = copy_context()
        self._closed = threading.Event()
        self._tasks: queue.SimpleQueue[tuple[int, int, Any, str | None] | None] = (
            queue.SimpleQueue()
        )
        self._results: queue.SimpleQueue[tuple[int, MapResult[Any, Any]] | BaseException] = (
            queue.SimpleQueue()
        )
        self._threads: list[threading.Thread] = []
        self.running = 0

    def begin(self, turn: int, index: int, item: Any, key: str | None) -> None:
        """Begin the call for an item."""
        self.running += 1
        self._tasks.put((turn, index, item, key))
        if len(self._threads) < min(self.running, self._most):
            name = f"hundredms-map-{len(self._threads)}"
            thread = threading.Thread(target=self._work, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def next(self) -> tuple[int, MapResult[Any, Any]]:
        """Wait for a result."""
        while True:
            try:
                # Not without end: on Windows, a signal does not interrupt it.
                ended = self._results.get(timeout=0.2)
            except queue.Empty:
                continue
            if isinstance(ended, BaseException):
                raise ended
            self.running -= 1
            return ended

    def close(self) -> None:
        """Cancel what runs, and end the threads."""
        self._closed.set()
        for _ in self._threads:
            self._tasks.put(None)
        # A call of the client ends within a tenth of a second.
        # What else the user's function does, only it can end.
        deadline = time.monotonic() + 2
        for thread in self._threads:
            thread.join(timeout=max(0, deadline - time.monotonic()))

    def _work(self) -> None:
        with run_until(self._closed):
            while (task := self._tasks.get()) is not None:
                if self._closed.is_set():
                    return
                turn, index, item, key = task
                try:
                    result = self._result(index, item, key)
                except BaseException as error:
                    self._results.put(error)
                    return
                self._results.put((turn, result))
                del task, item, result

    def _result(self, index: int, item: Any, key: str | None) -> MapResult[Any, Any]:
        try:
            value = self._context.copy().run(self._value, item)
            if key is not None and self._keys is not None:
                self._keys.add(key)
        except MapClosed:
            raise
        except Exception as error:
            return failed(item, index, error)
        return succeeded(item, index, value)

    def _value(self, item: Any) -> Any:
        with map_item():
            return self._call(item)


def run(
    settings: Settings,
    call: Callable[[ItemT], ValueT],
    items: Iterable[ItemT],
    *,
    ordered: bool,
    stop_on_error: bool,
) -> Generator[MapResult[ItemT, ValueT], None, None]:
    """Make the calls, with threads."""
    keys = settings.keys
    workers = _Workers(call, settings.concurrency, keys)
    results = Results(ordered=ordered)
    source = enumerate(items)
    begun = returned = 0
    more = True
    try:
        settings.open()
        while more or workers.running:
            while more and workers.running < settings.concurrency:
                if ordered and begun - returned >= AHEAD * settings.concurrency:
                    break
                found = next(source, None)
                if found is None:
                    more = False
                    break
                index, item = found
                key = None if keys is None else keys.of(item)
                if keys is not None and key is not None and keys.has(key):
                    settings.skipped += 1
                    continue
                workers.begin(begun, index, item, key)
                begun += 1
                del found, item
            if not workers.running:
                continue
            results.add(*workers.next())
            for result in results.ready():
                returned += 1
                settings.progress(result)
                if stop_on_error and result.error is not None:
                    raise result.error
                yield result
                del result
    finally:
        try:
            workers.close()
        finally:
            settings.close()
