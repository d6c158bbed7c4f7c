"""Create a room with its links, remove a user, and end a session that nobody needs.

Run it with `python room_links.py`. It starts a sandbox, whose peers join. Prints:

    the host joins at https://acme.app.100ms.live/meeting/…
    Ben joins at https://acme.app.100ms.live/meeting/…?name=Ben
    the recorder joins at https://acme.app.100ms.live/preview/…/guest?skip_preview=true
    2 peers of Ben were removed
    ended: false, because of 2 peers
    ended: true
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms

# --8<-- [end:imports]


def main() -> None:
    """Prepare a lesson, and clean up after it."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        # --8<-- [start:links]
        # Run again with the same name, it returns the same room and codes.
        created = client.rooms.create_with_codes(name="physics-7")
        room, codes = created.room, created.codes
        print(f"the host joins at {client.links.join('acme', codes['host'])}")
        print(f"Ben joins at {client.links.join('acme', codes['guest'], name='Ben')}")
        # The `meeting_url` of recordings and streams.
        print(f"the recorder joins at {client.links.recorder('acme', room.id, 'guest')}")
        # --8<-- [end:links]

        ada = sandbox.join_peer(room_id=room.id, role="host", name="Ada", user_id="ada")
        sandbox.join_peer(room_id=room.id, role="guest", name="Ben", user_id="ben")
        sandbox.join_peer(room_id=room.id, role="guest", name="Ben", user_id="ben")
        sandbox.join_peer(room_id=room.id, role="guest", name="Recorder")
        # --8<-- [start:remove]
        removed = client.active_rooms.remove_user(room.id, "ben")
        print(f"{len(removed.peer_ids)} peers of Ben were removed")
        # --8<-- [end:remove]

        ended = client.active_rooms.stop_if_empty(room.id)
        print(f"ended: {str(ended.stopped).lower()}, because of {len(ended.peers)} peers")
        sandbox.leave_peer(ada.id)
        # --8<-- [start:empty]
        # Only the recorder has this role.
        ended = client.active_rooms.stop_if_empty(room.id, except_roles=["guest"])
        print(f"ended: {str(ended.stopped).lower()}")
        # --8<-- [end:empty]


if __name__ == "__main__":
    main()
