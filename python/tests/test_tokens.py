"""Tokens: minted, read and checked without the network."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta, timezone

import freezegun
import pytest

import hundredms


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
    assert client.tokens.check(client.tokens.management(valid_for=60)).kind == "management"
    other = hundredms.Client("access-key", "another-secret-another-secret")
    with pytest.raises(hundredms.AuthenticationError):
        client.tokens.check(other.tokens.auth("room", "host"))
    with pytest.raises(hundredms.InvalidRequestError):
        client.tokens.decode("not.a.token")


def test_tokens_that_nobody_can_use_are_not_minted(client: hundredms.Client) -> None:
    for room_id, role, valid_for in (("", "host", 60), ("room", "", 60), ("room", "host", 0)):
        with pytest.raises(hundredms.InvalidRequestError):
            client.tokens.auth(room_id, role, valid_for=valid_for)
    with pytest.raises(hundredms.InvalidRequestError):
        client.tokens.management(valid_for=-1)
    with pytest.raises(hundredms.InvalidRequestError, match="not infinite"):
        client.tokens.management(valid_for=math.inf)
    with pytest.raises(hundredms.InvalidRequestError, match="not_before: has no zone"):
        client.tokens.auth("room", "host", not_before=datetime(2030, 1, 2))
    ready = hundredms.Client(token=client.tokens.management())
    with pytest.raises(hundredms.ConfigurationError):
        ready.tokens.auth("room", "host")


def _frozen(moment: str) -> AbstractContextManager[object]:
    return freezegun.freeze_time(moment)


def _travelled(moment: str) -> AbstractContextManager[object]:
    import time_machine

    return time_machine.travel(datetime.fromisoformat(moment), tick=False)


CLOCKS = [_frozen, _travelled] if sys.implementation.name == "cpython" else [_frozen]


@pytest.mark.parametrize("at", CLOCKS)
def test_tokens_follow_the_clock_that_a_test_freezes(
    client: hundredms.Client, at: Callable[[str], AbstractContextManager[object]]
) -> None:
    with at("2030-01-01T00:00:00+00:00"):
        now = time.time()
        for token in (client.tokens.auth("room", "host"), client.tokens.management()):
            claims = client.tokens.check(token)
            assert claims.issued_at is not None
            assert claims.issued_at.timestamp() == now - 10
    assert now == 1893456000
    with at("2030-01-01T23:59:59+00:00"):
        client.tokens.check(token)
    for moment in ("2030-01-02T00:00:01+00:00", "2029-12-31T00:00:00+00:00"):
        with at(moment), pytest.raises(hundredms.AuthenticationError):
            client.tokens.check(token)


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
            assert one.tokens.check(token).room_id == room.id
            hundredms_sandbox.join_peer(token=token)
        assert client.rooms.get(room.id).id == room.id
        token = client.tokens.auth(room.id, "host")
        assert client.tokens.check(token).room_id == room.id
        hundredms_sandbox.join_peer(token=token)
