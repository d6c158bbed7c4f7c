"""Record a room, wait until its files are ready, and get a link to the video.

Run it with `python recording.py`. It starts a sandbox, whose clock the example moves. Prints:

    the recording is starting
    the recording is completed
    room-composite of 600 seconds
    the link is valid for … seconds
"""

from __future__ import annotations

from collections.abc import Callable

import hundredms
from hundredms.models import Recording


def wait_until_finished(
    client: hundredms.Client, recording_id: str, pause: Callable[[], object]
) -> Recording:
    """Ask until the recording is finished.

    A service need not ask: it receives the webhook `beam.recording.success`.
    """
    while True:
        recording = client.recordings.get(recording_id)
        if recording.status in {"completed", "failed"}:
            return recording
        pause()


def main() -> None:
    """Record ten minutes."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        sandbox.join_peer(room_id=room.id, role="host", name="Ada")

        url = "https://lessons.example/physics-7"
        recording = client.recordings.start(room.id, meeting_url=url)
        print(f"the recording is {recording.status}")

        sandbox.advance_clock(601)  # It takes a second to start.
        client.recordings.stop(recording.id)

        # Here the sandbox's time passes. In a service: `lambda: time.sleep(10)`.
        recording = wait_until_finished(client, recording.id, lambda: sandbox.advance_clock(10))
        print(f"the recording is {recording.status}")

        for asset in client.recording_assets.list(room_id=room.id):
            if asset.type == "room-composite":
                print(f"{asset.type} of {asset.duration} seconds")
                link = client.recording_assets.presigned_url(asset.id)
                print(f"the link is valid for {link.expiry} seconds")


if __name__ == "__main__":
    main()
