"""Record a room, download its files, and read the video as a stream.

Run it with `python downloads.py`. It starts a sandbox, whose clock the example moves. Prints:

    chat: … bytes
    room-composite: … bytes
    nothing is downloaded twice
    lesson.mp4 has … bytes
    the video has … bytes, all of which were read
"""

from __future__ import annotations

# --8<-- [start:imports]
import sys
import tempfile
from pathlib import Path

import hundredms
from hundredms.models import DownloadProgress

# --8<-- [end:imports]


# --8<-- [start:progress]
def show(progress: DownloadProgress) -> None:
    """Show how far a download is. It is called at most ten times a second, and at the end."""
    print(f"{progress.bytes_done} of {progress.bytes_total} bytes", file=sys.stderr)


# --8<-- [end:progress]


def main() -> None:
    """Record ten minutes."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        sandbox.join_peer(room_id=room.id, role="host", name="Ada")
        url = "https://lessons.example/physics-7"
        recording = client.recordings.start(room.id, meeting_url=url)
        sandbox.advance_clock(601)  # It takes three seconds to start.
        client.recordings.stop(recording.id)
        client.recordings.wait(recording.id)

        # --8<-- [start:all]
        assets = client.recording_assets
        with tempfile.TemporaryDirectory() as folder:
            files = assets.download_all(folder, recording_id=recording.id).files
            for file in sorted(files, key=lambda file: file.type):
                print(f"{file.type}: {file.size} bytes")
            # Files that are there with the right size are kept.
            again = assets.download_all(folder, recording_id=recording.id).files
            if all(file.received == 0 for file in again):
                print("nothing is downloaded twice")
        # --8<-- [end:all]

        # --8<-- [start:one]
        video = next(file for file in files if file.type == "room-composite")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "lesson.mp4"
            file = assets.download(video.asset_id, path, on_progress=show)
            print(f"{path.name} has {file.size} bytes")
        # --8<-- [end:one]

        # --8<-- [start:stream]
        with assets.stream(video.asset_id) as pieces:
            read = sum(len(piece) for piece in pieces)
        # --8<-- [end:stream]
        print(f"the video has {read} bytes, all of which were read")


if __name__ == "__main__":
    main()
