"""Exceptions: one class per kind, with what is known, fit for queues."""

from __future__ import annotations

import builtins
import copy
import pickle
import socket

import pytest

import hundredms
from hundredms import _native
from hundredms._errors import CLASSES


def test_there_is_one_class_for_each_kind_of_the_core() -> None:
    assert list(CLASSES) == _native.error_kinds()
    for kind, error in CLASSES.items():
        assert error.__name__ == "".join(word.title() for word in kind.split("_")) + "Error"
        assert getattr(hundredms, error.__name__) is error
        assert issubclass(error, hundredms.HundredMsError)


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
def test_every_class_can_be_pickled(error: type[hundredms.HundredMsError]) -> None:
    made = error("it failed", status=418, details=["a", "b"], retry_after=1.5)
    same = pickle.loads(pickle.dumps(made))
    assert (type(same), str(same), same.__dict__) == (error, "it failed", made.__dict__)


def test_errors_with_a_builtin_namesake_are_caught_by_it() -> None:
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
