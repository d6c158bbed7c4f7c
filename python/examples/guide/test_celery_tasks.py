"""Test the task against a sandbox: `pytest`."""

from __future__ import annotations

# Celery has no types.
# pyright: basic
# --8<-- [start:test]
from collections.abc import Iterator

import pytest
from celery_tasks import get_client, start_recording

from hundredms import Sandbox


@pytest.fixture
def sandbox(hundredms_env: Sandbox) -> Iterator[Sandbox]:
    """Let tasks make a client of this test's sandbox."""
    get_client.cache_clear()
    yield hundredms_env
    get_client.cache_clear()


def test_a_recording_whose_response_is_lost_is_started_once(sandbox: Sandbox) -> None:
    """The task finds the recording that the lost response was about."""
    sandbox.add_fault(
        {"disconnect": "close_after"}, match={"operation": "recordings.start"}, on={"nth": 1}
    )
    room = get_client().rooms.create(name="physics-7")
    sandbox.join_peer(room_id=room.id, role="host")
    started = start_recording.apply(args=[room.id]).get()  # runs it here, without a worker
    recordings = list(get_client().recordings.list(room_id=room.id))
    assert [recording.id for recording in recordings] == [started["id"]]


# --8<-- [end:test]
