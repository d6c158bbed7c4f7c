"""One clause for every call that failed and may have taken effect."""

from __future__ import annotations

import asyncio
import builtins
import json
import pickle
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

import hundredms
from hundredms import models
from hundredms._errors import CLASSES

if TYPE_CHECKING:
    from typing_extensions import assert_type

    async def reconcile_has_the_type_that_it_is_given(
        client: hundredms.Client, other: hundredms.AsyncClient, error: hundredms.HundredmsError
    ) -> None:
        assert_type(client.reconcile(error, models.Room), models.Room | None)
        assert_type(await other.reconcile(error, models.Room), models.Room | None)
        assert_type(client.reconcile(error), Any)


UNSURE: dict[str, tuple[Any, tuple[type[Exception], ...], str]] = {
    "500": ({"status": 500}, (hundredms.ServerError,), "server"),
    "503": ({"status": 503}, (hundredms.ServerError,), "server"),
    "502": ({"status": 502}, (hundredms.ServerError,), "ambiguous_outcome"),
    "504": ({"status": 504}, (hundredms.ServerError,), "ambiguous_outcome"),
    "408": ({"status": 408}, (), "ambiguous_outcome"),
    "no JSON": ({"status": 200, "body": "{"}, (hundredms.DecodeError,), "decode"),
    "lost": (
        {"disconnect": "close_after"},
        (hundredms.ConnectionError, builtins.ConnectionError),
        "ambiguous_outcome",
    ),
    "late": (
        {"delay_answer_ms": 5000},
        (hundredms.TimeoutError, builtins.TimeoutError),
        "ambiguous_outcome",
    ),
}


@pytest.mark.parametrize("blocking", [True, False])
@pytest.mark.parametrize("name", UNSURE)
def test_one_clause_catches_every_call_that_may_have_taken_effect(
    hundredms_sandbox: hundredms.Sandbox, name: str, blocking: bool
) -> None:
    effect, classes, kind = UNSURE[name]
    with hundredms_sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
    hundredms_sandbox.add_fault(effect, match={"operation": "recordings.start"})

    async def start() -> None:
        async with hundredms_sandbox.async_client(timeout=0.5) as client:
            await client.recordings.start(room.id, meeting_url="https://a.example")

    with pytest.raises(hundredms.AmbiguousOutcomeError) as caught:
        if blocking:
            client = hundredms_sandbox.client(timeout=0.5)
            client.recordings.start(room.id, meeting_url="https://a.example")
        else:
            asyncio.run(start())
    error = caught.value
    assert error.may_have_applied and error.kind == kind
    for other in (hundredms.ServerError, hundredms.DecodeError, hundredms.TimeoutError):
        assert isinstance(error, other) == (other in classes), (name, other)
    assert all(isinstance(error, of) for of in classes)


@pytest.mark.parametrize("effect", [{"status": 503}, {"status": 200, "body": "{"}, {"status": 400}])
def test_a_call_that_changes_nothing_is_not_caught_by_it(
    hundredms_sandbox: hundredms.Sandbox, effect: Any
) -> None:
    hundredms_sandbox.add_fault(effect)
    with pytest.raises(hundredms.HundredmsError) as caught:
        hundredms_sandbox.client(max_retries=0).rooms.get("1")
    assert not isinstance(caught.value, hundredms.AmbiguousOutcomeError)
    assert not caught.value.may_have_applied
    with pytest.raises(hundredms.InvalidRequestError, match="a call that has changed nothing"):
        hundredms_sandbox.client().reconcile(caught.value)


CALLS: list[tuple[str, type[Any], Callable[[hundredms.Client, str], object]]] = [
    ("rooms.create", models.Room, lambda client, _: client.rooms.create(name="history-2")),
    (
        "recordings.start",
        models.Recording,
        lambda client, room: client.recordings.start(room, meeting_url="https://a.example"),
    ),
    (
        "live_streams.start",
        models.LiveStream,
        lambda client, room: client.live_streams.start(room, meeting_url="https://a.example"),
    ),
    (
        "external_streams.start",
        models.ExternalStream,
        lambda client, room: client.external_streams.start(
            room, meeting_url="https://a.example", rtmp_urls=["rtmp://a.example/live"]
        ),
    ),
    ("stream_keys.create", models.StreamKey, lambda client, room: client.stream_keys.create(room)),
    ("templates.create", models.Template, lambda client, _: client.templates.create(name="own")),
]


@pytest.mark.parametrize(("operation", "model", "call"), CALLS, ids=[call[0] for call in CALLS])
def test_what_a_failed_call_made_is_found_as_what_the_call_returns(
    hundredms_sandbox: hundredms.Sandbox,
    operation: str,
    model: type[Any],
    call: Callable[[hundredms.Client, str], object],
) -> None:
    with hundredms_sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        hundredms_sandbox.add_fault({"disconnect": "close_after"}, match={"operation": operation})
        with pytest.raises(hundredms.AmbiguousOutcomeError) as caught:
            call(client, room.id)
        assert isinstance(client.reconcile(caught.value, model), model)


def test_the_type_that_reconcile_is_given_must_be_that_of_the_call(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    hundredms_sandbox.add_fault({"disconnect": "close_after"}, match={"operation": "rooms.create"})
    with hundredms_sandbox.client() as client:
        with pytest.raises(hundredms.AmbiguousOutcomeError) as caught:
            client.rooms.create(name="physics-7")
        hundredms_sandbox.clear_requests()
        said = "model: must be what rooms.create returns, which is Room, not Recording"
        with pytest.raises(hundredms.InvalidRequestError, match=said):
            client.reconcile(caught.value, models.Recording)
        assert hundredms_sandbox.requests() == []
        room = client.reconcile(caught.value, models.Room)
        assert room is not None
        assert room.name == "physics-7"
        with pytest.raises(hundredms.AmbiguousOutcomeError) as caught:
            client.call_raw("rooms.create", {"name": "history-2"})
        raw = client.reconcile(caught.value, dict[str, Any])
        assert raw is not None
        assert raw["name"] == "history-2"


@pytest.mark.parametrize("plain", CLASSES.values())
def test_such_errors_survive_queues_and_are_named_as_users_find_them(
    plain: type[hundredms.HundredmsError],
) -> None:
    error = plain("it failed", may_have_applied=True, kind="ambiguous_outcome", status=504)
    assert isinstance(error, plain) and isinstance(error, hundredms.AmbiguousOutcomeError)
    name = type(error).__name__
    assert name in {plain.__name__, f"Ambiguous{plain.__name__}"}
    assert getattr(hundredms, name) is type(error)
    same = pickle.loads(pickle.dumps(error))
    assert (type(same), same.__dict__) == (type(error), error.__dict__)
    made_of_json = type(error)(*json.loads(json.dumps(error.args)))
    assert made_of_json.__dict__ == error.__dict__
    assert type(plain("it failed")) is plain
