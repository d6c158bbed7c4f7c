"""Gap recovery: what could not be delivered is replayed by the service, or handled from its history."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

import pytest

import hundredms
from hundredms import webhooks
from hundredms.webhooks import Event, events

from .test_webhooks import SECRET

NOW = datetime.now(timezone.utc)


def service() -> tuple[webhooks.Receiver, list[str]]:
    """Make a receiver whose second call fails, and what it has handled."""
    receiver = webhooks.Receiver(headers=SECRET)
    handled: list[str] = []
    calls = 0

    @receiver.on("peer.leave.success")
    def left(event: Event[events.PeerLeaveSuccess]) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyError("the database is down")
        assert event.is_replay
        handled.append(f"{event.data.peer_id} of {event.data.room_id}")

    return receiver, handled


def lose(sandbox: hundredms.Sandbox | hundredms.AsyncSandbox, room: str) -> None:
    """Have the service fail to deliver three webhooks; the last has less data than it should."""
    for peer in ("ada", "bo"):
        data = {"session_id": "s", "peer_id": peer}
        sandbox.record_failed_delivery(room, "peer.leave.success", data=data)
    sandbox.record_failed_delivery(room, "session.open.success", data={"session_id": "s"})


def test_failed_deliveries_are_handled_once_from_the_history(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics-7").id
    lose(hundredms_sandbox, room)
    receiver, handled = service()
    start, end = NOW - timedelta(days=1), NOW + timedelta(hours=1)
    first = webhooks.recover(client, start, end, receiver=receiver)
    assert (first.found, first.handled, first.unhandled, len(first.failed)) == (3, 1, 1, 1)
    again = webhooks.recover(client, start, end, receiver=receiver)
    assert (again.found, again.handled, again.duplicates, again.failed) == (3, 1, 1, [])
    assert sorted(handled) == [f"ada of {room}", f"bo of {room}"]


def test_what_is_missed_can_be_listed_and_what_is_being_handled_is_counted_apart(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics-7").id
    lose(hundredms_sandbox, room)
    start, end = NOW - timedelta(days=1), NOW + timedelta(hours=1)
    missed = webhooks.missed(client, start, end)
    assert [one.payload.event_data["session_id"] for one in missed] == ["s"] * 3
    assert len({one.event_id for one in missed}) == 3
    only = webhooks.missed(client, start, end, event_names=["session.open.success"])
    assert [
        one for one in missed if one.payload.original_event_name == "session.open.success"
    ] == only
    store = webhooks.MemoryStore()
    (left, _) = (one for one in missed if one not in only)
    assert store.claim(left.event_id, "another process", 60) == "new"
    receiver = webhooks.Receiver(headers=SECRET, store=store)
    receiver.on("peer.leave.success")(lambda event: None)
    first = webhooks.recover(client, start, end, receiver=receiver)
    assert (first.handled, first.duplicates, first.in_progress, first.unhandled) == (1, 0, 1, 1)

    async def main() -> None:
        async with hundredms_sandbox_client(hundredms_sandbox) as other:
            assert await webhooks.missed_async(other, start, end) == missed

    asyncio.run(main())
    with pytest.raises(ValueError, match="before"):
        webhooks.missed(client, end, start)


def hundredms_sandbox_client(sandbox: hundredms.Sandbox) -> hundredms.AsyncClient:
    return hundredms.AsyncClient(sandbox.access_key, sandbox.secret, base_url=sandbox.base_url)


def test_a_replay_reads_no_more_of_the_history_than_how_long_it_is(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics-7").id
    for _ in range(70):
        lose(hundredms_sandbox, room)
    hundredms_sandbox.clear_requests()
    start, end = NOW - timedelta(days=1), NOW + timedelta(hours=1)
    replayed = webhooks.recover(client, start, end, replay=True)
    assert (replayed.found, len(replayed.workflows)) == (210, 1)
    assert [request.operation for request in hundredms_sandbox.requests()] == [
        "analytics.list_webhook_events",
        "analytics.replay_webhook_events",
    ]


def test_async_clients_recover_as_well() -> None:
    async def main() -> None:
        async with hundredms.AsyncSandbox() as sandbox, sandbox.client() as client:
            room = (await client.rooms.create(name="physics-7")).id
            lose(sandbox, room)
            receiver, handled = service()
            start, end = NOW - timedelta(days=1), NOW + timedelta(hours=1)
            for _ in range(2):
                await webhooks.recover_async(client, start, end, receiver=receiver)
            assert sorted(handled) == [f"ada of {room}", f"bo of {room}"]
            replayed = await webhooks.recover_async(client, start, end, replay=True)
            assert (replayed.found, len(replayed.workflows)) == (3, 1)

    asyncio.run(main())


def test_long_ranges_are_asked_for_in_windows_of_fourteen_days(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    lose(hundredms_sandbox, client.rooms.create(name="physics-7").id)
    hundredms_sandbox.clear_requests()
    start, end = NOW - timedelta(days=29), NOW + timedelta(hours=1)
    replayed = webhooks.recover(client, start, end, replay=True, event_names=["peer.leave.success"])
    assert (replayed.found, len(replayed.workflows)) == (2, 1)
    asked = [
        dict(request.query)
        for request in hundredms_sandbox.requests()
        if request.operation == "analytics.list_webhook_events"
    ]
    assert len(asked) == 3
    assert [one["end_time"] for one in asked[:-1]] == [one["start_time"] for one in asked[1:]]
    assert {one["event_names"] for one in asked} == {"peer.leave.success"}


def test_what_makes_no_sense_is_refused(client: hundredms.Client) -> None:
    receiver, _ = service()
    start, end = NOW - timedelta(days=1), NOW
    with pytest.raises(ValueError, match="either"):
        webhooks.recover(client, start, end)
    with pytest.raises(ValueError, match="either"):
        webhooks.recover(client, start, end, receiver=receiver, replay=True)
    with pytest.raises(ValueError, match="before"):
        webhooks.recover(client, end, start, replay=True)
    with pytest.raises(ValueError, match="aware"):
        webhooks.recover(client, start.replace(tzinfo=None), end, replay=True)
