"""Record a room, wait until its files are ready, and get a link to the video.

Run it with `python recording.py`. It starts a sandbox, whose clock the example moves. Prints:

    the recording is starting
    the recording is completed
    room-composite of 600 seconds
    the link is valid for … seconds
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms

# --8<-- [end:imports]


def main() -> None:
    """Record ten minutes."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        sandbox.join_peer(room_id=room.id, role="host", name="Ada")

        # --8<-- [start:start]
        url = "https://lessons.example/physics-7"
        recording = client.recordings.start(room.id, meeting_url=url)
        print(f"the recording is {recording.status}")
        # --8<-- [end:start]

        # --8<-- [start:clock]
        sandbox.advance_clock(601)  # Only in the sandbox: three seconds to start, and ten minutes.
        # --8<-- [end:clock]
        # --8<-- [start:stop]
        client.recordings.stop(recording.id)

        # A service need not wait: it receives the webhook `beam.recording.success`.
        # In the sandbox, waiting takes no real time.
        recording = client.recordings.wait(recording.id)
        print(f"the recording is {recording.status}")
        # --8<-- [end:stop]

        # --8<-- [start:assets]
        for asset in client.recording_assets.list(room_id=room.id):
            if asset.type == "room-composite":
                print(f"{asset.type} of {asset.duration} seconds")
                link = client.recording_assets.presigned_url(asset.id)
                print(f"the link is valid for {link.expiry} seconds")
        # --8<-- [end:assets]


if __name__ == "__main__":
    main()
