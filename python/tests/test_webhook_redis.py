"""Webhooks handled by several processes: the store in a real Redis."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from hundredms import webhooks

from .test_webhooks import SECRET, body


@pytest.fixture(scope="module")
def port() -> Any:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        stdout=subprocess.DEVNULL,
    )
    until = time.monotonic() + 10
    while True:
        try:
            with redis.Redis(port=port) as client:
                client.ping()
            break
        except redis.ConnectionError:
            assert server.poll() is None and time.monotonic() < until
    yield port
    server.terminate()
    server.wait()


@pytest.fixture
def client(port: int) -> Any:
    with redis.Redis(port=port) as client:
        client.flushall()
        yield client


def test_keys_and_values_are_those_of_every_language(client: Any) -> None:
    store = webhooks.RedisStore(client)
    assert store.claim("1", "me", 60) == "new"
    assert client.get("hundredms:webhook:1") == b"me"
    assert 0 < client.pttl("hundredms:webhook:1") <= 60_000
    assert store.claim("1", "other", 60) == "in_progress"
    store.release("1", "other")
    assert store.claim("1", "other", 60) == "in_progress"
    store.release("1", "me")
    assert store.claim("1", "me", 60) == "new"
    store.done("1", 3600)
    assert client.get("hundredms:webhook:1") == b"done"
    assert 3_500_000 < client.pttl("hundredms:webhook:1") <= 3_600_000
    assert store.claim("1", "other", 60) == "done"
    assert webhooks.RedisStore(client, prefix="mine:").claim("1", "me", 60) == "new"
    assert client.get("mine:1") == b"me"


def test_the_async_store_does_the_same(client: Any, port: int) -> None:
    async def main() -> None:
        for decode in (False, True):
            async with redis.asyncio.Redis(port=port, decode_responses=decode) as there:
                store = webhooks.AsyncRedisStore(there, prefix=f"{decode}:")
                assert await store.claim("1", "me", 60) == "new"
                assert await store.claim("1", "other", 60) == "in_progress"
                await store.release("1", "other")
                assert await store.claim("1", "other", 60) == "in_progress"
                await store.release("1", "me")
                assert await store.claim("1", "me", 60) == "new"
                await store.done("1", 3600)
                assert await store.claim("1", "other", 60) == "done"
                assert client.get(f"{decode}:1") == b"done"

    asyncio.run(main())


@pytest.mark.parametrize("decode", [False, True])
def test_a_claim_that_was_sent_twice_finds_its_own_owner(
    client: Any, port: int, decode: bool
) -> None:
    with redis.Redis(port=port, decode_responses=decode) as there:
        store = webhooks.RedisStore(there)
        assert [store.claim("1", "me", 60) for _ in range(2)] == ["new", "new"]
        assert store.claim("1", "other", 60) == "in_progress"

    async def main() -> None:
        async with redis.asyncio.Redis(port=port, decode_responses=decode) as there:
            store = webhooks.AsyncRedisStore(there)
            assert [await store.claim("2", "me", 60) for _ in range(2)] == ["new", "new"]
            assert await store.claim("2", "other", 60) == "in_progress"

    asyncio.run(main())


@contextmanager
def hanging(client: Any) -> Iterator[None]:
    """Let the server stand still: connections are made, and nothing is answered."""
    server = client.info("server")["process_id"]
    os.kill(server, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server, signal.SIGCONT)


def test_a_store_that_hangs_fails_in_time_and_loses_no_event(client: Any, port: int) -> None:
    url = f"redis://127.0.0.1:{port}"
    receiver = webhooks.Receiver(
        headers=SECRET, store=webhooks.RedisStore.from_url(url, timeout=0.2), lease=1
    )
    calls: list[str] = []
    receiver.on("peer.join.success")(lambda event: calls.append(event.id))
    assert receiver.handle(body(id="0"), SECRET).status == 200
    with hanging(client):
        begun = time.monotonic()
        assert receiver.handle(body(), SECRET).status == 500
        assert time.monotonic() - begun < 2

    async def main() -> None:
        store = webhooks.AsyncRedisStore.from_url(url, timeout=0.2)
        other = webhooks.Receiver(headers=SECRET, store=store, lease=1)
        other.on("peer.join.success")(lambda event: calls.append(event.id))
        assert (await other.handle_async(body(id="2"), SECRET)).status == 200
        with hanging(client):
            begun = time.monotonic()
            assert (await other.handle_async(body(id="3"), SECRET)).status == 500
            assert time.monotonic() - begun < 2
        while (await other.handle_async(body(id="3"), SECRET)).status != 200:
            pass
        await store._client.aclose()  # type: ignore[attr-defined]

    asyncio.run(main())
    # A claim that was sent and not answered is given back, or ends with its lease.
    while receiver.handle(body(), SECRET).status != 200:
        pass
    assert calls == ["0", "2", "3", "1"]


def test_a_client_that_would_wait_for_ever_is_warned_of(port: int) -> None:
    with pytest.warns(UserWarning, match="socket_timeout"):
        webhooks.RedisStore(redis.Redis(port=port, socket_timeout=None))


def test_a_claim_that_is_not_heard_of_again_ends_with_its_lease(client: Any) -> None:
    store = webhooks.RedisStore(client)
    assert store.claim("1", "crashed", 0.05) == "new"
    while (state := store.claim("1", "other", 60)) != "new":
        assert state == "in_progress"
    store.release("1", "crashed")
    assert store.claim("1", "third", 60) == "in_progress"


def test_each_store_takes_its_kind_of_client(client: Any, port: int) -> None:
    with pytest.raises(TypeError, match=r"redis.*needs AsyncRedisStore"):
        webhooks.RedisStore(redis.asyncio.Redis(port=port))
    with pytest.raises(TypeError, match=r"redis.*needs RedisStore"):
        webhooks.AsyncRedisStore(client)


def test_a_store_that_is_down_makes_the_service_send_again() -> None:
    receiver = webhooks.Receiver(
        headers=SECRET, store=webhooks.RedisStore(redis.Redis(port=1, retry=Retry(NoBackoff(), 0)))
    )
    receiver.on("peer.join.success")(print)
    assert receiver.handle(body(), SECRET).status == 500


WORKER = """
import sys, redis
from hundredms import webhooks
port, headers = int(sys.argv[1]), {"x-webhook-secret": "a long random text"}
receiver = webhooks.Receiver(headers=headers, store=webhooks.RedisStore(redis.Redis(port=port)))
@receiver.on("peer.join.success")
def joined(event):
    print(event.id)
