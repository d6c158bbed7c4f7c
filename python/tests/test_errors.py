"""Exceptions: one class per kind, with what is known, fit for queues."""

from __future__ import annotations

import builtins
import copy
import json
import pickle
import signal
import socket
import subprocess
import sys
import traceback
from datetime import datetime, timezone
from pathlib import Path

import pytest

import hundredms
from hundredms import _native
from hundredms._errors import CLASSES

from .conftest import ToldServer, environment

NOON = datetime(2030, 1, 2, 12, tzinfo=timezone.utc)


def test_there_is_one_class_for_each_kind_of_the_core() -> None:
    assert list(CLASSES) == _native.error_kinds()
    for kind, error in CLASSES.items():
        assert error.__name__ == "".join(word.title() for word in kind.split("_")) + "Error"
        assert getattr(hundredms, error.__name__) is error
        assert issubclass(error, hundredms.HundredmsError)


def test_an_error_says_what_is_known(client: hundredms.Client) -> None:
    with pytest.raises(hundredms.NotFoundError) as raised:
        client.rooms.get("66b2d2105c803b002ae4f611")
    error = raised.value
    assert (error.kind, error.status, error.operation) == ("not_found", 404, "rooms.get")
    assert (error.method, error.route, error.attempts) == ("GET", "/rooms/{room_id}", 1)
    assert error.elapsed > 0
    assert "66b2d2105c803b002ae4f611" not in str(error)


@pytest.mark.parametrize("send", [lambda error: pickle.loads(pickle.dumps(error)), copy.copy])
def test_an_error_survives_a_queue(client: hundredms.Client, send: object) -> None:
    with pytest.raises(hundredms.InvalidRequestError) as raised:
        client.rooms.create(max_duration_seconds=5)
    assert callable(send)
    same = send(raised.value)
    assert type(same) is hundredms.InvalidRequestError
    assert str(same) == str(raised.value)
    assert same.__dict__ == raised.value.__dict__


@pytest.mark.parametrize("error", CLASSES.values())
def test_every_class_can_be_pickled(error: type[hundredms.HundredmsError]) -> None:
    made = error("it failed", status=418, details=["a", "b"], retry_after=1.5)
    same = pickle.loads(pickle.dumps(made))
    assert (type(same), str(same), same.__dict__) == (error, "it failed", made.__dict__)


@pytest.mark.parametrize("error", CLASSES.values())
def test_every_class_can_be_made_again_of_its_arguments_as_json(
    error: type[hundredms.HundredmsError],
) -> None:
    check_with = {"operation": "rooms.list", "arguments": {"name": "x"}, "since": NOON.isoformat()}
    made = error("it failed", status=418, details=["a", "b"], check_with=check_with)
    same = error(*json.loads(json.dumps(made.args)))
    assert (str(same), same.__dict__) == ("it failed", made.__dict__)
    assert same.check_with is not None and same.check_with.since == NOON
    assert repr(same) == f"{error.__name__}('it failed')"


TASKS = """
import celery, hundredms, os
folder = os.environ["BROKER_FOLDER"]
app = celery.Celery("tasks", broker="filesystem://", backend="file://" + folder + "/results")
app.conf.broker_transport_options = {
    "data_folder_in": folder + "/queue",
    "data_folder_out": folder + "/queue",
}
@app.task(name="get")
def get(room_id):
    hundredms.Client().rooms.get(room_id)
"""

ASK = """
import hundredms, tasks
try:
    tasks.get.delay("66b2d2105c803b002ae4f611").get(timeout=30)
except hundredms.NotFoundError as error:
    assert type(error) is hundredms.NotFoundError
    assert (error.status, error.operation, error.attempts) == (404, "rooms.get", 1), error.__dict__
    assert error.message and error.message in str(error)
    assert "66b2d2105c803b002ae4f611" not in repr(error)
else:
    raise AssertionError("it was found")
"""


