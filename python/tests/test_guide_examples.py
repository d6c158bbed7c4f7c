"""The examples that only Python has do what they say, and those with stores."""

from __future__ import annotations

import importlib.util
import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import redis

import hundredms

from .test_webhook_redis import port as redis_port  # noqa: F401

FOLDER = Path(__file__).parents[1] / "examples/guide"
HEADERS = {"x-webhook-secret": "hunter2"}
MISSING = "66b2d2105c803b002ae4f611"


def load(name: str, folder: Path = FOLDER) -> Any:
    """Import an example anew."""
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_example_is_tested_here() -> None:
    names = {file.stem for file in FOLDER.glob("*.py")}
    tested = {
        "fastapi_rooms",
        "celery_tasks",
        "redis_store",
        "sqlite_store",
        "readme",
        "readme_webhooks",
        "own_requests",
    }
    under_pytest = {"test_webhooks", "test_webhooks_async", "test_celery_tasks"}
    assert names == tested | under_pytest  # see test_examples.py


def test_the_code_of_the_readmes_prints_the_rooms(hundredms_env: hundredms.Sandbox) -> None:
    printed = subprocess.check_output(
        [sys.executable, FOLDER / "readme.py"], env=dict(os.environ), encoding="utf-8", timeout=60
    )
    first, *rooms = printed.splitlines()
    assert first.startswith("physics-7 has a token of ")
    assert rooms == ["physics-7", "physics-8"]


