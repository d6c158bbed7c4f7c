"""See who attended a session, and for how long.

Run it with `python sessions.py`. It starts a sandbox, whose peers come and go. Prints:

    the session lasted 45 minutes
    Ada attended for 45 minutes
    Ben attended for 15 minutes
"""

from __future__ import annotations

from datetime import datetime

import hundredms


def minutes_between(start: datetime | None, end: datetime | None) -> int:
    """Return the whole minutes from start to end; 0 if either is not known."""
    if start is None or end is None:
        return 0
    return round((end - start).total_seconds() / 60)


def print_attendance(client: hundredms.Client, room_id: str) -> None:
    """Print the peers of each finished session. A peer that joined twice is there twice."""
    for session in client.sessions.list(room_id=room_id, active=False):
        print(
            f"the session lasted {minutes_between(session.created_at, session.updated_at)} minutes"
        )
        for peer in sorted(session.peers.values(), key=lambda peer: peer.name):
            minutes = minutes_between(peer.joined_at, peer.left_at)
            print(f"{peer.name} attended for {minutes} minutes")


def main() -> None:
    """Let a lesson pass, and look back."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        ada = sandbox.join_peer(room_id=room.id, role="host", name="Ada")
        ben = sandbox.join_peer(room_id=room.id, role="guest", name="Ben")
        sandbox.advance_clock(15 * 60)
        sandbox.leave_peer(ben.id)
        sandbox.advance_clock(30 * 60)
        sandbox.leave_peer(ada.id)
        print_attendance(client, room.id)


if __name__ == "__main__":
    main()
