"""Jobs: several calls that do one thing, with progress, one deadline, and an end at once."""

from __future__ import annotations

import asyncio
import contextvars
import signal
import threading
import time
from typing import Any

import pytest

import hundredms
from hundredms.models import WaitProgress

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="none")


@pytest.fixture
def client(hundredms_sandbox: hundredms.Sandbox) -> hundredms.Client:
    return hundredms_sandbox.client()


def recorded(client: hundredms.Client, sandbox: hundredms.Sandbox, *, people: bool = False) -> str:
    """Start a recording, and let it run. With people in the room it does not end by itself."""
    room = client.rooms.create(name="physics-7")
    if people:
        sandbox.join_peer(room_id=room.id, role="host")
    recording = client.recordings.start(room.id, meeting_url="https://meet.example/stage")
    sandbox.advance_clock(600 if people else 5)
    return recording.id


def test_a_wait_takes_no_real_time_in_a_sandbox(
    client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox
) -> None:
    recording_id = recorded(client, hundredms_sandbox)
    client.recordings.stop(recording_id)
    seen: list[tuple[WaitProgress, str]] = []
    request_id.set("7")
    began = time.monotonic()
    recording = client.recordings.wait(
        recording_id, on_progress=lambda progress: seen.append((progress, request_id.get()))
    )
    assert time.monotonic() - began < 3
    assert recording.status == "completed"
    assert [progress.looks for progress, _ in seen] == list(range(1, len(seen) + 1))
    assert seen[0][0].state == "stopping"
    assert seen[-1][0].state == "completed"
    assert seen[-1][0].elapsed > 10
    assert {context for _, context in seen} == {"7"}


def test_a_job_that_cannot_end_well_has_an_error_of_its_own(
    client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox
) -> None:
    recording_id = recorded(client, hundredms_sandbox)
    hundredms_sandbox.fail_job(recording_id)
    with pytest.raises(
        hundredms.JobFailedError, match=f"recording {recording_id} ended as failed, not completed"
    ) as raised:
        client.recordings.wait(recording_id)
    assert raised.value.kind == "job_failed"
    assert raised.value.state == "failed"
    assert raised.value.operation == "recordings.wait"


def test_the_error_of_a_timeout_has_the_last_state(
    client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox
) -> None:
    recording_id = recorded(client, hundredms_sandbox, people=True)
    began = time.monotonic()
    with pytest.raises(hundredms.TimeoutError) as raised:
        client.recordings.wait(recording_id, timeout=0.4)
    assert 0.3 < time.monotonic() - began < 3
    assert raised.value.state == "running"


def test_what_the_callback_raises_ends_the_job(
    client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox
) -> None:
    recording_id = recorded(client, hundredms_sandbox, people=True)

    def enough(_: WaitProgress) -> None:
        raise LookupError("enough")

    began = time.monotonic()
    with pytest.raises(LookupError, match="enough"):
        client.recordings.wait(recording_id, on_progress=enough)

    async def main() -> None:
        async with hundredms_sandbox.async_client() as client:
            with pytest.raises(LookupError, match="enough"):
                await client.recordings.wait(recording_id, on_progress=enough)

    asyncio.run(main())
    assert time.monotonic() - began < 5
    seen = len(hundredms_sandbox.requests())
    time.sleep(1.5)
    assert len(hundredms_sandbox.requests()) == seen


def test_a_task_that_is_cancelled_ends_its_job(
    client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox
) -> None:
    recording_id = recorded(client, hundredms_sandbox, people=True)

    async def main() -> None:
        seen: list[str] = []
        async with hundredms_sandbox.async_client() as client:

            async def wait() -> None:
                request_id.set("of the task")
                await client.recordings.wait(
                    recording_id, on_progress=lambda _: seen.append(request_id.get())
                )

            task = asyncio.create_task(wait())
            while not seen:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert set(seen) == {"of the task"}

    asyncio.run(main())
    seen = len(hundredms_sandbox.requests())
    time.sleep(1.5)
    assert len(hundredms_sandbox.requests()) == seen


def test_a_signal_interrupts_a_blocking_job(
    client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox
) -> None:
    recording_id = recorded(client, hundredms_sandbox, people=True)

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            client.recordings.wait(recording_id)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - began < 1.5


def test_other_threads_go_on_while_a_job_runs(
    client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox
) -> None:
    recording_id = recorded(client, hundredms_sandbox, people=True)
    found: list[str] = []
    thread = threading.Thread(
        target=lambda: found.append(client.recordings.wait(recording_id, timeout=20).status)
    )
    thread.start()
    client.recordings.stop(recording_id)
    thread.join(20)
    assert found == ["completed"]


@pytest.mark.parametrize("callback", ["text", 7])
def test_a_callback_that_cannot_be_called_is_refused(
    client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox, callback: Any
) -> None:
    with pytest.raises(hundredms.InvalidRequestError, match="on_progress: must be callable"):
        client.recordings.wait("0123456789abcdef01234567", on_progress=callback)

    async def later(_: WaitProgress) -> None: ...

    with pytest.raises(hundredms.InvalidRequestError, match="must not be async"):
        client.recordings.wait("0123456789abcdef01234567", on_progress=later)
    assert hundredms_sandbox.requests() == []


def test_hooks_see_the_calls_of_a_job(hundredms_sandbox: hundredms.Sandbox) -> None:
    seen: list[str] = []
    client = hundredms.Client(
        access_key=hundredms_sandbox.access_key,
        secret=hundredms_sandbox.secret,
        base_url=hundredms_sandbox.base_url,
        on_request=lambda view: seen.append(view.operation),
    )
    recording_id = recorded(client, hundredms_sandbox)
    client.recordings.stop(recording_id)
    seen.clear()
    client.recordings.wait(recording_id)
    assert set(seen) == {"recordings.get"}
