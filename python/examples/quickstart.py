"""Create a room, a code for each role, and a token with which a user joins.

Run it with `python quickstart.py`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:

    room physics-7
    code for guest: …
    code for host: …
    ada joins with a token of … characters
"""

from __future__ import annotations

# --8<-- [start:all]
import hundredms


def main() -> None:
    """Prepare a room for a lesson."""
    # --8<-- [start:body]
    with hundredms.Client() as client:
        room = client.rooms.create(name="physics-7")
        print(f"room {room.name}")

        # A room code is for people who join by a link.
        codes = client.room_codes.create(room.id).data
        for code in sorted(codes, key=lambda code: code.role):
            print(f"code for {code.role}: {code.code}")

        # A token is for a user of your own app: pass it to the client SDK.
        token = client.tokens.auth(room.id, "host", user_id="ada")
        print(f"ada joins with a token of {len(token)} characters")
    # --8<-- [end:body]


if __name__ == "__main__":
    main()
# --8<-- [end:all]
