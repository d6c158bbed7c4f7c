"""Hold a lesson: prepare its room, let people in, record it, end it, and report who was there.

Run it with `python lesson.py`. It starts a sandbox, in which the people join. Prints:

    ada joins as teacher
    the recording is starting
    the lesson is over
    chat: … bytes
    room-composite: … bytes
    "name","user_id","minutes","joins"
    "Ada","ada",45,1
    "Ben","ben",40,1
    "no name","",10,1
    next week the room is physics-7 again
"""

from __future__ import annotations

# --8<-- [start:imports]
import csv
import sys
import tempfile
from typing import TextIO

import hundredms
from hundredms.inputs import RoleInput
from hundredms.models import Recording, Room

# --8<-- [end:imports]


# --8<-- [start:prepare]
def new_role(name: str, *, ends_rooms: bool) -> RoleInput:
    """Return a role that publishes audio and video, and receives everybody."""
    return {
        "name": name,
        "publishParams": {"allowed": ["audio", "video"]},
        "subscribeParams": {"subscribeToRoles": ["teacher", "student"]},
        "permissions": {"endRoom": ends_rooms},
    }


def prepare(client: hundredms.Client, name: str) -> Room:
    """Write the template of lessons, and return the room of a lesson. It can be repeated."""
    roles = {
        "teacher": new_role("teacher", ends_rooms=True),
        "student": new_role("student", ends_rooms=False),
    }
    template = client.templates.create(name="lessons", roles=roles)
    return client.rooms.create(name=name, template_id=template.id)


# --8<-- [end:prepare]


# --8<-- [start:token]
def let_in(client: hundredms.Client, room_id: str, role: str, user_id: str) -> str:
    """Return the token with which a user of your app joins."""
    return client.tokens.auth(room_id, role, user_id=user_id)


# --8<-- [end:token]


# --8<-- [start:record]
def record(client: hundredms.Client, room_id: str) -> Recording:
    """Start to record what a student sees. `acme` is the subdomain of your workspace."""
    url = client.links.recorder("acme", room_id, "student")
    return client.recordings.start(room_id, meeting_url=url)


# --8<-- [end:record]


# --8<-- [start:end]
def finish(client: hundredms.Client, room_id: str, recording_id: str) -> None:
    """Stop the recording, and end the session for everybody. The room remains."""
    client.recordings.stop(recording_id)
    client.active_rooms.end(room_id, reason="The lesson is over")


# --8<-- [end:end]


# --8<-- [start:files]
def save_files(client: hundredms.Client, recording_id: str, folder: str) -> None:
    """Wait until the files of a recording are ready, and download them."""
    client.recordings.wait(recording_id)
    files = client.recording_assets.download_all(folder, recording_id=recording_id).files
    for file in sorted(files, key=lambda file: file.type):
        print(f"{file.type}: {file.size} bytes")


# --8<-- [end:files]


# --8<-- [start:csv]
def write_report(client: hundredms.Client, room_id: str, file: TextIO) -> None:
    """Write who was in a room, and how long, as CSV."""
    table = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    table.writerow(["name", "user_id", "minutes", "joins"])
    for person in client.rooms.attendance(room_id).attendees:
        name = person.names[0] if person.names else "no name"
        minutes = round(person.seconds_present / 60)
        table.writerow([name, person.user_id or "", minutes, person.joins])


# --8<-- [end:csv]


def main() -> None:
    """Hold a lesson in a sandbox."""
    # --8<-- [start:main]
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = prepare(client, "physics-7")
        token = let_in(client, room.id, "teacher", "ada")
        ada = sandbox.join_peer(token, name="Ada")
        print(f"{ada.user_id} joins as {ada.role}")
        recording = record(client, room.id)
        print(f"the recording is {recording.status}")

        # Time passes as you say. Somebody looks in without a name and without a user_id.
        sandbox.advance_clock(5 * 60)
        sandbox.join_peer(let_in(client, room.id, "student", "ben"), name="Ben")
        sandbox.advance_clock(30 * 60)
        sandbox.join_peer(room_id=room.id, role="student")
        sandbox.advance_clock(10 * 60)

        finish(client, room.id, recording.id)
        print("the lesson is over")
        with tempfile.TemporaryDirectory() as folder:
            save_files(client, recording.id, folder)
        write_report(client, room.id, sys.stdout)
        print(f"next week the room is {prepare(client, 'physics-7').name} again")
    # --8<-- [end:main]


if __name__ == "__main__":
    main()
