"""The sandbox: its fixture, its controls, its command."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

import hundredms
from hundredms.sandbox import ControlError

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
