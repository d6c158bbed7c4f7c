"""Tokens: created, decoded and verified without the network."""

from __future__ import annotations

import base64
import hmac
import json
import math
import time
from datetime import datetime, timedelta, timezone
from email.utils import formatdate
from typing import Any

import pytest

import hundredms

from .conftest import CREDENTIALS, ToldServer
from .test_answers import FIXTURES

DAY = 86_400


@pytest.fixture
def client() -> hundredms.Client:
    return hundredms.Client("access-key", "secret-secret-secret-secret")


def test_an_auth_token_says_what_was_asked_for(client: hundredms.Client) -> None:
    begins = datetime(2030, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
    token = client.tokens.auth(
        "room", "host", user_id="ada", valid_for=timedelta(hours=1), not_before=begins
    )
    claims = client.tokens.decode(token)
    assert (claims.kind, claims.room_id, claims.role, claims.user_id) == (
        "auth",
        "room",
        "host",
        "ada",
    )
    assert claims.not_before == begins
    assert claims.expires_at == begins + timedelta(hours=1)


def test_tokens_are_checked(client: hundredms.Client) -> None:
    assert client.tokens.verify(client.tokens.management(valid_for=60)).kind == "management"
    other = hundredms.Client("access-key", "another-secret-another-secret")
    with pytest.raises(hundredms.AuthenticationError):
        client.tokens.verify(other.tokens.auth("room", "host"))
    with pytest.raises(hundredms.InvalidRequestError):
        client.tokens.decode("not.a.token")


def test_tokens_that_nobody_can_use_are_not_minted(client: hundredms.Client) -> None:
    for room_id, role, valid_for in (("", "host", 60), ("room", "", 60), ("room", "host", 0)):
        with pytest.raises(hundredms.InvalidRequestError):
            client.tokens.auth(room_id, role, valid_for=valid_for)
    with pytest.raises(hundredms.InvalidRequestError, match="user_id: must not be empty; leave"):
        client.tokens.auth("room", "host", user_id="")
    with pytest.raises(hundredms.InvalidRequestError):
        client.tokens.management(valid_for=-1)
    with pytest.raises(hundredms.InvalidRequestError, match="finite"):
        client.tokens.management(valid_for=math.inf)
    with pytest.raises(hundredms.InvalidRequestError, match="not_before: has no zone"):
        client.tokens.auth("room", "host", not_before=datetime(2030, 1, 2))
    ready = hundredms.Client(token=client.tokens.management())
    with pytest.raises(hundredms.ConfigurationError):
        ready.tokens.auth("room", "host")


def test_a_client_takes_its_own_tokens_after_the_sandbox_has_moved_its_clock(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    client = hundredms_sandbox.client()
    room = client.rooms.create()
    for hours in (25, 24 * 40):
        hundredms_sandbox.advance_clock(hours * 3600)
        # Before any call, and by a client that is made then.
        for one in (client, hundredms_sandbox.client()):
            token = one.tokens.auth(room.id, "host")
            assert one.tokens.verify(token).room_id == room.id
            hundredms_sandbox.join_peer(token=token)
        assert client.rooms.get(room.id).id == room.id
        token = client.tokens.auth(room.id, "host")
        assert client.tokens.verify(token).room_id == room.id
        hundredms_sandbox.join_peer(token=token)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "HS256", "crit": ["exp"]},
        {"alg": "HS256", "crit": ["b64"], "b64": True},
        {"alg": "HS256", "b64": False},
        {"alg": "HS256", "zip": "DEF"},
        {"alg": "none"},
        {"alg": "HS512"},
    ],
    ids=json.dumps,
)
def test_a_token_with_a_header_that_is_not_understood_is_refused(
    client: hundredms.Client, header: dict[str, Any]
) -> None:
    def signed(header: dict[str, Any]) -> str:
        claims = {"access_key": "access-key", "type": "management", "exp": 9_999_999_999}
        parts = [json.dumps(part).encode() for part in (header, claims)]
        text = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
        signature = hmac.digest(CREDENTIALS[1].encode(), text, "sha256")
        return (text + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()

    assert client.tokens.verify(signed({"alg": "HS256"})).kind == "management"
    for name, read in (("verify", client.tokens.verify), ("decode", client.tokens.decode)):
        with pytest.raises(hundredms.InvalidRequestError, match=f"^tokens.{name}: "):
            read(signed(header))


def refuse(server: ToldServer, seconds: float | None) -> None:
    """Refuse the next token, with a date so many seconds ahead of this machine's, or without one."""
    date = {} if seconds is None else {"date": formatdate(time.time() + seconds, usegmt=True)}
    server.will_answer(401, '{"code":401,"message":"no"}', date)


def take(server: ToldServer) -> None:
    room = json.loads((FIXTURES / "rooms.get.json").read_text())["answer"]["body"]
    server.will_answer(200, json.dumps(room))


def ahead(client: hundredms.Client) -> float:
    """Give the seconds that the tokens of a client are ahead of this machine's clock, by its own check."""
    issued_at = client.tokens.verify(client.tokens.auth("room", "host")).issued_at
    assert issued_at is not None
    return issued_at.timestamp() + 10 - time.time()


@pytest.mark.parametrize("seconds", [120, -90_000, 30 * DAY, 365 * DAY])
def test_a_client_takes_its_own_tokens_by_the_clock_that_a_401_has_told(
    told_server: ToldServer, seconds: int
) -> None:
    refuse(told_server, seconds)
    take(told_server)
    with told_server.client() as client:
        client.rooms.get("1")
        assert abs(ahead(client) - seconds) < 10


@pytest.mark.parametrize("seconds", [367 * DAY, -367 * DAY, 70 * 365 * DAY])
def test_a_clock_more_than_a_year_away_is_not_learnt(told_server: ToldServer, seconds: int) -> None:
    refuse(told_server, seconds)
    take(told_server)
    with told_server.client() as client:
        client.rooms.get("1")
        assert abs(ahead(client)) < 10


def test_a_learnt_clock_is_forgotten_when_the_next_token_is_refused_too(
    told_server: ToldServer,
) -> None:
    with told_server.client() as client:
        refuse(told_server, 7_200)
        refuse(told_server, 7_200)
        with pytest.raises(hundredms.AuthenticationError):
            client.rooms.get("1")
        assert abs(ahead(client)) < 10
        # Also when it has been good in between.
        refuse(told_server, 7_200)
        take(told_server)
        client.rooms.get("1")
        assert abs(ahead(client) - 7_200) < 10
        refuse(told_server, None)
        take(told_server)
        client.rooms.get("1")
        assert abs(ahead(client)) < 10


def test_a_clock_is_not_learnt_from_another_machine_without_tls(told_server: ToldServer) -> None:
    refuse(told_server, 7_200)
    take(told_server)
    # The proxy stands for whoever is on the way.
    address = "http://api.service.test/v2"
    with told_server.client(base_url=address, proxy=told_server.url) as client:
        client.rooms.get("1")
        assert abs(ahead(client)) < 10
    assert [target for _, target, _ in told_server.asked] == [f"{address}/rooms/1"] * 2
