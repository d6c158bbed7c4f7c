"""Run as a service: one client, a webhook secret that is replaced, and an end that loses nothing.

Run it with `python service.py`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:

    the client is ready
    the new secret: 200
    the old secret: 200
    another secret: 401
    everything is done
"""

from __future__ import annotations

# --8<-- [start:imports]
import os

import hundredms
from hundredms import webhooks
from hundredms.webhooks import Event, events

# --8<-- [end:imports]


# --8<-- [start:client]
def make_client() -> hundredms.Client:
    """Make the client that all threads share. Its keys come from the environment."""
    return hundredms.Client(
        timeout=10,
        max_connections=20,
        proxy=os.environ.get("COMPANY_PROXY"),  # None: HTTPS_PROXY and NO_PROXY apply.
        ca_file=os.environ.get("COMPANY_CA"),  # None: the system's certificates.
    )


# --8<-- [end:client]


# --8<-- [start:secrets]
def make_receiver(new: str, old: str) -> webhooks.Receiver:
    """Make a receiver that accepts both secrets until the dashboard has the new one."""
    receiver = webhooks.Receiver(headers={"x-webhook-secret": [new, old]})

    @receiver.on("beam.recording.success", background=True)
    def recorded(event: Event[events.BeamRecordingSuccess]) -> None:
        keep(event.data.recording_path)

    return receiver


# --8<-- [end:secrets]


def keep(path: str | None) -> None:
    """Stand for work that takes long."""


def main() -> None:
    """Make a call, receive webhooks, and end."""
    client = make_client()
    client.rooms.list().first_page()
    print("the client is ready")

    receiver = make_receiver(new="new-secret", old="old-secret")
    with hundredms.Sandbox() as sandbox:
        for name in ("the new", "the old", "another"):
            headers = {"x-webhook-secret": f"{name.removeprefix('the ')}-secret"}
            request = sandbox.webhook_request("beam.recording.success", headers=headers)
            response = receiver.handle(request.body, request.headers)
            print(f"{name} secret: {response.status}")

    # --8<-- [start:end]
    # The server takes no more requests. The service does not send again what was acknowledged.
    receiver.drain()
    print("everything is done")
    # --8<-- [end:end]


if __name__ == "__main__":
    main()