def test_requests_of_a_program_and_calls_of_a_client_do_the_same(
    hundredms_env: hundredms.Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("requests")
    pytest.importorskip("jwt")
    load("own_requests").main()
    before, after = capsys.readouterr().out.splitlines()
    assert before == after == "['physics-7'] None"


def test_the_receiver_of_the_readme_notes_who_joined(
    hundredms_sandbox: hundredms.Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HMS_WEBHOOK_SECRET", HEADERS["x-webhook-secret"])
    room = hundredms_sandbox.client().rooms.create()
    with hundredms_sandbox.deliver_to(load("readme_webhooks").app, headers=HEADERS):
        hundredms_sandbox.join_peer(room_id=room.id, role="host", user_id="ada")
    assert capsys.readouterr().out.startswith("ada 20")


def test_the_fastapi_app_returns_rooms_and_answers_404(hundredms_env: hundredms.Sandbox) -> None:
    testclient = pytest.importorskip("fastapi.testclient")
    room = hundredms_env.client().rooms.create(name="physics-7")
    with testclient.TestClient(load("fastapi_rooms").app) as http:
        assert http.get(f"/rooms/{room.id}").json()["name"] == "physics-7"
        assert http.get(f"/rooms/{MISSING}").status_code == 404
        assert "Room" in http.get("/openapi.json").json()["components"]["schemas"]


@pytest.fixture
def tasks(hundredms_env: hundredms.Sandbox, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The tasks of the Celery example, which notes after how long it is retried. Here, this takes no time."""
    pytest.importorskip("celery")
    module = load("celery_tasks")
    module.countdowns = []
    retry = module.start_recording.retry

    def noted(**options: Any) -> Any:
        module.countdowns.append(options["countdown"])
        return retry(**options)

    monkeypatch.setattr(module.start_recording, "retry", noted)
    return module


def start(tasks: Any, sandbox: hundredms.Sandbox) -> list[str]:
    """Run the task for a new room; gives the ids of the recordings that there are then."""
    client = sandbox.client()
    room = client.rooms.create()
    sandbox.join_peer(room_id=room.id, role="host")
    started = tasks.start_recording.apply(args=[room.id]).get()
    recordings = [recording.id for recording in client.recordings.list(room_id=room.id)]
    assert started["id"] in recordings
    return recordings


def test_a_recording_whose_outcome_is_unknown_is_started_once(
    tasks: Any, hundredms_env: hundredms.Sandbox
) -> None:
    hundredms_env.add_fault(
        {"status": 504, "apply": True}, match={"operation": "recordings.start"}, on={"nth": 1}
    )
    assert len(start(tasks, hundredms_env)) == 1
    assert tasks.countdowns == []


def test_a_recording_that_was_not_started_is_started_by_the_retry(
    tasks: Any, hundredms_env: hundredms.Sandbox
) -> None:
    hundredms_env.add_fault({"status": 504}, match={"operation": "recordings.start"}, on={"nth": 1})
    assert len(start(tasks, hundredms_env)) == 1
    assert tasks.countdowns == [30]


def test_a_recording_that_appears_late_is_not_started_again(
    tasks: Any, hundredms_env: hundredms.Sandbox
) -> None:
    hundredms_env.add_fault(
        {"status": 504, "apply": True}, match={"operation": "recordings.start"}, on={"nth": 1}
    )
    # The first two lists look for one that starts or runs; the third is that of `reconcile`.
    hundredms_env.add_fault(
        {"status": 200, "body": '{"limit": 100, "data": []}'},
        match={"operation": "recordings.list"},
        on={"nth": 3},
    )
    assert len(start(tasks, hundredms_env)) == 1
    assert tasks.countdowns == [30]


def test_a_recording_is_started_when_the_last_one_has_stopped(
    tasks: Any, hundredms_env: hundredms.Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = hundredms_env.client()
    room = client.rooms.create()
    hundredms_env.join_peer(room_id=room.id, role="host")
    first = client.recordings.start(room.id, meeting_url="https://a.example")
    hundredms_env.advance_clock(60)
    assert client.recordings.stop(first.id).status == "stopping"
    retry = tasks.start_recording.retry

    def later(**options: Any) -> Any:
        hundredms_env.advance_clock(options["countdown"])
        return retry(**options)

    monkeypatch.setattr(tasks.start_recording, "retry", later)
    started = tasks.start_recording.apply(args=[room.id]).get()
    assert started["id"] != first.id and started["status"] == "starting"
    assert tasks.countdowns == [5]


@pytest.mark.parametrize("nth", [1, 3])
def test_a_recording_is_started_later_if_the_service_refuses_a_list(
    tasks: Any, hundredms_env: hundredms.Sandbox, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    client = hundredms.Client(max_retries=0)
    monkeypatch.setattr(tasks, "get_client", lambda: client)
    hundredms_env.add_fault(
        {"status": 504, "apply": True}, match={"operation": "recordings.start"}, on={"nth": 1}
    )
    hundredms_env.add_fault(
        {"status": 429}, match={"operation": "recordings.list"}, on={"nth": nth}
    )
    assert len(start(tasks, hundredms_env)) == 1
    assert tasks.countdowns == [10]


@pytest.fixture
def sqlite_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("HMS_WEBHOOK_SECRET", HEADERS["x-webhook-secret"])
    monkeypatch.setenv("WEBHOOKS_FILE", str(tmp_path / "webhooks.db"))
    return tmp_path / "webhooks.db"


def test_receivers_that_share_a_sqlite_file_handle_an_event_once(
    sqlite_file: Path, hundredms_sandbox: hundredms.Sandbox
) -> None:
    request = hundredms_sandbox.webhook_request("peer.join.success", headers=HEADERS)
    handled = list[str]()
    for _process in range(2):
        module = load("sqlite_store")
        module.receiver.fallback(lambda event: handled.append(event.id))
        assert module.receiver.handle(request.body, request.headers).status == 200
    assert handled == [request.event_id]


def test_a_claim_in_sqlite_is_of_one_owner_until_it_is_released_done_or_over(
    sqlite_file: Path,
) -> None:
    store, other = (load("sqlite_store").SqliteStore(sqlite_file) for _ in range(2))
    assert store.claim("1", "a", 60) == "new"
    assert store.claim("1", "a", 60) == "new", "its own claim"
    other.release("1", "b")
    assert other.claim("1", "b", 60) == "in_progress"
    store.release("1", "a")
    assert other.claim("1", "b", 0) == "new"
    assert store.claim("1", "c", 60) == "new", "the lease of b is over"
    store.done("1", 60)
    store.release("1", "c")
    assert other.claim("1", "d", 60) == "done"
    store.done("1", 0)
    assert other.claim("1", "e", 60) == "new", "it is forgotten"


def test_an_event_in_sqlite_is_done_although_the_clean_up_fails(sqlite_file: Path) -> None:
    store = load("sqlite_store").SqliteStore(sqlite_file)
    refuse = "SELECT RAISE(ABORT, 'no clean-up')"
    with closing(sqlite3.connect(sqlite_file)) as database:
        database.execute(f"CREATE TRIGGER refuse BEFORE DELETE ON webhooks BEGIN {refuse}; END")
    store.done("1", 0)  # it has expired, and is not forgotten
    store.done("2", 60)
    assert store.claim("2", "a", 60) == "done"


def test_of_claims_in_sqlite_at_once_one_is_new(sqlite_file: Path) -> None:
    module = load("sqlite_store")
    stores = [module.SqliteStore(sqlite_file) for _ in range(8)]
    with ThreadPoolExecutor(len(stores)) as pool:
        for event in range(20):
            claims = pool.map(lambda at: stores[at].claim(str(event), str(at), 60), range(8))  # noqa: B023
            assert sorted(claims) == ["in_progress"] * 7 + ["new"]


def test_receivers_that_share_a_redis_handle_an_event_once(
    redis_port: int,  # noqa: F811
    hundredms_sandbox: hundredms.Sandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HMS_WEBHOOK_SECRET", HEADERS["x-webhook-secret"])
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{redis_port}")
    request = hundredms_sandbox.webhook_request("peer.join.success", headers=HEADERS)
    handled = list[str]()
    for _process in range(2):
        module = load("redis_store")
        module.receiver.fallback(lambda event: handled.append(event.id))
        assert module.receiver.handle(request.body, request.headers).status == 200
        module.store._client.close()
    assert handled == [request.event_id]


def test_the_client_of_the_example_of_bulk_shares_its_limit(
    redis_port: int,  # noqa: F811
    hundredms_env: hundredms.Sandbox,
) -> None:
    client = load("bulk", FOLDER.parent).shared_client(f"redis://127.0.0.1:{redis_port}")
    with redis.Redis(port=redis_port) as server:
        client.rooms.create(name="shared")
        # The first calls do not wait until Redis is connected.
        while not server.keys("hundredms:rate:*"):
            client.rooms.create(name="shared")
