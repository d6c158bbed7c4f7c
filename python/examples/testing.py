"""Test your own code against a sandbox: with faults, with peers, and with its clock.

Run it with `pytest testing.py`, or with `python testing.py`. Prints:

    passed: a lesson opens although the service fails once
    passed: a lesson ends after an hour
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms

# --8<-- [end:imports]


# --8<-- [start:code]
def open_lesson(client: hundredms.Client, name: str) -> str:
    """Open a lesson, and return the token of its teacher. This is the code under test."""
    room = client.rooms.create(name=name, max_duration_seconds=3600)
    return client.tokens.auth(room.id, "host", user_id="teacher")


# --8<-- [end:code]


# --8<-- [start:fault]
# The fixture comes with the package, and starts a sandbox for each test.
def test_a_lesson_opens_although_the_service_fails_once(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    hundredms_sandbox.add_fault({"status": 503}, match={"operation": "rooms.create"}, on={"nth": 1})
    token = open_lesson(hundredms_sandbox.client(), "physics-7")
    assert hundredms_sandbox.join_peer(token).role == "host"
    assert [request.status for request in hundredms_sandbox.requests()] == [503, 200]


# --8<-- [end:fault]


# --8<-- [start:clock]
def test_a_lesson_ends_after_an_hour(hundredms_sandbox: hundredms.Sandbox) -> None:
    client = hundredms_sandbox.client()
    teacher = hundredms_sandbox.join_peer(open_lesson(client, "physics-7"))
    hundredms_sandbox.advance_clock(3600)
    sessions = list(client.sessions.list(room_id=teacher.room_id, active=False))
    assert [session.id for session in sessions] == [teacher.session_id]


# --8<-- [end:clock]


def main() -> None:
    """Run the tests without pytest."""
    for test in (
        test_a_lesson_opens_although_the_service_fails_once,
        test_a_lesson_ends_after_an_hour,
    ):
        with hundredms.Sandbox() as sandbox:
            test(sandbox)
        print("passed:", test.__name__.removeprefix("test_").replace("_", " "))


if __name__ == "__main__":
    main()
