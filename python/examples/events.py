"""Follow the events of the service's history, without a public URL, and continue after a restart.

Run it with `python events.py`. It starts a sandbox. Prints:

    Ada joined as host
    Ada left after 60 seconds
    Ben joined as guest
    Ben left after 60 seconds
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms
from hundredms import webhooks
from hundredms.webhooks import events

# --8<-- [end:imports]


# --8<-- [start:follow]
def follow(tail: webhooks.Tail) -> str | None:
    """Print who joins and leaves, until somebody has left. Return where to continue."""
    with tail:
        for event in tail:
            match event.data:
                case events.PeerJoinSuccess() as join:
                    print(f"{join.user_name} joined as {join.role}")
                case events.PeerLeaveSuccess() as leave:
                    print(f"{leave.user_name} left after {leave.duration} seconds")
                    break
                case _:
                    pass
    return tail.cursor


# --8<-- [end:follow]


def visit(sandbox: hundredms.Sandbox, room_id: str, name: str, role: str) -> None:
    """Be in the room for a minute. The webhook of the end is sent some seconds later."""
    peer = sandbox.join_peer(room_id=room_id, role=role, name=name)
    sandbox.advance_clock(60)
    sandbox.leave_peer(peer.id)
    sandbox.advance_clock(60)


with hundredms.Sandbox() as sandbox:
    client = sandbox.client()
    room = client.rooms.create(name="physics-7")
    # The history lists deliveries of webhooks, so a URL must be set, even one that nobody answers.
    sandbox.set_webhook("http://127.0.0.1:9/webhooks")
    since = sandbox.clock().now
    visit(sandbox, room.id, "Ada", "host")
    # --8<-- [start:start]
    cursor = follow(webhooks.tail(client, since, room_id=room.id))  # store the cursor
    # --8<-- [end:start]

    visit(sandbox, room.id, "Ben", "guest")
    follow(webhooks.tail(client, cursor=cursor, room_id=room.id))
