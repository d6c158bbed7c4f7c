"""Clients: what they are made with, and what they leave behind."""

from __future__ import annotations

import asyncio
import gc
import inspect
import json
import math
import re
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

import hundredms
from hundredms.resources._lazy import lazy

from .conftest import CREDENTIALS, SilentServer, ToldServer

CLIENTS = [hundredms.Client, hundredms.AsyncClient]


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:9/v2", "https://a.example/v2"])
@pytest.mark.parametrize("client", CLIENTS)
def test_a_ca_file_without_a_certificate_is_refused(
    client: Any, base_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("rubbish")
    with pytest.raises(hundredms.ConfigurationError, match="contains no certificate: it must be"):
        client("key", "secret", base_url=base_url, ca_file=file)


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("timeout", math.inf, "finite"),
        ("connect_timeout", math.nan, "finite"),
        ("max_retries", -1, "must be 0 or more"),
    ],
)
@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_refuses_times_and_counts_that_are_none(
    client: Any, option: str, value: float, reason: str
) -> None:
    with pytest.raises(hundredms.ConfigurationError, match=f"{option}: .*{reason}"):
        client("key", "secret", **{option: value})


@pytest.mark.parametrize("option", ["token", "on_request", "on_response", "on_retry"])
@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_that_its_callback_refers_to_is_collected(client: Any, option: str) -> None:
    class Service:
        def __init__(self) -> None:
            keys = () if option == "token" else ("key", "secret")
            self.client = client(*keys, **{option: self.called})
            self.rooms = self.client.rooms

        def called(self, *_: object) -> str:
            return "token"

    service = Service()
    collected = weakref.ref(service)
    del service
    gc.collect()
    assert collected() is None


def test_a_property_is_made_once_and_holds_no_lock_meanwhile() -> None:
    class Owner:
        made = 0

        @lazy
        def value(self) -> str:
            """Docs."""
            self.made += 1
            if threading.current_thread() is threading.main_thread():
                # Were there a lock, it would wait for this one.
                other = threading.Thread(target=lambda: self.value, daemon=True)
                other.start()
                other.join(10)
            return threading.current_thread().name

    owner = Owner()
    first = owner.value
    assert owner.made == 2
    assert owner.value is first
    assert Owner.value.__doc__ == "Docs."


FORK_WHILE_RECORDING = """
import hundredms, os
client = hundredms.Client(cassette={"path": "rooms.json", "mode": "record"})
client.rooms.create(name="before")
child = os.fork()
if child == 0:
    client.rooms.create(name="of-the-child")
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
client.rooms.create(name="after")
print([room.name for room in client.rooms.list()])
"""


def test_a_forked_child_leaves_the_cassette_to_its_parent(
    run_script: Callable[..., CompletedProcess[str]],
) -> None:
    ended = run_script(FORK_WHILE_RECORDING)
    assert ended.returncode == 0, ended.stderr
    assert "of-the-child" in ended.stdout
    recorded = Path("rooms.json").read_text()
    assert len(json.loads(recorded)["exchanges"]) >= 3
    with hundredms.Client(cassette={"path": "rooms.json", "mode": "replay"}) as played:
        assert played.rooms.create(name="before").name == "before"
        assert played.rooms.create(name="after").name == "after"
        token = played.tokens.auth("1", "host")
        assert played.tokens.verify(token).role == "host"


def test_a_cassette_has_no_other_options() -> None:
    other: Any = {"path": "rooms.json", "mode": "record", "pth": "x"}
    with pytest.raises(hundredms.ConfigurationError, match="cassette: must be"):
        hundredms.Client("key", "secret", cassette=other)
    assert not Path("rooms.json").exists()


@pytest.mark.parametrize("client", CLIENTS)
def test_the_reference_lists_every_option(client: type[Any]) -> None:
    page = Path(__file__).parents[2] / "docs/reference/configuration.md"
    listed = set(
        re.findall(r"^## (\w+)(?:, \w+)? \{", page.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert listed - {"http_client"} == set(inspect.signature(client).parameters)


def test_calls_beyond_the_connections_wait_in_phase_queue(silent_server: SilentServer) -> None:
    async def main() -> None:
        async with hundredms.AsyncClient(
            *CREDENTIALS, base_url=silent_server.base_url, proxy=False, max_connections=2
        ) as client:
            calls = [asyncio.ensure_future(client.rooms.get("1")) for _ in range(2)]
            while silent_server.asked < 2:
                await asyncio.sleep(0.002)
            with pytest.raises(hundredms.TimeoutError) as beyond:
                await client.rooms.get("1", timeout=0.1)
            assert (beyond.value.phase, beyond.value.attempts) == ("queue", 0)
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)

    asyncio.run(main())
    assert (silent_server.accepted, silent_server.asked) == (2, 2)
    with pytest.raises(hundredms.ConfigurationError, match="max_connections"):
        hundredms.Client(*CREDENTIALS, max_connections=0)


def test_a_base_url_on_this_machine_goes_past_a_proxy_though_the_other_does_not(
    told_server: ToldServer, silent_server: SilentServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ALL_PROXY", "HTTPS_PROXY", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("HTTP_PROXY", silent_server.base_url.removesuffix("/v2"))
    told_server.will_answer(404, "{}")
    with hundredms.Client(
        *CREDENTIALS,
        base_url=told_server.base_url,
        auth_url="http://auth.service.test/v2",
        max_retries=0,
        timeout=5,
    ) as client:
        with pytest.raises(hundredms.NotFoundError):
            client.rooms.get("1")
        assert [target for _, target, _ in told_server.asked] == ["/v2/rooms/1"]
        assert silent_server.accepted == 0
        with pytest.raises(hundredms.TimeoutError):
            client.room_codes.auth_token(code="abc-defg-hij", timeout=0.2)
    assert silent_server.asked > 0


@pytest.mark.parametrize("method", ["CONNECT", "connect", "TRACE"])
def test_methods_that_would_hand_the_token_on_are_refused(
    told_server: ToldServer, method: str
) -> None:
    with told_server.client() as client, pytest.raises(hundredms.InvalidRequestError) as refused:
        client.request(method, "/rooms")
    assert refused.value.field == "method"
    assert told_server.asked == []
