"""Test the app against a sandbox: `pytest`."""

from __future__ import annotations

# --8<-- [start:test]
from collections.abc import Iterator

import pytest
from flask_tokens import app, get_client

from hundredms import Sandbox


@pytest.fixture
def sandbox(hundredms_env: Sandbox) -> Iterator[Sandbox]:
    """Let the app make a client of this test's sandbox."""
    get_client.cache_clear()
    yield hundredms_env
    get_client.cache_clear()


@pytest.mark.parametrize("user_id", ["ada", "ben"])
def test_a_user_gets_a_token_for_a_lesson(sandbox: Sandbox, user_id: str) -> None:
    """Each of the two tests has a sandbox of its own."""
    response = app.test_client().post("/lessons/7/token", headers={"x-user-id": user_id})
    peer = sandbox.join_peer(response.get_json()["token"])
    assert (peer.user_id, peer.role) == (user_id, "guest")


# --8<-- [end:test]
