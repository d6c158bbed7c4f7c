"""Bad days: looking for what an unsure call has left, and cassettes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import hundredms
from hundredms.models import Recording
from hundredms.sandbox import FaultEffect

from .conftest import ToldServer

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


CANARY = "canary-7d31f0"
NAMES = (
    *("secret", "token", "password", "auth", "pwd", "passwd"),
    *("pass", "bearer", "cookie", "sig", "sas", "otp"),
)
REFUSAL = json.dumps(
    {
        "code": 400,
        "message": "no such role",
        "details": [{name: CANARY} for name in NAMES] + [{"name": "x", "value": CANARY}],
        "error": {"token": CANARY},
    }
)
ANSWERS = [
    (200, {"unknown": CANARY, "deep": {CANARY: [CANARY]}, "text": json.dumps({"token": CANARY})}),
    (200, dict.fromkeys(NAMES, CANARY)),
    (200, [CANARY]),
    (200, CANARY),
]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        *((status, json.dumps(answer)) for status, answer in ANSWERS),
        (400, REFUSAL),
        (400, f"\ufeff{REFUSAL}"),
        (400, f"callback({REFUSAL})"),
        (400, json.dumps(REFUSAL)),
        (400, json.dumps([CANARY])),
    ],
)
def test_a_cassette_keeps_what_is_known_to_be_harmless_alone(
    told_server: ToldServer, tmp_path: Path, status: int, answer: str
) -> None:
    path = tmp_path / "calls.json"
    webhook: Any = {
        "url": f"https://user:{CANARY}@hooks.example/events?key={CANARY}",
        "headers": {"x-key": CANARY},
    }
    body = {
        "room_id": "66b2d2105c803b002ae4f611",
        "pairs": [{"name": name, "value": CANARY} for name in NAMES],
        "texts": [CANARY, json.dumps({"token": CANARY})],
        **dict.fromkeys(NAMES, CANARY),
    }
    with told_server.client(
        cassette={"path": path, "mode": "record"}, max_retries=0, user_agent="tests"
    ) as client:
        for call in (
            lambda: client.rooms.create(name="physics-7", webhook=webhook),
            lambda: client.request("POST", "/new", query=dict.fromkeys(NAMES, CANARY), body=body),
            lambda: client.request("POST", "/new", body=json.dumps(CANARY)),
        ):
            told_server.will_answer(status, answer, {"set-cookie": f"s={CANARY}"})
            with contextlib.suppress(hundredms.HundredmsError):
                call()
    recorded = path.read_text()
    assert len(told_server.asked) == 3
    assert len(json.loads(recorded)["exchanges"]) == 3
    assert CANARY not in recorded
    for harmless in ("physics-7", "https://hooks.example/events", "66b2d2105c803b002ae4f611"):
        assert harmless in recorded
    if answer == REFUSAL:
        assert "no such role" in recorded
