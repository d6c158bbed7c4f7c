"""Store an event whose background handler failed, and handle it later.

Run it with `python stored_events.py`. It starts a sandbox. Prints:

    1 event is stored
    the recording s3://lessons/physics-7.mp4 is kept
"""

from __future__ import annotations

# --8<-- [start:imports]
from hundredms import Sandbox, webhooks
from hundredms.webhooks import Event, events

# --8<-- [end:imports]

HEADERS = {"x-webhook-secret": "a long random text"}  # In a service: from the environment.

stored: list[bytes] = []  # In a service: a table or a queue.
archive = {"open": False}


# --8<-- [start:store]
def store(failure: webhooks.HandlerFailure) -> None:
    """Store the body of the event, as it was received."""
    stored.append(failure.event.raw)


receiver = webhooks.Receiver(headers=HEADERS, on_failure=store)


@receiver.on("beam.recording.success", background=True)
def recorded(event: Event[events.BeamRecordingSuccess]) -> None:
    """Keep the recording."""
    if not archive["open"]:
        raise OSError("the archive is closed")
    print(f"the recording {event.data.recording_path} is kept")


def handle_stored() -> None:
    """Handle what is stored. What fails again is stored again."""
    waiting, stored[:] = list(stored), []
    for raw in waiting:
        receiver.dispatch(webhooks.parse(raw))
    receiver.drain()


# --8<-- [end:store]


def main() -> None:
    """Let an event fail, and handle it when the archive is open."""
    with Sandbox() as sandbox:
        fields = {"recording_path": "s3://lessons/physics-7.mp4"}
        request = sandbox.webhook_request("beam.recording.success", fields=fields, headers=HEADERS)
        receiver.handle(request.body, request.headers)
        receiver.drain()
        print(f"{len(stored)} event is stored")
        archive["open"] = True
        handle_stored()


if __name__ == "__main__":
    main()
