"""The sandbox: its fixture, its controls, its command."""

from __future__ import annotations

import asyncio
import hmac
import http.server
import inspect
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import hundredms
from hundredms.sandbox import Sandbox, SandboxError

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
    injected = [(request.status, request.faults) for request in hundredms_sandbox.requests()]
    assert injected == [(503, [fault]), (200, [])]
    hundredms_sandbox.clear_faults()
    assert hundredms_sandbox.faults() == []
    hundredms_sandbox.refuse_connections(0)
    client.rooms.list().first_page()
    with pytest.raises(SandboxError, match="at least one field"):
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
    with pytest.raises(SandboxError) as refused:
        hundredms_sandbox.leave_peer(peer.id)
    assert refused.value.status == 404
    with pytest.raises(SandboxError):
        hundredms_sandbox.control("no_such_control")


def test_a_taken_port_is_an_os_error(hundredms_sandbox: hundredms.Sandbox) -> None:
    port = int(hundredms_sandbox.base_url.split(":")[2].split("/")[0])
    with pytest.raises(OSError, match="in use"):
        hundredms.Sandbox(port=port)


def test_the_command_prints_what_to_paste_and_ends_when_told() -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "hundredms", "sandbox", "--port", "0", "--access-key", "a b"],
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


def test_the_dashboard_is_at_its_url_and_nowhere_else(hundredms_sandbox: hundredms.Sandbox) -> None:
    url = hundredms_sandbox.dashboard_url
    with urllib.request.urlopen(url) as page:
        assert page.headers["content-type"] == "text/html; charset=utf-8"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(url.partition("?")[0])


def test_the_command_prints_the_url_of_the_dashboard() -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "hundredms", "sandbox", "--port", "0", "--dashboard"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert command.stdout is not None
    name, _, url = command.stdout.readline().strip().partition(": ")
    assert name == "Dashboard"
    with urllib.request.urlopen(url) as page:
        assert page.status == 200
    command.send_signal(signal.SIGTERM)
    command.communicate(timeout=10)


class Hook:
    """A server that takes webhooks, and keeps their headers and bodies, and whether `signing-key` signed them."""

    def __init__(self) -> None:
        received: list[tuple[str | None, Any]] = []
        signed: list[bool] = []
        self.received = received
        self.signed = signed

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                signature = hmac.new(b"signing-key", body, "sha256").hexdigest()
                signed.append(self.headers["x-100ms-signature"] == signature)
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
    with pytest.raises(SandboxError):
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


