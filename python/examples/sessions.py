"""See who attended a room, for how long, and how long they talked.

Run it with `python sessions.py`. It starts a sandbox, whose peers come and go. Prints:

    the session lasted 45 minutes
    Ada attended for 45 minutes, with 2 joins
    Ben attended for 15 minutes, with 1 join
    Ada talked for 20 seconds
    Ada talked for 20 seconds
    Ben talked for 20 seconds
    7 windows have 1 session
"""

from __future__ import annotations

# --8<-- [start:imports]
from datetime import datetime, timedelta, timezone

import hundredms

# --8<-- [end:imports]


# --8<-- [start:minutes]
def minutes_between(start: datetime | None, end: datetime | None) -> int:
    """Return the whole minutes from start to end; 0 if either is not known."""
    if start is None or end is None:
        return 0
    return round((end - start).total_seconds() / 60)


# --8<-- [end:minutes]


def print_attendance(client: hundredms.Client, room_id: str) -> None:
    """Print everyone who was in the room. Time that a person had two devices there counts once."""
    # --8<-- [start:attendance]
    attendance = client.rooms.attendance(room_id)
    for session in attendance.sessions:
        print(f"the session lasted {minutes_between(session.started_at, session.ended_at)} minutes")
    for attendee in attendance.attendees:
        minutes = round(attendee.seconds_present / 60)
        joins = "1 join" if attendee.joins == 1 else f"{attendee.joins} joins"
        name = attendee.names[0] if attendee.names else "no name"
        print(f"{name} attended for {minutes} minutes, with {joins}")
    # --8<-- [end:attendance]
    # --8<-- [start:quality]
    for session in attendance.sessions:
        for peer in client.sessions.quality(session.id).peers:
            # None if the service has no data of the peer.
            if peer.talk_seconds is not None:
                print(f"{peer.name} talked for {peer.talk_seconds:.0f} seconds")
    # --8<-- [end:quality]


def print_windows(client: hundredms.Client) -> None:
    """Print how many sessions a week had. Each window could be read by another machine."""
    # --8<-- [start:windows]
    before = datetime.now(timezone.utc) + timedelta(days=1)
    windows = client.sessions.windows(before - timedelta(days=7), before, 7)
    count = 0
    for window in windows:
        count += len(list(client.sessions.list_window(window, active=False)))
    print(f"{len(windows)} windows have {count} session")
    # --8<-- [end:windows]


def main() -> None:
    """Let a lesson pass, and look back."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        laptop = sandbox.join_peer(room_id=room.id, role="host", name="Ada", user_id="ada")
        sandbox.advance_clock(5 * 60)
        phone = sandbox.join_peer(room_id=room.id, role="guest", name="Ada", user_id="ada")
        sandbox.advance_clock(5 * 60)
        ben = sandbox.join_peer(room_id=room.id, role="guest", name="Ben", user_id="ben")
        sandbox.advance_clock(15 * 60)
        sandbox.leave_peer(ben.id)
        sandbox.leave_peer(phone.id)
        sandbox.advance_clock(20 * 60)
        sandbox.leave_peer(laptop.id)
        print_attendance(client, room.id)
        print_windows(client)


if __name__ == "__main__":
    main()
