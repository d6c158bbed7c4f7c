"""Stream a room live over HLS, watch its state, send a cue to the players, and stop.

Run it with `python live_stream.py`. It starts a sandbox, whose clock the example moves. Prints:

    starting: …/master.m3u8
    running
    sent a cue to the players
    completed, with 1 recording of the stream
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms

# --8<-- [end:imports]


def main() -> None:
    """Stream for ten minutes."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        sandbox.join_peer(room_id=room.id, role="host", name="Ada")

        # --8<-- [start:start]
        stream = client.live_streams.start(
            room.id,
            meeting_url="https://lessons.example/physics-7",
            recording={"hls_vod": True},
        )
        print(f"{stream.status}: {stream.playback.url}")
        # --8<-- [end:start]

        # --8<-- [start:state]
        stream = client.live_streams.wait(stream.id, until="running")
        print(stream.status)
        # --8<-- [end:state]

        # --8<-- [start:cue]
        client.live_streams.send_timed_metadata(stream.id, payload="poll:optics", duration=5)
        # --8<-- [end:cue]
        print("sent a cue to the players")

        # --8<-- [start:clock]
        sandbox.advance_clock(600)  # Only in the sandbox: people watch for ten minutes.
        # --8<-- [end:clock]
        # --8<-- [start:stop]
        client.live_streams.stop(stream.id)

        # The recording is uploaded after the stop.
        stream = client.live_streams.wait(stream.id)
        videos = [asset for asset in stream.recording_assets if asset.type == "room-vod"]
        print(f"{stream.status}, with {len(videos)} recording of the stream")
        # --8<-- [end:stop]


if __name__ == "__main__":
    main()
