"""The receivers in the examples handle what the service sends, each in its framework."""

from __future__ import annotations

import base64
import http.client
import importlib
import importlib.util
import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .test_webhook_servers import serve_django, uvicorn, werkzeug
from .test_webhooks import SECRET, body

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parents[1] / "examples/receivers"
PATH = "/webhooks/100ms"
RECORDED = body("beam.recording.success", "2", beam_id="b")


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import a receiver anew, with the secret in the environment."""
    monkeypatch.setenv("HMS_WEBHOOK_SECRET", SECRET["x-webhook-secret"])
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_fastapi(module: Any) -> AbstractContextManager[int]:
    return uvicorn(module.app, "on")


def by_flask(module: Any) -> AbstractContextManager[int]:
    return werkzeug(module.app)


def by_django(module: Any) -> AbstractContextManager[int]:
    serve_django(module.urlpatterns)
    wsgi: Any = importlib.import_module("django.core.wsgi")
    return werkzeug(wsgi.get_wsgi_application())


def post(port: int, sent: bytes, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("POST", PATH, sent, {"Content-Type": "application/json", **headers})
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("name", "serve"),
    [("fastapi_app", by_fastapi), ("flask_app", by_flask), ("django_urls", by_django)],
    ids=["fastapi", "flask", "django"],
)
def test_a_receiver_handles_each_event_once_and_refuses_other_senders(
    name: str,
    serve: Callable[[Any], AbstractContextManager[int]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    module = load(name, monkeypatch)
    with serve(module) as port:
        joined = body(user_id="ada")
        assert [post(port, joined, SECRET) for _ in range(2)] == [200, 200]
        assert post(port, body(id="3"), {"x-webhook-secret": "another"}) == 401
        assert post(port, RECORDED, SECRET) == 200
        module.receiver.drain()
    assert capsys.readouterr().out == "ada joined r\nr was recorded\n"


def test_the_receiver_in_a_function_handles_each_event_once_and_refuses_other_senders(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = load("aws_lambda", monkeypatch).handler

    def send(headers: dict[str, str]) -> int:
        event = {
            "version": "2.0",
            "rawPath": PATH,
            "headers": {"content-type": "application/json", **headers},
            "requestContext": {"http": {"method": "POST", "path": PATH, "sourceIp": "127.0.0.1"}},
            "body": base64.b64encode(body(user_id="ada")).decode(),
            "isBase64Encoded": True,
        }
        status: int = json.loads(json.dumps(handler(event, None)))["statusCode"]
        return status

    assert [send(SECRET), send(SECRET), send({})] == [200, 200, 401]
    assert capsys.readouterr().out == "ada joined r\n"


def test_every_receiver_of_the_examples_is_tested() -> None:
    names = {file.stem for file in FOLDER.glob("*.py")}
    assert names == {"fastapi_app", "flask_app", "django_urls", "aws_lambda"}