def test_an_error_keeps_what_is_known_through_the_results_of_celery(
    hundredms_sandbox: hundredms.Sandbox, tmp_path: Path
) -> None:
    pytest.importorskip("celery")
    for folder in ("queue", "results"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tasks.py").write_text(TASKS)
    settings = {**environment(hundredms_sandbox), "BROKER_FOLDER": str(tmp_path)}
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "tasks", "worker", "--pool", "prefork"]
        + ["--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "CRITICAL"],
        cwd=tmp_path,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        asked = subprocess.run(
            [sys.executable, "-c", ASK],
            cwd=tmp_path,
            env=settings,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        worker.send_signal(signal.SIGTERM)
        output, _ = worker.communicate(timeout=30)
    assert (asked.returncode, asked.stderr) == (0, ""), output


def test_tracebacks_name_errors_as_users_find_them() -> None:
    errors: list[type[hundredms.HundredmsError]] = [hundredms.HundredmsError, *CLASSES.values()]
    for error in errors:
        assert traceback.format_exception_only(error, error("it failed")) == [
            f"hundredms.{error.__name__}: it failed\n"
        ]
    old = pickle.dumps(hundredms.NotFoundError("it failed"), 0)
    before = old.replace(b"chundredms\n", b"chundredms._errors\n")
    assert before != old
    assert type(pickle.loads(before)) is hundredms.NotFoundError


def test_errors_are_caught_by_the_builtin_class_of_the_same_name() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/v2"
        client = hundredms.Client("key", "secret", base_url=address)
        with pytest.raises(builtins.TimeoutError):
            client.rooms.get("1", timeout=0.1)
    with pytest.raises(builtins.ConnectionError):
        client.rooms.get("1", max_retries=0)
    with pytest.raises(ValueError, match="must not be empty"):
        client.rooms.get("")


def test_a_client_without_credentials_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HMS_ACCESS_KEY", "HMS_SECRET", "APP_ACCESS_KEY", "APP_SECRET"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(hundredms.ConfigurationError, match="no credentials"):
        hundredms.Client()
    with pytest.raises(hundredms.ConfigurationError, match="base_url"):
        hundredms.AsyncClient("key", "secret", base_url="nowhere")


FORGED = "a\\r\\nERROR forged\\u{1b}[2J"


@pytest.mark.parametrize(
    ("answer", "code", "message", "details"),
    [
        ('{"code":[4],"message":"no"}', None, "no", []),
        ('{"code":"x1","message":"no","details":["a"]}', None, "no", ["a"]),
        ('{"code":1e300,"message":"no"}', None, "no", []),
        ('{"code":"400","message":"no"}', 400, "no", []),
        ('{"code":400,"message":["x"],"error":"no"}', 400, "no", []),
        ('{"message":"n\\ud83do"}', None, "n\N{REPLACEMENT CHARACTER}o", []),
        (
            '{"message":"a\\r\\nERROR forged\\u001b[2J","details":["b\\nc"]}',
            None,
            FORGED,
            ["b\\nc"],
        ),
        ("a\r\nERROR forged\x1b[2J", None, FORGED, []),
    ],
)
def test_a_refusal_keeps_what_can_be_read_of_it_on_one_line(
    told_server: ToldServer, answer: str, code: int | None, message: str, details: list[str]
) -> None:
    told_server.will_answer(400, answer)
    with told_server.client() as client, pytest.raises(hundredms.BadRequestError) as raised:
        client.rooms.get("1")
    error = raised.value
    assert (error.code, error.message, [*error.details]) == (code, message, details)
    assert message in str(error)
    assert str(error).isprintable()


def test_an_error_of_a_free_request_holds_nothing_of_its_path(client: hundredms.Client) -> None:
    room_id = "66b2d2105c803b002ae4f611"
    with pytest.raises(hundredms.NotFoundError) as raised:
        client.request("GET", f"/rooms/{room_id}/none", query={"user": "ada-lovelace"})
    error = raised.value
    assert error.route == "/{path}"
    same = pickle.loads(pickle.dumps(error))
    shown = [json.dumps(error.args), pickle.dumps(error, 0).decode("latin-1")]
    for one in (error, same):
        shown += [str(one), repr(one), repr(one.args), repr(vars(one))]
    for text in shown:
        assert room_id not in text
        assert "ada-lovelace" not in text
