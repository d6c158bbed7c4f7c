"""Answers that do not fit: whatever is wrong in one, it is a model or an error of this package."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import hundredms
from hundredms._calls import read
from hundredms._model import Model
from hundredms.models import Room

from .conftest import CREDENTIALS, ToldServer
from .test_webhooks import TIMES, changed

FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures"
VALUES: tuple[Any, ...] = (*TIMES[:6], None, 1.5, 10**30, "x", [], {})

CALLS: dict[str, Callable[[hundredms.Client], object]] = {
    "rooms.get": lambda client: client.rooms.get("1"),
    "rooms.list": lambda client: client.rooms.list().first_page(),
    "sessions.get": lambda client: client.sessions.get("1"),
    "recordings.get": lambda client: client.recordings.get("1"),
    "active_rooms.list_peers": lambda client: client.active_rooms.list_peers("1"),
    "external_streams.get": lambda client: client.external_streams.get("1"),
    "analytics.list_webhook_events": lambda client: (
        client.analytics.list_webhook_events().first_page()
    ),
    "polls.get": lambda client: client.polls.get("1"),
}


class Answers(http.server.ThreadingHTTPServer):
    """Answers everything with `body`."""

    body = b""


@pytest.fixture
def answers() -> Iterator[Answers]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.server.body  # type: ignore[attr-defined]
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

        def log_message(self, format: str, *args: Any) -> None: ...

    with Answers(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("operation", CALLS)
def test_whatever_is_wrong_in_an_answer_it_is_a_model_or_an_error_of_ours(
    answers: Answers, operation: str
) -> None:
    call = CALLS[operation]
    example = json.loads((FIXTURES / f"{operation}.json").read_text())["answer"]["body"]
    with hundredms.Client(
        *CREDENTIALS, base_url=f"http://127.0.0.1:{answers.server_port}/v2", max_retries=0
    ) as client:
        for text in changed(example, VALUES):
            answers.body = text.encode()
            try:
                answer = call(client)
            except hundredms.DecodeError:
                continue
            assert isinstance(answer, Model)


@pytest.mark.parametrize(
    ("operation", "method", "changes"),
    [("rooms.get", "GET", False), ("rooms.create", "POST", True)],
)
def test_what_python_cannot_hold_is_an_answer_that_does_not_fit(
    operation: str, method: str, changes: bool
) -> None:
    with pytest.raises(hundredms.DecodeError) as refused:
        read(operation, b'{"id":1}', Room)
    error = refused.value
    assert (error.kind, error.operation, error.method) == ("decode", operation, method)
    assert (error.field, error.may_have_applied) == ("id", changes)
    assert str(error).startswith(
        f"{operation}: id cannot be decoded: Expected `str`, got `int` (decode"
    )


def test_a_text_that_was_cut_within_a_character_does_not_spoil_an_answer(answers: Answers) -> None:
    room = json.loads((FIXTURES / "rooms.get.json").read_text())["answer"]["body"]
    room |= {"name": "n\ud83do", "description": "\ude00", "new\udc00": ["\ud800"]}
    answers.body = json.dumps(room).encode()
    with hundredms.Client(
        *CREDENTIALS, base_url=f"http://127.0.0.1:{answers.server_port}/v2", max_retries=0
    ) as client:
        read_room = client.rooms.get("1")
    mark = "\N{REPLACEMENT CHARACTER}"
    assert (read_room.id, read_room.name, read_room.description) == (
        room["id"],
        f"n{mark}o",
        mark,
    )


def test_an_answer_that_is_too_large_is_refused_at_once(told_server: ToldServer) -> None:
    room = json.loads((FIXTURES / "rooms.get.json").read_text())["answer"]["body"]
    long = json.dumps({**room, "zz": "x" * (8 << 20)})
    many = json.dumps({**room, "zz": [{}] * 300_000})
    for answer, error, phase in (
        (long, hundredms.ConnectionError, "body"),
        (many, hundredms.DecodeError, None),
    ):
        for _ in range(2):
            told_server.will_answer(200, answer)
        with told_server.client() as client, pytest.raises(error) as refused:
            client.rooms.get("1")
        assert refused.value.phase == phase
        # Not fetched again.
        assert len(told_server.replies) == 1
        with told_server.client(max_response_bytes=64 << 20) as client:
            assert client.rooms.get("1").id == room["id"]
