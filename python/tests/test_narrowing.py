"""An argument that is there is never dropped where the call would reach more without it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import hundredms
from hundredms.sandbox import Sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Sandbox) -> hundredms.Client:
    sandbox.clear_requests()
    return sandbox.client()


Call = Callable[[hundredms.Client, Any], object]

FILTERS: list[tuple[str, Call]] = [
    ("name", lambda c, value: c.rooms.list(name=value).first_page()),
    ("enabled", lambda c, value: c.rooms.list(enabled=value).first_page()),
    ("after", lambda c, value: c.rooms.list(after=value).first_page()),
    ("room_id", lambda c, value: c.sessions.list(room_id=value).first_page()),
    ("status", lambda c, value: c.recordings.list(status=value).first_page()),
    ("type", lambda c, value: c.recording_assets.list(type=value).first_page()),
    ("role", lambda c, value: c.active_rooms.list_peers("r", role=value)),
    ("peer_id", lambda c, value: c.active_rooms.remove_peers("r", peer_id=value, role="guest")),
    ("user_id", lambda c, value: c.analytics.list_events(room_id="r", user_id=value).first_page()),
    ("start_time", lambda c, value: c.analytics.replay_webhook_events(start_time=value)),
]


@pytest.mark.parametrize(("field", "call"), FILTERS, ids=[name for name, _ in FILTERS])
def test_a_filter_that_is_none_is_refused_and_nothing_is_listed(
    client: hundredms.Client, sandbox: Sandbox, field: str, call: Call
) -> None:
    with pytest.raises(hundredms.InvalidRequestError, match=f"{field}: must not be None") as caught:
        call(client, None)
    assert caught.value.field == field
    assert sandbox.requests() == []


@pytest.mark.parametrize("field", ["peer_id", "role"])
@pytest.mark.parametrize("nothing", [None, ""])
def test_a_message_whose_recipient_is_nothing_is_not_sent_to_everybody(
    client: hundredms.Client, sandbox: Sandbox, field: str, nothing: str | None
) -> None:
    arguments: dict[str, Any] = {field: nothing}
    with pytest.raises(hundredms.InvalidRequestError) as caught:
        client.active_rooms.send_message("r", message="secret", **arguments)
    assert caught.value.field == field
    assert sandbox.requests() == []


@pytest.mark.parametrize("nothing", ["", [], [""]])
def test_a_filter_that_is_empty_is_refused(client: hundredms.Client, nothing: Any) -> None:
    with pytest.raises(hundredms.InvalidRequestError) as caught:
        client.analytics.list_webhook_events(event_names=nothing).first_page()
    assert caught.value.field is not None
    assert caught.value.field.startswith("event_names")


def test_an_argument_that_is_not_given_is_not_sent(
    client: hundredms.Client, sandbox: Sandbox
) -> None:
    room = client.rooms.create(name="physics")
    assert [one.id for one in client.rooms.list(name="physics").first_page().data] == [room.id]
    assert dict(sandbox.requests()[-1].query) == {"name": "physics", "limit": "100"}


def test_types_and_help_say_that_none_is_no_filter() -> None:
    for client in (hundredms.Client, hundredms.AsyncClient):
        resource = "Rooms" if client is hundredms.Client else "AsyncRooms"
        method = getattr(__import__("hundredms.resources.rooms", fromlist=[resource]), resource)
        name = inspect.signature(method.list).parameters["name"]
        assert name.annotation == "str"
        assert repr(name.default) == "ABSENT"