@pytest.mark.parametrize("source", ["arguments", "files", "environment"])
def test_the_command_sends_webhooks(hook: Hook, tmp_path: Path, source: str) -> None:
    (tmp_path / "headers").write_text("\nx-secret: hush\n")
    (tmp_path / "key").write_text("signing-key\n")
    secrets = {
        "arguments": ["--webhook-header", "x-secret: hush"]
        + ["--webhook-signing-key", "signing-key"],
        "files": ["--webhook-header-file", str(tmp_path / "headers")]
        + ["--webhook-signing-key-file", str(tmp_path / "key")],
        "environment": ["--webhook-header-file", str(tmp_path / "headers")],
    }
    key = {"HMS_SANDBOX_WEBHOOK_SIGNING_KEY": "signing-key"} if source == "environment" else {}
    command = subprocess.Popen(
        [sys.executable, "-m", "hundredms", "sandbox", "--port", "0", "--webhook-url", hook.url]
        + secrets[source],
        env={**os.environ, **key},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
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
    assert hook.signed == [True]
    command.send_signal(signal.SIGTERM)
    _, said = command.communicate(timeout=10)
    warned = [line.split(" is visible")[0] for line in said.splitlines()]
    assert warned == [
        f"hundredms: warning: {option}"
        for option in ("--webhook-header", "--webhook-signing-key")
        if source == "arguments"
    ]
    assert "hush" not in said
    assert "signing-key " not in said.replace("--webhook-signing-key ", "")


def run_command(*arguments: str, **environment: str) -> tuple[int, str]:
    """Run the command to its end, and give its exit code and what it says."""
    ended = subprocess.run(
        [sys.executable, "-m", "hundredms", "sandbox", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return ended.returncode, ended.stderr


def test_the_command_says_what_is_wrong(hundredms_sandbox: hundredms.Sandbox) -> None:
    port = hundredms_sandbox.base_url.split(":")[2].split("/")[0]
    for arguments, problem in (
        (["--port", "70000"], "70000 is not in 0..=65535"),
        (["--port", port], f"port {port} at 127.0.0.1 is in use"),
        (["--webhook-signing-key", "hush"], "--webhook-url <URL>"),
        (["--webhook-header", "x: hush"], "--webhook-url <URL>"),
        (["--secret", "hush", "--secret-file", "f"], "cannot be used with"),
        (["--secret-file", "/nowhere/at/all"], "cannot read /nowhere/at/all"),
        (["--port", "0", "--allow-host", "http://a"], "must be a name or an IP address"),
    ):
        code, said = run_command(*arguments)
        assert code > 0
        assert said.startswith("error: ")
        assert problem in said
        assert "hush" not in said
    assert "HMS_SANDBOX_SECRET is empty" in run_command(HMS_SANDBOX_SECRET="")[1]


def test_the_command_warns_of_a_secret_that_shows_in_the_list_of_processes(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    port = hundredms_sandbox.base_url.split(":")[2].split("/")[0]
    _, said = run_command("--port", port, "--secret", "hush")
    assert said.startswith("hundredms: warning: --secret is visible in the process list")
    assert "hush" not in said


@pytest.mark.parametrize("source", ["file", "environment"])
def test_the_command_reads_its_secret_from_a_file_or_the_environment(
    tmp_path: Path, source: str
) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n")
    of_a_file = source == "file"
    command = subprocess.Popen(
        [sys.executable, "-m", "hundredms", "sandbox", "--port", "0"]
        + (["--secret-file", str(file)] if of_a_file else []),
        env={**os.environ, "HMS_SANDBOX_SECRET": "of the environment"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stdout is not None
    lines = [command.stdout.readline().strip() for _ in range(6)]
    secret = "from a file" if of_a_file else "of the environment"
    assert f"export HMS_SECRET='{secret}'" in lines
    command.send_signal(signal.SIGTERM)
    assert command.communicate(timeout=10)[1] == ""


def test_a_port_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="port must be between 0 and 65535, not 70000"):
        hundredms.Sandbox(port=70000)
    with pytest.raises(ValueError, match="must be a name or an IP address"):
        hundredms.Sandbox(allow_hosts=["http://a"])


def test_a_name_that_was_allowed_is_a_host() -> None:
    def status(sandbox: hundredms.Sandbox) -> int:
        url = sandbox.base_url.replace("/v2", "/_sandbox/health")
        request = urllib.request.Request(url, headers={"host": "sandbox.test"})
        try:
            code: int = urllib.request.urlopen(request).status
        except urllib.error.HTTPError as error:
            return error.code
        return code

    with hundredms.Sandbox(allow_hosts=["sandbox.test"]) as open_one, hundredms.Sandbox() as other:
        assert (status(open_one), status(other)) == (200, 403)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.example"}, 403),
        ({"content-type": "text/plain"}, 415),
    ],
    ids=str,
)
def test_a_web_page_can_neither_read_nor_change_anything(
    hundredms_sandbox: hundredms.Sandbox, headers: dict[str, str], status: int
) -> None:
    hundredms_sandbox.seed(rooms=1)
    for control, left in (("stats", 1), ("reset", 0)):
        url = hundredms_sandbox.base_url.replace("/v2", f"/_sandbox/{control}")
        sent = {"content-type": "application/json", **headers}
        request = urllib.request.Request(url, b"{}", sent)
        try:
            with urllib.request.urlopen(request) as answer:
                given = answer.status
        except urllib.error.HTTPError as error:
            given = error.code
        assert given == status
        assert hundredms_sandbox.stats().rooms == (left if status == 200 else 1)


def test_a_seed_without_measure_is_refused_before_it_makes_anything(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    for rooms in (100_001, 2**64 - 1):
        with pytest.raises(SandboxError) as refused:
            hundredms_sandbox.seed(rooms=rooms)
        assert refused.value.status == 400
    assert hundredms_sandbox.stats().rooms == 0


def test_a_rate_limit_answers_429_beyond_it(hundredms_sandbox: hundredms.Sandbox) -> None:
    hundredms_sandbox.rate_limit(2)
    with hundredms_sandbox.client(max_retries=0) as client:
        client.rooms.list().first_page()
        client.rooms.list().first_page()
        with pytest.raises(hundredms.RateLimitedError):
            client.rooms.list().first_page()
        hundredms_sandbox.rate_limit(None)
        client.rooms.list().first_page()


def test_a_snapshot_can_be_dropped(hundredms_sandbox: hundredms.Sandbox) -> None:
    snapshot = hundredms_sandbox.snapshot()
    hundredms_sandbox.drop_snapshot(snapshot)
    with pytest.raises(SandboxError, match="no snapshot has the id"):
        hundredms_sandbox.restore(snapshot)


def test_advancing_the_clock_makes_the_retries_that_are_due(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    hundredms_sandbox.set_webhook(f"http://127.0.0.1:{port}/")
    hundredms_sandbox.send_webhook("beam.failure", data={"a": 1})
    hundredms_sandbox.advance_clock(15)
    (delivery,) = hundredms_sandbox.webhook_deliveries()
    assert (delivery.status, len(delivery.attempts)) == ("failed", 4)
    assert json.loads(delivery.body)["data"] == {"a": 1}


def test_a_presigned_link_leads_to_a_file_of_the_size_of_its_asset(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics-7")
    role = next(iter(client.templates.get(room.template_id).roles))
    hundredms_sandbox.join_peer(room_id=room.id, role=role)
    client.recordings.start(room.id)
    hundredms_sandbox.advance_clock(60)
    client.recordings.stop_all(room.id)
    hundredms_sandbox.advance_clock(120)
    for asset in client.recording_assets.list(room_id=room.id):
        link = client.recording_assets.presigned_url(asset.id)
        with urllib.request.urlopen(link.url) as file:
            assert len(file.read()) == asset.size


def test_a_sandbox_makes_async_clients_too(hundredms_sandbox: hundredms.Sandbox) -> None:
    async def main() -> str:
        async with hundredms_sandbox.async_client(max_retries=0) as client:
            return (await client.rooms.create(name="physics-7")).id

    room_id = asyncio.run(main())
    assert hundredms_sandbox.client().rooms.get(room_id).name == "physics-7"


def test_clients_made_without_arguments_use_the_sandbox_of_the_environment(
    hundredms_env: hundredms.Sandbox,
) -> None:
    hundredms.Client().rooms.create(name="physics-7")
    assert hundredms_env.requests()[-1].operation == "rooms.create"


def test_the_async_fixture_needs_no_plugin_for_event_loops(
    hundredms_async_sandbox: hundredms.AsyncSandbox,
) -> None:
    async def main() -> None:
        async with hundredms_async_sandbox.client() as client:
            await client.rooms.create(name="physics-7")

    asyncio.run(main())
    assert hundredms_async_sandbox.requests()[-1].operation == "rooms.create"


def test_the_reference_has_every_control_with_its_arguments() -> None:
    text = (Path(__file__).parents[2] / "docs/sandbox.md").read_text()
    documented = dict(re.findall(r"^\| `(\w+)` \| (?:`([^`]*)`)? ?\|", text, re.MULTILINE))
    known = {}
    for name in dir(Sandbox):
        if callable(method := getattr(Sandbox, name)) and not name.startswith("_"):
            parameters = list(inspect.signature(method).parameters.values())[1:]
            arguments = []
            for one in parameters:
                optional = one.name if one.default is one.empty else f"[{one.name}]"
                arguments.append(f"{one.name}=" if one.kind is one.KEYWORD_ONLY else optional)
            known[name] = ", ".join(arguments)
    assert documented == known
