"""Bad days: looking for what an unsure call has left, and cassettes."""

from __future__ import annotations

import asyncio
import pickle
from pathlib import Path
from typing import Any

import pytest

import hundredms
from hundredms.models import Recording
from hundredms.sandbox import FaultEffect

URL = "https://lessons.example/physics-7"


def test_an_unsure_call_says_what_to_look_at_and_the_client_looks(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics-7")
    effects: list[FaultEffect] = [{"disconnect": "close_before"}, {"disconnect": "close_after"}]
    for effect in effects:
        hundredms_sandbox.clear_faults()
        hundredms_sandbox.add_fault(effect, match={"operation": "recordings.start"}, on={"nth": 1})
        with pytest.raises(hundredms.AmbiguousOutcomeError) as unsure:
            client.recordings.start(room.id, meeting_url=URL)
        error = unsure.value
        assert error.check_with is not None
        assert error.check_with.operation == "recordings.list"
        assert error.check_with.arguments == {"room_id": room.id}
        assert error.check_with.since is not None
        recording = client.reconcile(error)
        if effect["disconnect"] == "close_before":
            assert recording is None
        else:
            assert isinstance(recording, Recording)
            assert recording.room_id == room.id

            async def main(error: hundredms.HundredmsError) -> Any:
                async with hundredms.AsyncClient(
                    hundredms_sandbox.access_key,
                    hundredms_sandbox.secret,
                    base_url=hundredms_sandbox.base_url,
                ) as other:
                    return await other.reconcile(error)

            assert asyncio.run(main(error)) == recording
        elsewhere = pickle.loads(pickle.dumps(error))
        assert elsewhere.check_with == error.check_with
        with pytest.raises(hundredms.InvalidRequestError):
            client.reconcile(elsewhere)
        assert URL.encode() not in pickle.dumps(error)


def test_a_cassette_answers_without_service_and_holds_no_secret(
    hundredms_sandbox: hundredms.Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / "rooms.json"
    with hundredms.Client(
        hundredms_sandbox.access_key,
        hundredms_sandbox.secret,
        base_url=hundredms_sandbox.base_url,
        cassette={"path": path, "mode": "record"},
    ) as recording:
        room = recording.rooms.create(name="physics-7")
        key = recording.stream_keys.create(room.id)
    assert key.key not in path.read_text()
    assert hundredms_sandbox.secret not in path.read_text()
    hundredms_sandbox.stop()
    playing = hundredms.Client(cassette={"path": path, "mode": "replay"})
    assert playing.rooms.create(name="physics-7") == room
    with pytest.raises(hundredms.ConfigurationError):
        playing.rooms.get("another")
