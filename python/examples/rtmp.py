"""Stream from an encoder into a room, replace its key, and send the room to two other services.

Run it with `python rtmp.py`. It starts a sandbox, which plays the encoder. Prints:

    the encoder sends to rtmp://ingest.sandbox.invalid/live
    the room is streamed live: running
    the old key is invalid
    the stream to 2 services is starting
    the stream is running
    the stream is completed, with 1 file
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms

# --8<-- [end:imports]


def main() -> None:
    """Stream in for a minute and out for ten."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        # --8<-- [start:template]
        template = client.templates.create(
            name="streamed",
            roles={"host": {"name": "host"}, "guest": {"name": "guest"}},
            destinations={"hlsDestinations": {"live": {"name": "live"}}},
        )
        room = client.rooms.create(name="physics-7", template_id=template.id)
        # --8<-- [end:template]

        # --8<-- [start:key]
        ingest = client.stream_keys.get_or_create(room.id)
        print(f"the encoder sends to {ingest.stream_key.url}")
        # --8<-- [end:key]

        sandbox.start_rtmp_in(room_id=room.id)
        sandbox.advance_clock(60)
        # --8<-- [start:live]
        for live in client.live_streams.list(room_id=room.id):
            print(f"the room is streamed live: {live.status}")
        # --8<-- [end:live]
        sandbox.stop_rtmp_in(room_id=room.id)

        # --8<-- [start:replace]
        client.stream_keys.disable(room.id)
        key = client.stream_keys.create(room.id)
        if key.id != ingest.stream_key.id:
            print("the old key is invalid")
        # --8<-- [end:replace]

        sandbox.join_peer(room_id=room.id, role="host", name="Ada")
        # --8<-- [start:start]
        stream = client.external_streams.start(
            room.id,
            meeting_url=client.links.recorder("acme", room.id, "guest"),
            rtmp_urls=["rtmp://video.example/live/KEY-ONE", "rtmps://tv.example/app/KEY-TWO"],
            recording=True,
        )
        print(f"the stream to {len(stream.rtmp_urls)} services is {stream.status}")

        # A service need not wait: it receives the webhook `beam.started.success`.
        # In the sandbox, waiting takes no real time.
        stream = client.external_streams.wait(stream.id, until="running")
        print(f"the stream is {stream.status}")
        # --8<-- [end:start]

        sandbox.advance_clock(600)
        # --8<-- [start:stop]
        client.external_streams.stop(stream.id)
        stream = client.external_streams.wait(stream.id)
        files = len(stream.recording_assets)
        print(f"the stream is {stream.status}, with {files} file")
        # --8<-- [end:stop]


if __name__ == "__main__":
    main()
