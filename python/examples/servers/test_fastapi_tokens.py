"""Test the app against a sandbox: `pytest`."""

from __future__ import annotations

# --8<-- [start:test]
from fastapi.testclient import TestClient
from fastapi_tokens import app

from hundredms import Sandbox


def test_a_user_gets_a_token_for_a_lesson(hundredms_env: Sandbox) -> None:
    """The token says who joins, and in which role."""
    with TestClient(app) as http:  # `with` runs the lifespan, which makes the client
        response = http.post("/lessons/7/token", headers={"x-user-id": "ada"})
    peer = hundredms_env.join_peer(response.json()["token"])
    assert (peer.user_id, peer.role) == ("ada", "guest")


def test_a_lesson_opens_although_the_service_fails_once(hundredms_env: Sandbox) -> None:
    """The client repeats the call."""
    hundredms_env.add_fault({"status": 503}, match={"operation": "rooms.create"}, on={"nth": 1})
    with TestClient(app) as http:
        response = http.post("/lessons/7/token", headers={"x-user-id": "ada"})
    assert response.status_code == 200
    assert [request.status for request in hundredms_env.requests()] == [503, 200]


def test_a_request_without_a_user_makes_no_room(hundredms_env: Sandbox) -> None:
    """It is refused before the client sends anything."""
    with TestClient(app) as http:
        response = http.post("/lessons/7/token")
    assert response.status_code == 401
    assert hundredms_env.requests() == []


# --8<-- [end:test]
