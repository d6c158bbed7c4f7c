"""What comes beside an answer, and fields that this version does not know."""

from __future__ import annotations

import asyncio
import copy
from typing import Any
from unittest import mock

import pytest

import hundredms
from hundredms.models import Room, RoomList


def test_an_answer_comes_with_status_headers_and_attempts(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    hundredms_sandbox.add_fault({"status": 503}, on={"nth": 1})
    hundredms_sandbox.add_fault({"headers": {"X-Request-Id": "r-7"}}, on={"nth": 2})
    made = client.rooms.with_raw_response.create(name="physics-7")
    assert isinstance(made, hundredms.Response) and isinstance(made.parsed, Room)
    assert made.parsed == client.rooms.get(made.parsed.id)
    assert (made.status, made.attempts, made.request_id) == (200, 2, "r-7")
    content_type = made.header("Content-Type")
    assert content_type is not None and content_type.startswith("application/json")
    assert made.elapsed > 0
    assert "r-7" not in repr(made) and "physics-7" in repr(made)

    listed = client.rooms.with_raw_response.list(limit=10)
    assert isinstance(listed.parsed, RoomList) and listed.parsed.data == [made.parsed]
    assert client.rooms.with_raw_response.disable(made.parsed.id).parsed.enabled is False
    # The client itself goes on giving values.
    assert isinstance(client.rooms.get(made.parsed.id), Room)


def test_async_answers_do_too(hundredms_sandbox: hundredms.Sandbox) -> None:
    async def main() -> None:
        async with hundredms_sandbox.async_client() as client:
            made = await client.rooms.with_raw_response.create(name="physics-7")
            listed = await client.rooms.with_raw_response.list()
            assert (made.status, listed.status) == (200, 200)
            assert listed.parsed.data == [made.parsed]
            with pytest.raises(hundredms.NotFoundError):
                await client.rooms.with_raw_response.get("66b2d2105c803b002ae4f611")

    asyncio.run(main())


def test_operations_with_responses_can_be_patched_copied_and_autospecced(
    client: hundredms.Client,
) -> None:
    responding = client.rooms.with_raw_response
    assert client.rooms.with_raw_response is responding
    assert copy.deepcopy(responding) is responding
    patched: Any = object()
    with mock.patch.object(responding, "create", return_value=patched):
        assert client.rooms.with_raw_response.create() is patched
    assert client.rooms.with_raw_response.create(name="a").status == 200
    spec = mock.create_autospec(hundredms.Client, instance=True)
    spec.rooms.with_raw_response.create(name="a")
    with pytest.raises(TypeError):
        spec.rooms.with_raw_response.create(nmae="a")


def test_an_error_has_what_it_needs_to_be_looked_into(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics-7")
    hundredms_sandbox.add_fault(
        {"disconnect": "close_after"}, match={"operation": "recordings.start"}
    )
    with pytest.raises(hundredms.AmbiguousOutcomeError) as unsure:
        client.recordings.with_raw_response.start(room.id, meeting_url="https://a.example")
    assert client.reconcile(unsure.value).room_id == room.id


def test_fields_that_this_version_does_not_know_are_sent(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics-7").to_dict()
    hundredms_sandbox.clear_requests()
    hundredms_sandbox.add_fault({"status": 200, "body": room})
    client.rooms.create(name="physics-7", extra_body={"new_field": {"a": [1, None]}})
    client.rooms.get(room["id"], extra_query={"fresh": True, "tag": ["a", "b"]})
    with pytest.raises(hundredms.DecodeError):
        client.stream_keys.create("room", extra_body={"why": "lost"})
    created, got, keyed = hundredms_sandbox.requests()
    assert created.body == {"name": "physics-7", "new_field": {"a": [1, None]}}
    assert got.query == [("fresh", "true"), ("tag", "a"), ("tag", "b")]
    assert keyed.body == {"why": "lost"}


def test_every_page_is_asked_for_with_them(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    hundredms_sandbox.seed(rooms=25)
    hundredms_sandbox.clear_requests()
    assert len(list(client.rooms.list(limit=10, extra_query={"fresh": 1}))) == 25
    asked = [dict(seen.query)["fresh"] for seen in hundredms_sandbox.requests()]
    assert len(asked) >= 3 and set(asked) == {"1"}


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda c: c.rooms.create(extra_body={"name": "b"}), "extra_body.name"),
        (lambda c: c.rooms.get("1", extra_query={"a": {}}), "extra_query.a"),
        (lambda c: c.rooms.list(extra_query={"limit": 5}).first_page(), "extra_query.limit"),
        (lambda c: c.rooms.create(extra_body=[1]), "extra_body"),
        (lambda c: c.rooms.create(extra_body={"a": b""}), "extra_body.a"),
    ],
)
def test_what_cannot_be_sent_so_is_refused(
    hundredms_sandbox: hundredms.Sandbox, client: Any, call: Any, field: str
) -> None:
    with pytest.raises(hundredms.InvalidRequestError) as refused:
        call(client)
    assert refused.value.field == field
    assert hundredms_sandbox.requests() == []
