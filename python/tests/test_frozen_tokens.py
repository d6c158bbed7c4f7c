"""Tokens, and the age of webhooks, while a test holds the clock."""

from __future__ import annotations

import hmac
import json
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import freezegun
import pytest

import hundredms
from hundredms.webhooks import Receiver, WebhookVerificationError


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
            claims = client.tokens.verify(token)
            assert claims.issued_at is not None
            assert claims.issued_at.timestamp() == now - 10
    assert now == 1893456000
    with at("2030-01-01T23:59:59+00:00"):
        client.tokens.verify(token)
    for moment in ("2030-01-02T00:00:01+00:00", "2029-12-31T00:00:00+00:00"):
        with at(moment), pytest.raises(hundredms.AuthenticationError):
            client.tokens.verify(token)


@pytest.mark.parametrize("at", CLOCKS)
def test_the_age_of_a_webhook_is_taken_by_the_clock_that_a_test_freezes(
    at: Callable[[str], AbstractContextManager[object]],
) -> None:
    receiver = Receiver(hmac_key="key", max_age=60)
    event: dict[str, object] = {
        "version": "2.0",
        "id": "66a0e2a3-0c51-4e4d-9a3c-000000000001",
        "account_id": "65f0aa11bb22cc33dd44ee55",
        "app_id": "65f0aa12bb22cc33dd44ee57",
        "type": "session.open.success",
        "timestamp": "2029-12-31T23:59:30Z",
        "data": {},
    }

    def signed(event: dict[str, object]) -> tuple[bytes, dict[str, str]]:
        body = json.dumps(event).encode()
        return body, {"x-100ms-signature": hmac.new(b"key", body, "sha256").hexdigest()}

    with at("2030-01-01T00:00:00+00:00"):
        assert receiver.receive(*signed(event)).id == event["id"]
    with at("2030-01-01T00:01:00+00:00"), pytest.raises(WebhookVerificationError) as refused:
        receiver.receive(*signed(event))
    assert refused.value.reason == "too_old"
    with at("2030-01-01T00:01:00+00:00"):
        assert receiver.receive(*signed({**event, "is_replay": True})).is_replay


def test_the_age_of_a_webhook_needs_a_key_that_signs_its_time() -> None:
    with pytest.raises(hundredms.ConfigurationError, match="max_age requires an HMAC key"):
        Receiver(headers={"x-s": "k"}, max_age=60)
