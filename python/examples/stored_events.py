"""Store an event whose background handler failed, and handle it later.

Run it with `python stored_events.py`. It starts a sandbox. Prints:

    1 event is stored
    the recording s3://lessons/physics-7.mp4 is kept
    0 events are stored
"""

from __future__ import annotations

# --8<-- [start:imports]
from collections import Counter

from hundredms import Sandbox, webhooks
from hundredms.webhooks import Event, events

# --8<-- [end:imports]

HEADERS = {"x-webhook-secret": "a long random text"}  # In a service: from the environment.

archive = {"open": False}

# --8<-- [start:store]
stored: Counter[bytes] = Counter()  # How often each body failed. In a service: a table.


def store(failure: webhooks.HandlerFailure) -> None:
    """Store the body of the event, as it was received."""
    stored[failure.event.raw] += 1


receiver = webhooks.Receiver(headers=HEADERS, on_failure=store)


@receiver.on("beam.recording.success", background=True)
def recorded(event: Event[events.BeamRecordingSuccess]) -> None:
    """Keep the recording."""
    if not archive["open"]:
        raise OSError("the archive is closed")
    print(f"the recording {event.data.recording_path} is kept")


def handle_stored() -> None:
    """Handle what is stored, and forget it afterwards, except for what failed again."""
    before = dict(stored)
    responses = {raw: receiver.dispatch(webhooks.parse(raw)) for raw in before}
    receiver.drain()
    for raw, response in responses.items():
        # Any other status: it was not handled, or another handler has it.
        if response.status == 200 and stored[raw] == before[raw]:
            del stored[raw]


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
        print(f"{len(stored)} events are stored")


if __name__ == "__main__":
    main()
