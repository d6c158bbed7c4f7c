"""Many calls: the rate limit, and a call for each of many items."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

import hundredms
from hundredms.models import Room

from .conftest import CREDENTIALS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .conftest import SilentServer


def run_async(run: Any) -> list[Any]:
    async def collected() -> list[Any]:
        return [done async for done in run()]

    return asyncio.run(collected())


def even(item: int) -> int:
    if item % 5 == 3:
        raise ValueError(item)
    time.sleep(0.001 * (item % 4))
    return 2 * item


async def even_async(item: int) -> int:
    if item % 5 == 3:
        raise ValueError(item)
    await asyncio.sleep(0.001 * (item % 4))
    return 2 * item


@pytest.mark.parametrize("ordered", [True, False])
def test_an_error_is_a_result_and_the_others_go_on(ordered: bool) -> None:
    client = hundredms.Client(*CREDENTIALS)
    other = hundredms.AsyncClient(*CREDENTIALS)
    seen: list[hundredms.MapProgress] = []
    results = list(client.map(even, range(100), ordered=ordered, on_progress=seen.append))
    for found in (
        results,
        run_async(lambda: other.map(even_async, range(100), ordered=ordered)),
    ):
        if ordered:
            assert [done.index for done in found] == list(range(100))
        assert sorted(done.item for done in found) == list(range(100))
        for done in found:
            if done.item % 5 == 3:
                assert isinstance(done.error, ValueError) and done.value is None
                with pytest.raises(ValueError, match=str(done.item)):
                    done.unwrap()
            else:
                assert done.unwrap() == 2 * done.item
    assert seen[-1] == hundredms.MapProgress(80, 20, 0) and len(seen) == 100


def test_the_first_error_ends_the_run_if_asked() -> None:
    client = hundredms.Client(*CREDENTIALS)
    found = []
    with pytest.raises(ValueError, match=r"^3$"):
        for done in client.map(even, itertools.count(), stop_on_error=True):
            found.append(done.item)
    assert found == [0, 1, 2]

    async def all_of_it() -> None:
        other = hundredms.AsyncClient(*CREDENTIALS)
        async for done in other.map(even_async, itertools.count(), stop_on_error=True):
            found.append(done.item)

    with pytest.raises(ValueError, match=r"^3$"):
        asyncio.run(all_of_it())
    assert found == [0, 1, 2, 0, 1, 2]


def test_items_are_taken_as_calls_end_and_in_the_thread_that_iterates() -> None:
    client = hundredms.Client(*CREDENTIALS)
    taken = []

    def items() -> Iterator[int]:
        for item in itertools.count():
            assert threading.current_thread() is threading.main_thread()
            taken.append(item)
            yield item

    run = client.map(lambda item: item, items(), concurrency=4)
    for done in itertools.islice(run, 1_000):
        assert len(taken) - done.index <= 4 * 4 + 1
    run.close()
    assert not [thread for thread in threading.enumerate() if "hundredms-map" in thread.name]


def test_an_async_run_takes_async_items_and_few_at_a_time() -> None:
    taken = 0
    running = most = 0

    async def items() -> Any:
        nonlocal taken
        for item in range(500):
            taken += 1
            yield item

    async def call(item: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return item

    async def main() -> None:
        client = hundredms.AsyncClient(*CREDENTIALS)
        count = 0
        async for done in client.map(call, items(), concurrency=5):
            assert done.index == count and taken - count <= 5 * 4 + 1
            count += 1
        assert count == 500 and most <= 5

    asyncio.run(main())


@pytest.mark.parametrize("blocking", [True, False])
def test_what_the_items_raise_ends_the_run(blocking: bool) -> None:
    def items() -> Iterator[int]:
        yield 1
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        if blocking:
            list(hundredms.Client(*CREDENTIALS).map(even, items()))
        else:
            run_async(lambda: hundredms.AsyncClient(*CREDENTIALS).map(even_async, items()))


def test_closing_cancels_the_calls_that_run(silent_server: SilentServer) -> None:
    client = hundredms.Client(*CREDENTIALS, base_url=silent_server.base_url, timeout=60)

    def items() -> Iterator[int]:
        yield from range(4)
        while silent_server.asked < 4:
            time.sleep(0.01)
        raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(client.map(lambda _: client.rooms.create(), items(), concurrency=8))
    assert time.monotonic() - begun < 10
    assert not [thread for thread in threading.enumerate() if "hundredms-map" in thread.name]


def test_closing_an_async_run_cancels_the_calls_that_run(silent_server: SilentServer) -> None:
    cancelled = []

    async def main() -> None:
        client = hundredms.AsyncClient(*CREDENTIALS, base_url=silent_server.base_url, timeout=60)

        async def call(item: int) -> int:
            try:
                if item > 0:
                    await client.rooms.create()
            except asyncio.CancelledError:
                cancelled.append(item)
                raise
            return item

        run = client.map(call, range(4))
        first = await run.__anext__()
        assert first.value == 0
        while silent_server.asked < 3:
            await asyncio.sleep(0.01)
        await run.aclose()

    asyncio.run(main())
    assert sorted(cancelled) == [1, 2, 3]


def test_a_journal_resumes_a_run_and_belongs_to_it(tmp_path: Path) -> None:
    client = hundredms.Client(*CREDENTIALS)
    other = hundredms.AsyncClient(*CREDENTIALS)
    path = tmp_path / "run.ndjson"
    first = list(client.map(even, range(10), journal=path))
    assert len(first) == 10
    seen: list[hundredms.MapProgress] = []
    again = run_async(
        lambda: other.map(even_async, range(12), journal=path, on_progress=seen.append)
    )
    assert [done.item for done in again] == [3, 8, 10, 11]
    assert seen[-1] == hundredms.MapProgress(2, 2, 8)
    with pytest.raises(hundredms.ConfigurationError, match='is of the run "map", not of "other"'):
        next(client.map(even, range(10), journal={"path": path, "name": "other"}))
    keyed: hundredms.Journal = {"path": path, "key": lambda row: row["id"]}
    rows = [{"id": "a"}, {"id": "b"}, {"id": "a"}]
    assert len(list(client.map(len, rows, journal=keyed, concurrency=1))) == 2
    with pytest.raises(hundredms.ConfigurationError, match="journal: key"):
        list(client.map(id, [object()], journal=path))


def test_what_was_done_survives_the_end_of_the_process(tmp_path: Path) -> None:
    path = tmp_path / "run.ndjson"
    script = (
        "import sys, time, hundredms\n"
        "client = hundredms.Client('key', 'secret')\n"
        "for done in client.map(lambda item: time.sleep(0.01), map(str, range(100_000)), journal=sys.argv[1]):\n"
        "    print(done.item, flush=True)\n"
    )
    words = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        done = [process.stdout.readline().strip() for _ in range(200)]
        process.kill()
    with path.open("a") as file:
        file.write('{"done":"9')
    client = hundredms.Client(*CREDENTIALS)
    again = [one.item for one in client.map(str, map(str, range(300)), journal=path)]
    assert not set(done) & set(again)
    # What ran when the process ended is done again.
    assert len(again) <= 100 and again[-1] == "299"


def test_a_run_that_was_not_begun_does_not_keep_its_journal(tmp_path: Path) -> None:
    path = tmp_path / "run.ndjson"
    unused = hundredms.Client(*CREDENTIALS).map(even, [1], journal=path)
    unused_too = hundredms.AsyncClient(*CREDENTIALS).map(even_async, [1], journal=path)
    assert not path.exists()
    assert len(list(hundredms.Client(*CREDENTIALS).map(even, [1], journal=path))) == 1
    del unused, unused_too


@pytest.mark.parametrize("ordered", [True, False])
def test_a_call_that_is_cancelled_by_itself_loses_no_result(ordered: bool) -> None:
    async def call(item: int) -> int:
        if item % 10 == 3:
            task = asyncio.ensure_future(asyncio.sleep(60))
            asyncio.get_running_loop().call_soon(task.cancel)
            await task
        return item

    async def main() -> list[Any]:
        run = hundredms.AsyncClient(*CREDENTIALS).map(call, range(200), ordered=ordered)
        return [done async for done in run]

    if sys.version_info < (3, 11):
        with pytest.raises(RuntimeError, match="was cancelled"):
            asyncio.run(asyncio.wait_for(main(), 20))
        return
    found = asyncio.run(asyncio.wait_for(main(), 20))
    assert len(found) == 200
    for done in found:
        assert isinstance(done.error, RuntimeError) == (done.item % 10 == 3)
        assert done.error is None or isinstance(done.error.__cause__, asyncio.CancelledError)


def test_items_that_are_cancelled_end_the_run() -> None:
    async def items() -> Any:
        yield 1
        raise asyncio.CancelledError

    async def main() -> None:
        async for _ in hundredms.AsyncClient(*CREDENTIALS).map(even_async, items()):
            pass

    with pytest.raises(RuntimeError, match="a task of the run was cancelled"):
        asyncio.run(asyncio.wait_for(main(), 20))


def test_an_async_run_ends_though_a_call_catches_its_cancellation() -> None:
    begun = 0

    async def call(item: int) -> int:
        nonlocal begun
        begun += 1
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0 if item == 0 else 60)
        return item

    async def main() -> None:
        run = hundredms.AsyncClient(*CREDENTIALS).map(call, range(1_000), concurrency=4)
        assert (await run.__anext__()).item == 0
        await asyncio.wait_for(run.aclose(), 20)
        assert begun <= 5 and len(asyncio.all_tasks()) == 1

    asyncio.run(main())


def test_a_consumer_that_is_cancelled_ends_the_run_and_frees_its_journal(tmp_path: Path) -> None:
    path = tmp_path / "run.ndjson"
    ended: list[int] = []

    async def call(item: int) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(item)

    async def consume() -> None:
        async for _ in hundredms.AsyncClient(*CREDENTIALS).map(call, range(9), journal=path):
            pass

    async def main() -> None:
        consumer = asyncio.ensure_future(consume())
        await asyncio.sleep(0.05)
        consumer.cancel()
        with pytest.raises(asyncio.CancelledError):
            await consumer
        assert sorted(ended) == list(range(9)) and len(asyncio.all_tasks()) == 1
        run = hundredms.AsyncClient(*CREDENTIALS).map(even_async, range(9), journal=path)
        assert len([done async for done in run]) == 9

    asyncio.run(main())


def test_items_of_different_kinds_have_different_keys(tmp_path: Path) -> None:
    path = tmp_path / "run.ndjson"
    client = hundredms.Client(*CREDENTIALS)
    items = [
        1,
        "1",
        '{"item":1}',
        '{"item":"{\\"item\\":1}"}',
        True,
        "true",
        None,
        {"a": 1},
        {"a": "1"},
    ]
    found = list(client.map(lambda _: 1, items, journal=path, concurrency=1))
    assert [done.item for done in found] == items
    assert not list(client.map(lambda _: 1, items, journal=path))


def test_closing_waits_once_for_calls_that_cannot_be_ended(tmp_path: Path) -> None:
    path = tmp_path / "run.ndjson"
    goes_on = threading.Event()
    late: list[threading.Thread] = []

    def call(item: int) -> int:
        if item > 0:
            late.append(threading.current_thread())
            goes_on.wait()
        return item

    raised: list[Any] = []
    hook = threading.excepthook
    threading.excepthook = raised.append
    try:
        run = hundredms.Client(*CREDENTIALS).map(call, range(9), concurrency=9, journal=path)
        assert next(run).item == 0
        while len(late) < 8:
            time.sleep(0.01)
        begun = time.monotonic()
        run.close()
        assert time.monotonic() - begun < 4
        goes_on.set()
        for thread in late:
            thread.join()
    finally:
        threading.excepthook = hook
    assert not raised
    # They ended when the journal was closed, and are done again.
    again = list(hundredms.Client(*CREDENTIALS).map(even, range(9), journal=path))
    assert [done.item for done in again] == list(range(1, 9))


def test_options_of_a_run_that_are_none_are_refused() -> None:
    client = hundredms.Client(*CREDENTIALS)
    for wrong in (0, 10_001, 1.5, "8"):
        with pytest.raises(hundredms.ConfigurationError, match="concurrency"):
            client.map(even, [1], concurrency=wrong)  # type: ignore[arg-type] # pyright: ignore
    with pytest.raises(hundredms.ConfigurationError, match="must be callable"):
        client.map(None, [1])  # type: ignore[arg-type] # pyright: ignore
    with pytest.raises(hundredms.ConfigurationError, match="journal"):
        client.map(even, [1], journal={"file": "x"})  # type: ignore[arg-type] # pyright: ignore


def test_a_rate_limit_is_a_number_numbers_by_group_or_adaptive() -> None:
    good: tuple[Any, ...] = (
        5,
        0.5,
        {"rooms": 5, "*": 1},
        "adaptive",
        {"*": "adaptive", "rooms": 10},
    )
    for limit in good:
        hundredms.Client(*CREDENTIALS, rate_limit=limit, max_in_flight=3)
    bad: tuple[tuple[Any, str], ...] = (
        (0, "must be more than 0"),
        (float("nan"), "must be more than 0"),
        (True, "must be requests per second, not bool"),
        ("fast", "adaptive"),
        ({"room": 1}, 'there is no group "room"'),
        ({"rooms": "1"}, "rate_limit: rooms: must be requests per second, not str"),
    )
    for limit, words in bad:
        with pytest.raises(hundredms.ConfigurationError, match=words):
            hundredms.Client(*CREDENTIALS, rate_limit=limit)
    with pytest.raises(hundredms.ConfigurationError, match="needs a rate_limit"):
        hundredms.Client(*CREDENTIALS, rate_limit_redis="redis://localhost")


def test_calls_keep_within_the_rate_limit() -> None:
    with hundredms.Sandbox() as sandbox:
        sandbox.rate_limit(50)
        client = hundredms.Client(
            sandbox.access_key, sandbox.secret, base_url=sandbox.base_url, rate_limit=50
        )
        begun = time.monotonic()
        results = list(client.map(lambda _: client.rooms.create(), range(75)))
        assert time.monotonic() - begun > 1
        assert not [done for done in results if done.error]
        assert {request.status for request in sandbox.requests()} == {200}


def busy(sandbox: hundredms.Sandbox, *, count: int, seconds: int) -> None:
    """Refuse so many calls, and ask for a pause."""
    effect: Any = {"status": 429, "retry_after": seconds}
    sandbox.add_fault(effect, match={"operation": "rooms.create"}, on={"first": count})


def sent(sandbox: hundredms.Sandbox, status: int) -> int:
    return sum(request.status == status for request in sandbox.requests())


@pytest.mark.parametrize("is_async", [False, True])
def test_a_pause_longer_than_the_timeout_delays_a_run_and_fails_no_item(is_async: bool) -> None:
    with hundredms.Sandbox() as sandbox:
        busy(sandbox, count=3, seconds=2)
        seen: list[hundredms.MapProgress] = []
        options: Any = {"base_url": sandbox.base_url, "timeout": 0.8}
        begun = time.monotonic()
        if is_async:
            other = hundredms.AsyncClient(sandbox.access_key, sandbox.secret, **options)

            async def create(_: int) -> Any:
                return await other.rooms.create()

            results = run_async(lambda: other.map(create, range(100), on_progress=seen.append))
        else:
            client = hundredms.Client(sandbox.access_key, sandbox.secret, **options)
            called = client.map(
                lambda _: client.rooms.create(), range(100), on_progress=seen.append
            )
            results = list(called)
        assert time.monotonic() - begun > 2
        assert [done.index for done in results] == list(range(100))
        assert not [done.error for done in results if done.error is not None]
        assert (seen[-1].done, seen[-1].failed) == (100, 0)
        assert sent(sandbox, 200) == 100
        assert sent(sandbox, 429) <= 3


def test_a_run_that_waits_for_the_end_of_a_pause_can_be_closed() -> None:
    with hundredms.Sandbox() as sandbox:
        busy(sandbox, count=1, seconds=3600)
        options: Any = {"base_url": sandbox.base_url, "timeout": 0.8, "max_retries": 0}
        client = hundredms.Client(sandbox.access_key, sandbox.secret, **options)
        calls = client.map(lambda _: client.rooms.create(), range(9), concurrency=1)
        first = next(calls)
        assert isinstance(first.error, hundredms.RateLimitedError)
        interrupt = threading.Timer(1.2, signal.raise_signal, [signal.SIGINT])
        interrupt.start()
        begun = time.monotonic()
        # A process that was started in the background ignores it.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            with pytest.raises(KeyboardInterrupt):
                next(calls)
        finally:
            signal.signal(signal.SIGINT, before)
        calls.close()
        assert 1 < time.monotonic() - begun < 5
        # A call outside of a run fails at once.
        with pytest.raises(hundredms.RateLimitedError) as raised:
            client.rooms.create()
        assert (raised.value.attempts, raised.value.phase) == (0, "queue")
        assert len(sandbox.requests()) == 1


def test_an_async_run_that_waits_for_the_end_of_a_pause_can_be_cancelled() -> None:
    with hundredms.Sandbox() as sandbox:
        busy(sandbox, count=1, seconds=3600)
        options: Any = {"base_url": sandbox.base_url, "timeout": 0.8, "max_retries": 0}
        client = hundredms.AsyncClient(sandbox.access_key, sandbox.secret, **options)

        async def create(_: int) -> Any:
            return await client.rooms.create()

        late: list[asyncio.Task[Any]] = []

        async def leave(item: int) -> None:
            """Start a task that goes on after the item is over."""

            async def later() -> Any:
                await over.wait()
                return await create(item)

            late.append(asyncio.create_task(later()))

        over = asyncio.Event()

        async def run() -> None:
            calls = client.map(create, range(9), concurrency=1)
            first = await anext(calls)
            assert isinstance(first.error, hundredms.RateLimitedError)
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(anext(calls), 1.2)
            await calls.aclose()
            assert [done.error async for done in client.map(leave, [1])] == [None]
            over.set()
            with pytest.raises(hundredms.RateLimitedError):
                await late[0]

        asyncio.run(run())
        assert len(sandbox.requests()) == 1


def test_a_result_without_an_error_has_a_value_for_type_checkers_too(
    client: hundredms.Client,
) -> None:
    def create(name: str) -> Room:
        return client.rooms.create(name=name)

    results = client.map(create, ["a", "b"], ordered=True)
    rooms: list[Room] = [result.value for result in results if result.error is None]
    assert [room.name for room in rooms] == ["a", "b"]
