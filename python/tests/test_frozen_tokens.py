"""Tokens while a test holds the clock."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import freezegun
import pytest

import hundredms


@pytest.fixture
def client() -> hundredms.Client:
    return hundredms.Client("access-key", "secret-secret-secret-secret")


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
