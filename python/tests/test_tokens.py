"""Tokens: created, decoded and verified without the network."""

from __future__ import annotations

import math
from datetime import datetime, timedelta, timezone

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
