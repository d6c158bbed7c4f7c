"""Test the view against a sandbox: `pytest`."""

from __future__ import annotations

# Django has no types.
# pyright: basic
# ruff: noqa: E402
# --8<-- [start:settings]
import django
from django.conf import settings

settings.configure(ROOT_URLCONF="django_tokens", ALLOWED_HOSTS=["testserver"])
django.setup()
# --8<-- [end:settings]

# --8<-- [start:test]
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django_tokens import get_client

from hundredms import Sandbox


@pytest.fixture
def sandbox(hundredms_env: Sandbox) -> Iterator[Sandbox]:
    """Let the project make a client of this test's sandbox."""
    get_client.cache_clear()
    yield hundredms_env
    get_client.cache_clear()


@pytest.mark.parametrize("user_id", ["ada", "ben"])
def test_a_user_gets_a_token_for_a_lesson(sandbox: Sandbox, user_id: str) -> None:
    """Each of the two tests has a sandbox of its own."""
    response: Any = Client().post("/lessons/7/token", headers={"x-user-id": user_id})
    peer = sandbox.join_peer(response.json()["token"])
    assert (peer.user_id, peer.role) == (user_id, "guest")


# --8<-- [end:test]
