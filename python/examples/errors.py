"""Handle errors: what is missing, what was refused, what was retried, and what may have happened.

Run it with `python errors.py`. It starts a sandbox, which fails on request. Prints:

    not found: status 404
    refused before it was sent: max_duration_seconds
    succeeded at attempt 3
    timed out
    the recording was started, although the response was lost
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms
from hundredms.models import Recording

# --8<-- [end:imports]


# --8<-- [start:ambiguous]
def start_recording_once(client: hundredms.Client, room_id: str) -> Recording:
    """Start a recording. If the outcome is unknown, check before starting another one."""
    url = "https://lessons.example/physics-7"
    try:
        return client.recordings.start(room_id, meeting_url=url)
    except hundredms.AmbiguousOutcomeError as error:
        recording = client.reconcile(error, Recording)
        if recording is None:
            # After a timeout, a 408 or a 504 it may still appear: look again before you repeat.
            raise
        print("the recording was started, although the response was lost")
        return recording


# --8<-- [end:ambiguous]


def main() -> None:
    """Cause errors, and handle them."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        # --8<-- [start:missing]
        try:
            client.rooms.get("66b2d2105c803b002ae4f611")
        except hundredms.NotFoundError as error:
            print(f"not found: status {error.status}")
        # --8<-- [end:missing]

        # --8<-- [start:refused]
        try:
            client.rooms.create(max_duration_seconds=5)
        except hundredms.InvalidRequestError as error:
            print(f"refused before it was sent: {error.field}")
        # --8<-- [end:refused]

        # --8<-- [start:retried]
        # Calls that are safe to repeat are retried, twice by default.
        sandbox.add_fault({"status": 503}, on={"first": 2})
        created = client.rooms.with_raw_response.create(name="physics-7")
        print(f"succeeded at attempt {created.attempts}")
        # --8<-- [end:retried]
        room = created.parsed

        # --8<-- [start:timeout]
        # The timeout covers the whole call, retries included.
        sandbox.add_fault({"delay_before_ms": 2000}, match={"operation": "rooms.get"})
        try:
            client.rooms.get(room.id, timeout=0.2)
        except hundredms.TimeoutError:
            print("timed out")
        # --8<-- [end:timeout]

        # The service starts the recording, but the connection breaks before the response.
        sandbox.add_fault(
            {"disconnect": "close_after"}, match={"operation": "recordings.start"}, on={"nth": 1}
        )
        start_recording_once(client, room.id)


if __name__ == "__main__":
    main()
