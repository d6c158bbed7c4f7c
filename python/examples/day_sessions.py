"""List all sessions of a day, finished and running, each once.

Run it with `python day_sessions.py`. It starts a sandbox, in which a session runs past midnight.
Prints:

    yesterday had 2 sessions, of which 1 is still running
"""

from __future__ import annotations

# --8<-- [start:imports]
from datetime import datetime, timedelta

import hundredms
from hundredms.models import Session

# --8<-- [end:imports]


# --8<-- [start:day]
def sessions_of_day(client: hundredms.Client, start: datetime) -> list[Session]:
    """Return the sessions that started on a day: `start` is its midnight, with a time zone."""
    (window,) = client.sessions.windows(start, start + timedelta(days=1), 1)
    sessions: dict[str, Session] = {}
    # Running ones first: a session that ends meanwhile is in both lists, and counts once.
    for active in (True, False):
        for session in client.sessions.list_window(window, active=active):
            sessions[session.id] = session
    return list(sessions.values())


# --8<-- [end:day]


def main() -> None:
    """Let two sessions begin on one day, and one on the next."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        rooms = [client.rooms.create(name=name).id for name in ("physics-7", "maths-2", "art-1")]
        now = sandbox.clock().now
        yesterday = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        sandbox.advance_clock(yesterday + timedelta(hours=10) - now)
        ada = sandbox.join_peer(room_id=rooms[0], role="host", name="Ada")
        sandbox.advance_clock(timedelta(hours=1))
        sandbox.leave_peer(ada.id)
        sandbox.advance_clock(timedelta(hours=12, minutes=50))
        sandbox.join_peer(room_id=rooms[1], role="host", name="Ben")
        sandbox.advance_clock(timedelta(minutes=20))  # It is past midnight.
        sandbox.join_peer(room_id=rooms[2], role="host", name="Cleo")

        sessions = sessions_of_day(client, yesterday)
        running = sum(session.active for session in sessions)
        print(f"yesterday had {len(sessions)} sessions, of which {running} is still running")


if __name__ == "__main__":
    main()
