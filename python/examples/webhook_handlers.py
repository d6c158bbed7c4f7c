"""Handle webhooks of several types, and test the handlers with requests of the sandbox.

Run it with `python webhook_handlers.py`. It starts a sandbox. Prints:

    ada joined
    peer.join.success: 200
    another event: session.open.success
    session.open.success: 200
    beam.recording.success: 200
    the recording s3://lessons/physics-7.mp4 is kept
"""

from __future__ import annotations

# --8<-- [start:imports]
import sys
import time

import hundredms
from hundredms import webhooks
from hundredms.webhooks import Event, events

# --8<-- [end:imports]

SECRET = "a long random text"  # In a service: from the environment.


def note(failure: webhooks.HandlerFailure) -> None:
    """Note a handler that failed."""
    print(f"{failure.event.id} failed: {failure.error}", file=sys.stderr)


def keep(path: str | None) -> None:
    """Stand for work that takes long."""
    time.sleep(0.2)
    print(f"the recording {path} is kept")


# --8<-- [start:handlers]
receiver = webhooks.Receiver(headers={"x-webhook-secret": SECRET}, on_failure=note)


@receiver.on("peer.join.success")
def joined(event: Event[events.PeerJoinSuccess]) -> None:
    """Greet a user. The type checker knows the data of each event."""
    print(f"{event.data.user_id} joined")


@receiver.on("beam.recording.success", background=True)
def recorded(event: Event[events.BeamRecordingSuccess]) -> None:
    """Do what takes longer than the service waits. The service gets its answer at once."""
    keep(event.data.recording_path)


@receiver.fallback
def other(event: Event[webhooks.EventData]) -> None:
    """Handle other types, and data that does not match its type. The service gets 200."""
    print(f"another event: {event.type}")


# --8<-- [end:handlers]


def main() -> None:
    """Send the receiver an event of each type."""
    headers = {"x-webhook-secret": SECRET}
    with hundredms.Sandbox() as sandbox:
        for kind, fields in (
            ("peer.join.success", {"user_id": "ada"}),
            ("session.open.success", {"room_name": "physics-7"}),
            ("beam.recording.success", {"recording_path": "s3://lessons/physics-7.mp4"}),
        ):
            # --8<-- [start:request]
            # The rest of the data is an example of the type.
            request = sandbox.webhook_request(kind, fields=fields, headers=headers)
            response = receiver.handle(request.body, request.headers)
            print(f"{kind}: {response.status}")
            # --8<-- [end:request]
        # --8<-- [start:end]
        # Before the process ends: wait for handlers that are running.
        receiver.drain()
        # --8<-- [end:end]


if __name__ == "__main__":
    main()
