"""Find the recording that a webhook is about, whether it succeeded or failed.

Run it with `python recording_events.py`. It starts a sandbox, in which one of two recordings fails.
Prints:

    the recording of physics-7 is ready
    the recording of maths-2 failed: UPLOAD_ERROR
"""

from __future__ import annotations

# --8<-- [start:imports]
import asyncio

import hundredms
from hundredms import webhooks
from hundredms.webhooks import Event, events

# --8<-- [end:imports]

SECRET = "a long random text"  # In a service: from the environment.

# --8<-- [start:handlers]
lessons: dict[str | None, str] = {}  # The lesson of each recording, by what `start` returned.
receiver = webhooks.Receiver(headers={"x-webhook-secret": SECRET})


@receiver.on("beam.recording.success")
def ready(event: Event[events.BeamRecordingSuccess]) -> None:
    """Use the file. This event has the id as `recording_id`."""
    lesson = lessons.get(event.data.recording_id, "an unknown lesson")
    print(f"the recording of {lesson} is ready")


@receiver.on("beam.failure")
def failed(event: Event[events.BeamFailure]) -> None:
    """Report the failure. This event has the id as `job_id`."""
    lesson = lessons.get(event.data.job_id, "an unknown lesson")
    print(f"the recording of {lesson} failed: {event.data.error_type}")


# --8<-- [end:handlers]


async def main() -> None:
    """Record two lessons."""
    async with hundredms.AsyncSandbox() as sandbox, sandbox.client() as client:
        headers = {"x-webhook-secret": SECRET}
        async with sandbox.deliver_to(receiver, headers=headers):
            for lesson in ("physics-7", "maths-2"):
                room = await client.rooms.create(name=lesson)
                sandbox.join_peer(room_id=room.id, role="host")
                # --8<-- [start:start]
                url = "https://lessons.example/stage"
                recording = await client.recordings.start(room.id, meeting_url=url)
                lessons[recording.id] = lesson
                # --8<-- [end:start]
                sandbox.advance_clock(60)
                if lesson == "maths-2":
                    sandbox.fail_job(recording.id, reason="UPLOAD_ERROR")
                else:
                    await client.recordings.stop(recording.id)
                    sandbox.advance_clock(60)
                await sandbox.settle_webhooks()


if __name__ == "__main__":
    asyncio.run(main())
