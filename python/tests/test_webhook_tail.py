"""Events of the service's history as they come: each once, after a failure and a restart too."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import datetime, timedelta

import pytest

import hundredms
from hundredms import webhooks
from hundredms.sandbox import Sandbox
from hundredms.webhooks import Event, EventData, events


@pytest.fixture
def client(hundredms_sandbox: Sandbox) -> hundredms.Client:
    return hundredms_sandbox.client()


@pytest.fixture
def room(client: hundredms.Client) -> str:
    return client.rooms.create(name="physics-7").id


def leave(sandbox: Sandbox, room: str, peer: str) -> None:
    data = {"session_id": "s", "peer_id": peer, "duration": 60}
    sandbox.record_failed_delivery(room, "peer.leave.success", data=data)


def now(sandbox: Sandbox) -> datetime:
    return sandbox.clock().now


def peer(event: Event[EventData]) -> str:
    assert isinstance(event.data, events.PeerLeaveSuccess)
    assert not event.is_replay
    return event.data.peer_id


def test_the_past_comes_first_then_what_is_new_and_each_event_once(
    hundredms_sandbox: Sandbox, client: hundredms.Client, room: str
) -> None:
    start = now(hundredms_sandbox)
    for name, days in [("ada", 11), ("ben", 8), ("cy", 0)]:
        leave(hundredms_sandbox, room, name)
        hundredms_sandbox.advance_clock(days * 86_400)
    with webhooks.tail(client, start, room_id=room) as tail:
        assert tail.cursor is None
        assert [peer(next(tail)) for _ in range(3)] == ["ada", "ben", "cy"]
        leave(hundredms_sandbox, room, "dan")
        assert peer(next(tail)) == "dan"
    assert list(tail) == []


def test_a_tail_continues_where_another_one_was(
    hundredms_sandbox: Sandbox, client: hundredms.Client, room: str
) -> None:
    start = now(hundredms_sandbox)
    for name in ("ada", "ben"):
        leave(hundredms_sandbox, room, name)
    tail = webhooks.tail(client, start)
    assert peer(next(tail)) == "ada"
    again = webhooks.tail(client, cursor=tail.cursor)
    assert again.cursor == tail.cursor
    assert peer(next(again)) == "ben"
    leave(hundredms_sandbox, room, "cy")
    assert peer(next(webhooks.tail(client, cursor=again.cursor))) == "cy"


def test_looks_that_fail_are_repeated(hundredms_sandbox: Sandbox, room: str) -> None:
    client = hundredms_sandbox.client(max_retries=0)
    start = now(hundredms_sandbox)
    leave(hundredms_sandbox, room, "ada")
    hundredms_sandbox.add_fault(
        {"status": 503}, match={"operation": "analytics.list_webhook_events"}, on={"first": 2}
    )
    assert peer(next(webhooks.tail(client, start))) == "ada"


def test_another_thread_can_close_a_tail_that_waits(client: hundredms.Client, room: str) -> None:
    tail = webhooks.tail(client, room_id=room)
    timer = threading.Timer(0.3, tail.close)
    timer.start()
    began = time.monotonic()
    assert list(tail) == []
    assert time.monotonic() - began < 1.5
    timer.join()


def test_an_async_tail_yields_and_ends_at_once(hundredms_sandbox: Sandbox, room: str) -> None:
    async def follow() -> None:
        async with hundredms_sandbox.async_client() as client:
            start = now(hundredms_sandbox) - timedelta(seconds=1)
            async with webhooks.tail_async(client, start, room_id=room) as tail:
                leave(hundredms_sandbox, room, "ada")
                assert peer(await anext(tail)) == "ada"
                waiting = asyncio.ensure_future(anext(tail, None))
                await asyncio.sleep(0.2)
                with pytest.raises(RuntimeError, match="another task"):
                    await anext(tail)
                began = time.monotonic()
                await tail.aclose()
                assert await waiting is None
                assert time.monotonic() - began < 0.5
            tail = webhooks.tail_async(client, cursor=tail.cursor)
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(anext(tail), 0.3)
            leave(hundredms_sandbox, room, "ben")
            async for event in tail:
                assert peer(event) == "ben"
                break

    asyncio.run(follow())


def test_arguments_that_do_not_fit_are_refused(
    hundredms_sandbox: Sandbox, client: hundredms.Client
) -> None:
    start = now(hundredms_sandbox)
    with pytest.raises(hundredms.InvalidRequestError, match="has no zone"):
        webhooks.tail(client, start.replace(tzinfo=None))
    with pytest.raises(hundredms.InvalidRequestError, match="together with since"):
        webhooks.tail(client, start, cursor="x")
    with pytest.raises(hundredms.InvalidRequestError, match="cursor"):
        next(webhooks.tail(client, cursor="x"))
    with pytest.raises(hundredms.BadRequestError):
        next(webhooks.tail(client, start - timedelta(days=40)))
    with pytest.raises(ValueError, match="must be a Client"):
        webhooks.tail(hundredms_sandbox.async_client())  # type: ignore[arg-type] # pyright: ignore
