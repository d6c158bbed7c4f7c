"""The attendance service: right from webhooks alone, however badly they come."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import urllib.request
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import hundredms
from hundredms import webhooks

from .test_webhook_servers import uvicorn

EXAMPLE = Path(__file__).parents[1] / "examples" / "attendance.py"
SECRET = "a long random text"


def load() -> Any:
    spec = importlib.util.spec_from_file_location("attendance", EXAMPLE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Flaky:
    """A table whose writes fail every third time, before anything is written; counts those that do not."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self._lock = threading.Lock()
        self._calls = 0
        self.failed = 0
        self.effects: Counter[tuple[str, str]] = Counter()

    def _next(self, what: str, peer: str) -> None:
        with self._lock:
            self._calls += 1
            if self._calls % 3 == 0:
                self.failed += 1
                raise ConnectionError("the database is away")
            self.effects[what, peer] += 1

    def came(self, join: Any) -> None:
        self._next("came", join.peer_id)
        self._table.came(join)

    def went(self, leave: Any) -> None:
        self._next("went", leave.peer_id)
        self._table.went(leave)


def settle(sandbox: hundredms.Sandbox) -> None:
    """Let time pass until nothing is on its way, retries included."""
    while (queue := sandbox.settle_webhooks(30)).waiting:
        assert queue.next_attempt_at is not None
        ahead = (queue.next_attempt_at - sandbox.clock().now).total_seconds()
        sandbox.advance_clock(max(ahead, 0) + 0.001)


def test_the_table_is_right_although_webhooks_come_twice_late_again_or_not_at_all(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    attendance = load()
    table = attendance.Table()
    flaky = Flaky(table)
    receiver = attendance.receiver(flaky, SECRET)
    start = hundredms_sandbox.clock().now - timedelta(minutes=1)
    with uvicorn(attendance.service(table, receiver)) as port:
        hundredms_sandbox.set_webhook(
            f"http://127.0.0.1:{port}/webhooks/100ms", headers={"x-webhook-secret": SECRET}
        )
        hundredms_sandbox.webhook_faults(
            [
                {"fault": "drop", "share": 0.1, "seed": 1},
                {"fault": "duplicate", "share": 0.3, "seed": 2, "copies": 3},
                {"fault": "reorder", "share": 0.3, "seed": 3, "behind": 4},
            ]
        )
        room = client.rooms.create(name="physics-7")
        role = next(iter(client.templates.get(room.template_id).roles))
        for visit in range(3):
            peers = [
                hundredms_sandbox.join_peer(room_id=room.id, role=role, user_id=f"user-{number}")
                for number in range(15)
            ]
            hundredms_sandbox.advance_clock(60 + visit)
            for peer in peers:
                hundredms_sandbox.leave_peer(peer.id)
        settle(hundredms_sandbox)
        lost = [one for one in hundredms_sandbox.webhook_deliveries() if one.status == "failed"]
        assert any(one.error_reason for one in lost)
        hundredms_sandbox.webhook_faults([])

        # What was not delivered is replayed by the service; what fails again is fed from its history.
        end = hundredms_sandbox.clock().now + timedelta(seconds=1)
        recovered = webhooks.recover(client, start, end, replay=True)
        assert recovered.found > 0
        assert recovered.workflows
        hundredms_sandbox.advance_clock(60)
        settle(hundredms_sandbox)
        for _ in range(5):
            end = hundredms_sandbox.clock().now + timedelta(seconds=1)
            fed = webhooks.recover(client, start, end, receiver=receiver)
            if not fed.failed:
                break
        assert fed.failed == []

        # Everything once more, as replays.
        client.analytics.replay_webhook_events(start_time=start, end_time=end, status="all")
        hundredms_sandbox.advance_clock(60)
        settle(hundredms_sandbox)

    sessions = list(client.sessions.list(room_id=room.id, active=False))
    expected = {(peer.id, peer.user_id) for session in sessions for peer in session.peers.values()}
    rows = table.rows()
    assert {(peer, user) for peer, _, user, _, _ in rows} == expected
    assert len(rows) == 45
    assert all(joined != "None" and left not in {None, "None"} for _, _, _, joined, left in rows)
    assert set(flaky.effects.values()) == {1}
    assert len(flaky.effects) == 90
    assert flaky.failed > 0
    assert {visits for _, visits in table.minutes().values()} == {3}


def test_the_service_starts_as_its_docs_say() -> None:
    pytest.importorskip("uvicorn")
    docs = load().__doc__
    command = re.search(r"HMS_WEBHOOK_SECRET=… uvicorn (.+)", docs)
    assert command is not None, docs
    started = subprocess.Popen(
        [Path(sys.executable).with_name("uvicorn"), *command[1].split(), "--port", "0"],
        cwd=EXAMPLE.parents[1],
        env={**os.environ, "HMS_WEBHOOK_SECRET": SECRET, "ATTENDANCE": ":memory:"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stderr is not None
    log = ""
    while (found := re.search(r"running on (\S+)", log)) is None:
        line = started.stderr.readline()
        assert line, log
        log += line
    with urllib.request.urlopen(f"{found[1]}/attendance") as answer:
        assert json.load(answer) == []
    started.terminate()
    started.communicate(timeout=20)
