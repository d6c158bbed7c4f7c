"""The sandbox: its fixture, its controls, its command."""

from __future__ import annotations

import asyncio
import http.server
import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

import hundredms
from hundredms.sandbox import ControlError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

seen: list[str] = []


@pytest.mark.parametrize("number", [1, 2])
def test_each_test_has_a_sandbox_of_its_own(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client, number: int
) -> None:
    assert list(client.rooms.list()) == []
    client.rooms.create(name="x")
    seen.append(hundredms_sandbox.base_url)
    assert len(set(seen)) == number


def test_clock_state_and_log_are_driven_from_outside(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    before = hundredms_sandbox.clock()
    assert (hundredms_sandbox.advance_clock(3600).now - before.now).total_seconds() >= 3600
    snapshot = hundredms_sandbox.snapshot()
    assert hundredms_sandbox.seed(rooms=3).rooms == 3
    hundredms_sandbox.restore(snapshot)
    assert hundredms_sandbox.stats().rooms == 0
    client.rooms.create(name="physics-7")
    (request,) = hundredms_sandbox.requests()
    assert (request.operation, request.status, request.token) == ("rooms.create", 200, "management")
    hundredms_sandbox.clear_requests()
    assert hundredms_sandbox.requests() == []
    hundredms_sandbox.reset()
    assert hundredms_sandbox.stats().rooms == 0


def test_what_a_fault_says_goes_wrong_and_is_counted(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    fault = hundredms_sandbox.add_fault(
        {"status": 503, "retry_after": 0}, match={"operation": "rooms.list"}, on={"nth": 1}
    )
    client.rooms.list().first_page()
    (report,) = hundredms_sandbox.faults()
    assert (report.id, report.matched, report.fired) == (fault, 2, 1)
    assert report.fault["effect"] == {"status": 503, "retry_after": 0}
    struck = [(request.status, request.faults) for request in hundredms_sandbox.requests()]
    assert struck == [(503, [fault]), (200, [])]
    hundredms_sandbox.clear_faults()
    assert hundredms_sandbox.faults() == []
    hundredms_sandbox.refuse_connections(0)
    client.rooms.list().first_page()
    with pytest.raises(ControlError, match="nothing"):
        hundredms_sandbox.add_fault({})


def test_peers_tracks_jobs_and_ingestion_are_driven_from_outside(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics-7")
    role = next(iter(client.templates.get(room.template_id).roles))
    peer = hundredms_sandbox.join_peer(room_id=room.id, role=role, name="Ada", user_id="ada")
    track = hundredms_sandbox.publish_track(peer.id, "audio")
    assert hundredms_sandbox.mute_track(track.id, True).mute
    hundredms_sandbox.unpublish_track(track.id)
    job = client.recordings.start(room.id, meeting_url="https://lessons.example/physics-7")
    assert hundredms_sandbox.fail_job(job.id).status == "failed"
    client.templates.update_destinations(
        room.template_id,
        hls_destinations={"live": {"name": "live", "layers": [{"width": 1280, "height": 720}]}},
    )
    client.stream_keys.create(room.id)
    assert hundredms_sandbox.start_rtmp_in(room_id=room.id).room_id == room.id
    hundredms_sandbox.stop_rtmp_in(room_id=room.id)
    assert (
        hundredms_sandbox.report_client_error(room.id, "client.join.failed", peer_id=peer.id)
        == peer.id
    )
    assert hundredms_sandbox.record_failed_delivery(room.id, "peer.leave.success")
    hundredms_sandbox.leave_peer(peer.id)
    with pytest.raises(ControlError) as refused:
        hundredms_sandbox.leave_peer(peer.id)
    assert refused.value.status == 404
    with pytest.raises(ControlError):
        hundredms_sandbox.control("no_such_control")


def test_a_taken_port_is_an_os_error(hundredms_sandbox: hundredms.Sandbox) -> None:
    port = int(hundredms_sandbox.base_url.split(":")[2].split("/")[0])
    with pytest.raises(OSError, match="in use"):
        hundredms.Sandbox(port=port)


def test_the_command_prints_what_to_paste_and_ends_when_told() -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "hundredms.sandbox", "--port", "0", "--access-key", "a b"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stdout is not None
    lines = [command.stdout.readline().strip() for _ in range(6)]
    assert "export HMS_ACCESS_KEY='a b'" in lines
    exports = dict(line[7:].split("=", 1) for line in lines if line.startswith("export "))
    client = hundredms.Client("a b", exports["HMS_SECRET"], base_url=exports["HMS_BASE_URL"])
    assert client.rooms.create(name="physics-7").name == "physics-7"
    command.send_signal(signal.SIGTERM)
    _, errors = command.communicate(timeout=10)
    assert (command.returncode, errors) == (0, "")


class Hook:
    """A server that takes webhooks, and keeps their headers and bodies."""

    def __init__(self) -> None:
        received: list[tuple[str | None, Any]] = []
        self.received = received

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                received.append((self.headers["x-secret"], json.loads(body)))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None: ...

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()
    yield hook
    hook.stop()


def test_webhooks_are_sent_on_demand_and_as_the_state_changes(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client, hook: Hook
) -> None:
    hundredms_sandbox.set_webhook(hook.url, headers={"x-secret": "hush"})
    room = client.rooms.create(name="physics-7")
    id = hundredms_sandbox.send_webhook("beam.failure", room_id=room.id)
    assert hundredms_sandbox.settle_webhooks().due == 0
    ((secret, event),) = hook.received
    assert (secret, event["id"], event["type"]) == ("hush", id, "beam.failure")
    (delivery,) = hundredms_sandbox.webhook_deliveries()
    assert (delivery.event_id, delivery.status, delivery.attempts[0].status) == (
        id,
        "delivered",
        200,
    )
    assert "hush" not in repr(delivery)
    hundredms_sandbox.webhook_faults([{"fault": "drop", "next": 1}])
    hundredms_sandbox.join_peer(
        room_id=room.id, role=next(iter(client.templates.get(room.template_id).roles))
    )
    assert hundredms_sandbox.settle_webhooks().due == 0
    assert {event["type"] for _, event in hook.received[1:]} < {
        "session.open.success",
        "peer.join.success",
    }
    hundredms_sandbox.set_webhook(None)
    with pytest.raises(ControlError):
        hundredms_sandbox.send_webhook("beam.failure", room_id=room.id)


def test_the_async_sandbox_waits_for_webhooks_without_blocking_the_loop(hook: Hook) -> None:
    async def main() -> None:
        async with hundredms.AsyncSandbox() as sandbox:
            sandbox.set_webhook(hook.url)
            sandbox.send_webhook("room.moved", data={"to": "eu"})
            queue = await sandbox.settle_webhooks()
            assert (queue.due, queue.waiting) == (0, 0)

    asyncio.run(main())
    assert hook.received[0][1]["data"] == {"to": "eu"}


WAITING = """
import hundredms, os, signal, socket, sys, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)
sandbox = hundredms.Sandbox()
with socket.create_server(("127.0.0.1", 0)) as silent:
    sandbox.set_webhook(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    sandbox.send_webhook("beam.failure")
    held = silent.accept()  # so the webhook is on its way
    settling = threading.Event()
    sent = []
    def interrupt():
        settling.wait()
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)
    threading.Thread(target=interrupt).start()
    try:
        settling.set()
        sandbox.settle_webhooks(timeout=30)
    except KeyboardInterrupt:
        assert time.monotonic() - sent[0] < 0.2
    else:
        sys.exit("it was not interrupted")
"""


def test_ctrl_c_ends_a_control_that_waits_within_200_ms(
    run_script: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    ended = run_script(WAITING)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_command_sends_webhooks(hook: Hook) -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "hundredms.sandbox", "--port", "0", "--webhook-url", hook.url]
        + ["--webhook-header", "x-secret: hush"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert command.stdout is not None
    lines = [command.stdout.readline().strip() for _ in range(6)]
    exports = dict(line[7:].split("=", 1) for line in lines if line.startswith("export "))
    client = hundredms.Client(
        exports["HMS_ACCESS_KEY"], exports["HMS_SECRET"], base_url=exports["HMS_BASE_URL"]
    )
    room = client.rooms.create(name="physics-7")
    control = f"{exports['HMS_BASE_URL'].removesuffix('/v2')}/_sandbox/send_webhook"
    sent = json.dumps({"type": "beam.failure", "room_id": room.id}).encode()
    declared = {"content-type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(control, sent, declared)).read()
    until = time.monotonic() + 10
    while not hook.received:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert hook.received[0][0] == "hush"
    command.send_signal(signal.SIGTERM)
    command.communicate(timeout=10)
