"""Moderate a running session: list peers, change a role, send a message, remove a peer, and end it.

Run it with `python active_room.py`. It starts a sandbox, whose peers join. Prints:

    Ada is host
    Ben is guest
    Ben is now host
    Ben received: Welcome!
    Ada is alone
    the room is locked
    nobody is in the room
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms

# --8<-- [end:imports]


def main() -> None:
    """Moderate a lesson."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        sandbox.join_peer(client.tokens.auth(room.id, "host", user_id="ada"), name="Ada")
        ben = sandbox.join_peer(client.tokens.auth(room.id, "guest", user_id="ben"), name="Ben")

        # --8<-- [start:list]
        peers = client.active_rooms.list_peers(room.id).peers
        for peer in sorted(peers.values(), key=lambda peer: peer.name):
            print(f"{peer.name} is {peer.role}")
        # --8<-- [end:list]

        # --8<-- [start:role]
        promoted = client.active_rooms.update_peer(room.id, ben.id, role="host")
        print(f"{promoted.name} is now {promoted.role}")
        # --8<-- [end:role]

        # --8<-- [start:message]
        # Without `peer_id` or `role`, a message goes to everybody.
        client.active_rooms.send_message(room.id, message="Welcome!", peer_id=ben.id)
        # --8<-- [end:message]
        for received in sandbox.messages(room.id):
            print(f"Ben received: {received.message}")

        # --8<-- [start:remove]
        client.active_rooms.remove_peers(room.id, peer_id=ben.id, reason="Wrong room")
        # --8<-- [end:remove]
        peers = client.active_rooms.list_peers(room.id).peers
        for peer in peers.values():
            print(f"{peer.name} is alone")

        # --8<-- [start:end]
        # With `lock`, nobody can join again until the room is enabled.
        client.active_rooms.end(room.id, reason="The lesson is over", lock=True)
        # --8<-- [end:end]
        if not client.rooms.get(room.id).enabled:
            print("the room is locked")

        # --8<-- [start:empty]
        try:
            peers = client.active_rooms.list_peers(room.id).peers
            print(f"{len(peers)} in the room")
        except hundredms.NotFoundError:
            print("nobody is in the room")
        # --8<-- [end:empty]


if __name__ == "__main__":
    main()