for line in sys.stdin.buffer:
    while receiver.handle(line.strip(), headers).status != 200:
        pass
"""


def test_four_processes_that_get_every_event_handle_each_once(
    client: Any, port: int, tmp_path: Path
) -> None:
    (tmp_path / "worker.py").write_text(WORKER)
    workers = [
        subprocess.Popen(
            [sys.executable, str(tmp_path / "worker.py"), str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    sent = b"".join(body(id=str(number)) + b"\n" for number in range(300))
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write(sent)
        worker.stdin.close()
        worker.stdin = None
    handled = b"".join(worker.communicate(timeout=60)[0] for worker in workers).split()
    assert sorted(map(int, handled)) == list(range(300))


class Upstash:
    """As the client of Upstash is, which speaks HTTP."""

    def set(self, key: str, value: str, nx: bool = False, px: int | None = None) -> Any: ...
    def get(self, key: str) -> Any: ...
    def eval(self, script: str, keys: list[str], args: list[str]) -> Any: ...
    def pipeline(self) -> Any: ...


class Glide:
    """As the client of valkey-glide is."""

    async def set(self, key: str, value: str, conditional_set: Any = None) -> Any: ...
    async def get(self, key: str) -> Any: ...


class Callbacks:
    """A client of something else."""


@pytest.mark.parametrize("kind", [Upstash, Glide, Callbacks])
def test_a_client_that_does_not_speak_the_interface_is_refused_by_name(kind: Any) -> None:
    for store in (webhooks.RedisStore, webhooks.AsyncRedisStore):
        with pytest.raises(TypeError, match=kind.__name__) as caught:
            store(kind())
        assert "redis" in str(caught.value)


def test_the_client_of_upstash_is_refused_by_name() -> None:
    upstash: Any = pytest.importorskip("upstash_redis")
    with pytest.raises(TypeError, match="upstash_redis"):
        webhooks.RedisStore(upstash.Redis("https://a.example", "token"))
    waiting: Any = pytest.importorskip("upstash_redis.asyncio")
    with pytest.raises(TypeError, match="upstash_redis"):
        webhooks.AsyncRedisStore(waiting.Redis("https://a.example", "token"))


def test_no_script_is_run_so_that_managed_redises_will_do(client: Any, port: int) -> None:
    client.execute_command("ACL", "SETUSER", "default", "-eval", "-evalsha", "-@scripting")
    try:
        receiver = webhooks.Receiver(headers=SECRET, store=webhooks.RedisStore(client))
        calls: list[str] = []

        @receiver.fallback
        def fail_once(event: webhooks.Event[Any]) -> None:
            calls.append(event.id)
            if len(calls) == 1:
                raise KeyError("the database is down")

        assert [receiver.handle(body(), SECRET).status for _ in range(3)] == [500, 200, 200]
        assert calls == ["1", "1"]

        async def main() -> None:
            store = webhooks.AsyncRedisStore.from_url(f"redis://127.0.0.1:{port}")
            assert await store.claim("9", "me", 60) == "new"
            await store.release("9", "other")
            assert await store.claim("9", "other", 60) == "in_progress"
            await store.release("9", "me")
            assert await store.claim("9", "other", 60) == "new"
            await store._client.aclose()  # type: ignore[attr-defined]

        asyncio.run(main())
    finally:
        client.execute_command("ACL", "SETUSER", "default", "+@all")


def test_an_async_store_serves_several_event_loops(client: Any, port: int) -> None:
    store = webhooks.AsyncRedisStore.from_url(f"redis://127.0.0.1:{port}")
    receiver = webhooks.Receiver(headers=SECRET, store=store)
    calls: list[str] = []
    receiver.fallback(lambda event: calls.append(event.id))

    async def main(id: str) -> int:
        answer = await receiver.handle_async(body(id=id), SECRET)
        await store._client.aclose()  # type: ignore[attr-defined]
        return answer.status

    assert [asyncio.run(main(id)) for id in ("1", "2", "1")] == [200, 200, 200]
    assert calls == ["1", "2"]
