"""Make a client with settings or with a token of your own, and look at a response.

Run it with `python clients.py`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:

    physics-7 ends after 3600 seconds
    status 200 at attempt 1
    a path without a method: status 200
    a token is requested
    2 calls with it
"""

from __future__ import annotations

# --8<-- [start:client]
import hundredms


def make_client() -> hundredms.Client:
    """Return the client. The keys come from the environment."""
    return hundredms.Client(timeout=10, max_retries=3)


# --8<-- [end:client]


def request_token() -> str:
    """Stand for a request to your own service, which has the keys."""
    print("a token is requested")
    return hundredms.Client().tokens.management()


def main() -> None:
    """Make calls."""
    client = make_client()

    # --8<-- [start:call]
    # A call can have its own timeout and number of retries.
    room = client.rooms.create(name="physics-7", max_duration_seconds=3600, timeout=5)
    print(f"{room.name} ends after {room.max_duration_seconds} seconds")
    # --8<-- [end:call]

    # --8<-- [start:response]
    response = client.rooms.with_raw_response.get(room.id)
    print(f"status {response.status} at attempt {response.attempts}")
    # `response.parsed` is the room. There are also `headers`, `header(name)` and `elapsed`.
    # --8<-- [end:response]

    # --8<-- [start:request]
    raw = client.request("GET", "/rooms", query={"limit": "10"})
    print(f"a path without a method: status {raw.status}")
    # --8<-- [end:request]

    # --8<-- [start:token]
    # Called at the first call, five minutes before the token expires, and after a 401.
    client = hundredms.Client(token=request_token)
    # --8<-- [end:token]
    client.rooms.get(room.id)
    client.rooms.list().first_page()
    print("2 calls with it")


if __name__ == "__main__":
    main()
