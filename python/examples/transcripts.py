"""Record a lesson with transcription, wait for its files, and read what was said.

Run it with `python transcripts.py`. It starts a sandbox, whose clock the example moves. Prints:

    6 assets are ready
    Ada: Hello, everyone, and welcome.
    Grace: Good to see you all again.
    00:00:05.000 --> 00:00:06.800
    Agenda: 2 points
    chat: the slides are at lessons.example
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms

# --8<-- [end:imports]


def main() -> None:
    """Record ten seconds."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        sandbox.join_peer(room_id=room.id, role="host", name="Ada")
        sandbox.join_peer(room_id=room.id, role="guest", name="Grace")

        # --8<-- [start:start]
        started = client.recordings.start(
            room.id,
            meeting_url="https://lessons.example/physics-7",
            transcription={"enabled": True, "summary": {"enabled": True}},
        )
        # --8<-- [end:start]
        # --8<-- [start:clock]
        sandbox.advance_clock(5)  # Only in the sandbox. It takes three seconds to start.
        client.active_rooms.send_message(room.id, message="the slides are at lessons.example")
        sandbox.advance_clock(5)
        # --8<-- [end:clock]
        # --8<-- [start:wait]
        client.recordings.stop(started.id)

        # A transcript takes minutes. A sandbox skips them.
        assets = client.recording_assets.wait(recording_id=started.id)
        print(f"{len(assets)} assets are ready")
        # --8<-- [end:wait]

        # --8<-- [start:transcript]
        transcript = client.recordings.transcript(recording_id=started.id)
        for paragraph in transcript.to_text().split("\n\n"):
            print(paragraph.rstrip())
        # Also `to_srt()`.
        times = [line for line in transcript.to_vtt().splitlines() if "-->" in line]
        print(times[-1])
        # --8<-- [end:transcript]

        # --8<-- [start:summary]
        summary = client.recordings.summary(recording_id=started.id)
        section = summary.sections[0]
        print(f"{section.title}: {len(section.bullets)} points")
        # --8<-- [end:summary]

        # --8<-- [start:chat]
        for message in client.recordings.chat(recording_id=started.id):
            print(f"{message.type}: {message.message}")
        # --8<-- [end:chat]


if __name__ == "__main__":
    main()
