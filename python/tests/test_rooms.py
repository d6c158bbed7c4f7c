"""The first calls that a user makes."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

import hundredms


def test_a_room_is_created_found_changed_and_disabled(client: hundredms.Client) -> None:
    room = client.rooms.create(name="physics-7", max_duration_seconds=3600)
    assert room.name == "physics-7"
    assert client.rooms.get(room.id) == room
    assert client.rooms.update(room.id, description="Waves").description == "Waves"
    assert not client.rooms.disable(room.id).enabled
    assert client.rooms.enable(room.id).enabled
    assert [found.id for found in client.rooms.list()] == [room.id]


async def room_story(sandbox: hundredms.Sandbox) -> None:
    async with hundredms.AsyncClient(
        sandbox.access_key, sandbox.secret, base_url=sandbox.base_url, auth_url=sandbox.auth_url
    ) as client:
        room = await client.rooms.create(name="physics-7", max_duration_seconds=3600)
        assert await client.rooms.get(room.id) == room
        assert not (await client.rooms.disable(room.id)).enabled
        assert (await client.rooms.enable(room.id)).enabled
        assert [found.id async for found in client.rooms.list()] == [room.id]


def test_the_async_client_does_the_same(hundredms_sandbox: hundredms.Sandbox) -> None:
    import asyncio

    asyncio.run(room_story(hundredms_sandbox))


def test_the_async_sandbox_makes_async_clients() -> None:
    import asyncio

    async def run() -> None:
        async with hundredms.AsyncSandbox() as sandbox, sandbox.client() as client:
            await client.rooms.create(name="physics-7")
            assert [request.operation for request in sandbox.requests()] == ["rooms.create"]

    asyncio.run(run())


def test_an_unknown_argument_is_refused_before_anything_is_sent(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    with pytest.raises(TypeError):
        client.rooms.create(nmae="physics-7")  # type: ignore[call-arg] # pyright: ignore
    with pytest.raises(hundredms.InvalidRequestError) as refused:
        client.rooms.create(webhook={"url": "https://x.example", "heders": {}})  # type: ignore[arg-type] # pyright: ignore
    assert refused.value.field == "webhook.heders"
    with pytest.raises(hundredms.InvalidRequestError) as refused:
        client.rooms.create(max_duration_seconds=1)
    assert refused.value.field == "max_duration_seconds"
    assert refused.value.attempts == 0
    assert hundredms_sandbox.requests() == []


def test_raw_answers_and_unknown_requests_give_status_headers_and_bytes(
    client: hundredms.Client,
) -> None:
    room = client.rooms.create(name="physics-7")
    raw = client.call_raw("rooms.get", {"room_id": room.id})
    assert raw.status == 200
    assert raw.json()["id"] == room.id
    assert dict(raw.headers)["content-type"].startswith("application/json")
    same = client.request("GET", "/rooms", query={"name": "physics-7", "enabled": True})
    assert same.json()["data"][0]["id"] == room.id
    changed = client.request("POST", f"/rooms/{room.id}", body={"description": "Waves"})
    assert changed.json()["description"] == "Waves"


def test_a_closed_client_says_so(client: hundredms.Client) -> None:
    client.close()
    with pytest.raises(RuntimeError, match="the client is closed"):
        client.rooms.create()


def test_arguments_that_no_call_can_have_are_refused_before_anything_is_sent(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    refused: list[tuple[str, Callable[[], object]]] = [
        ("timeout: must be more than 0 seconds", lambda: client.rooms.create(timeout=0)),
        ("timeout: .* finite", lambda: client.rooms.create(timeout=math.inf)),
        ("max_retries: must be a whole number from 0", lambda: client.rooms.create(max_retries=-1)),
        ("after: has no zone", lambda: client.rooms.list(after=datetime(2024, 1, 1))),
        ("query.a: .* not dict", lambda: client.request("GET", "/x", query={"a": {}})),  # type: ignore[dict-item]
        ("query.a: .* not bytes", lambda: client.request("GET", "/x", query={"a": b""})),
        ("query.a: .* not list", lambda: client.request("GET", "/x", query={"a": [[]]})),  # type: ignore[list-item]
    ]
    for reason, call in refused:
        with pytest.raises(hundredms.InvalidRequestError, match=reason) as raised:
            call()
        assert raised.value.field == reason.partition(":")[0]
    assert hundredms_sandbox.requests() == []


def test_times_are_sent_with_their_zone(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    client.rooms.list(after=datetime(2024, 2, 1, tzinfo=india)).first_page()
    (request,) = hundredms_sandbox.requests()
    assert dict(request.query)["after"] == "2024-01-31T18:30:00.000Z"


def test_a_query_holds_words_numbers_and_lists_of_them(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    client.request(
        "GET", "/rooms", query={"enabled": True, "limit": 10, "x": [1, 0.5, "a"], "start": None}
    )
    (request,) = hundredms_sandbox.requests()
    assert list(request.query) == [
        ("enabled", "true"),
        ("limit", "10"),
        ("x", "1"),
        ("x", "0.5"),
        ("x", "a"),
    ]
