"""Handle the events that the service could not deliver, after an outage of your server.

Run it with `python missed_events.py`. It starts a sandbox. Prints:

    ada left
    1 handled, 0 failed
"""

from __future__ import annotations

# --8<-- [start:imports]
from datetime import datetime, timedelta, timezone

import hundredms
from hundredms import webhooks
from hundredms.webhooks import Event, events

# --8<-- [end:imports]

receiver = webhooks.Receiver(headers={"x-webhook-secret": "a long random text"})


@receiver.on("peer.leave.success")
def left(event: Event[events.PeerLeaveSuccess]) -> None:
    """Note who left."""
    print(f"{event.data.user_id} left")


def main() -> None:
    """Miss an event, and handle it."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        data = {"room_id": room.id, "session_id": "s", "peer_id": "p", "user_id": "ada"}
        sandbox.record_failed_delivery(room.id, "peer.leave.success", data={**data, "duration": 60})

        # --8<-- [start:recover]
        # Until a minute from now, because clocks differ.
        end = datetime.now(timezone.utc) + timedelta(minutes=1)
        start = end - timedelta(days=2)
        missed = webhooks.recover(client, start, end, receiver=receiver)
        print(f"{missed.handled} handled, {len(missed.failed)} failed")
        # --8<-- [end:recover]


if __name__ == "__main__":
    main()
