"""One clause for every call that failed and may have taken effect."""

from __future__ import annotations

import asyncio
import builtins
import json
import pickle
from typing import Any

import pytest

import hundredms
from hundredms._errors import CLASSES

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
