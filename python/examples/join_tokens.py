"""Create a token for a user, exchange a room code for one, and verify tokens.

Run it with `python join_tokens.py`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:

    ada joins as host
    ben joins as guest
    refused: authentication
"""

from __future__ import annotations

# --8<-- [start:imports]
from datetime import timedelta

import hundredms

# --8<-- [end:imports]


def main() -> None:
    """Let two users into a room."""
    with hundredms.Client() as client:
        room = client.rooms.create(name="physics-7")

        # --8<-- [start:token]
        # For a user who is signed in to your app. Nothing is sent: the client signs the token.
        token = client.tokens.auth(room.id, "host", user_id="ada", valid_for=timedelta(hours=1))
        claims = client.tokens.verify(token)
        print(f"{claims.user_id} joins as {claims.role}")
        # --8<-- [end:token]

        # --8<-- [start:code]
        # For a user who has the code of a role.
        code = client.room_codes.create_for_role(room.id, "guest")
        exchanged = client.room_codes.auth_token(code=code.code, user_id="ben")
        claims = client.tokens.verify(exchanged.token)
        print(f"{claims.user_id} joins as {claims.role}")
        # --8<-- [end:code]

        # --8<-- [start:verify]
        # `verify` checks signature and times. `decode` only reads the claims.
        other = hundredms.Client("another-key", "another-secret")
        try:
            other.tokens.verify(token)
        except hundredms.AuthenticationError as error:
            print(f"refused: {error.kind}")
        # --8<-- [end:verify]


if __name__ == "__main__":
    main()
