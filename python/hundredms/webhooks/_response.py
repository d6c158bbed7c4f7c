"""What is answered to the service."""

from __future__ import annotations

import msgspec


class Response(msgspec.Struct, frozen=True):
    """What to answer. The service takes 200 for delivered, and sends again after anything else."""

    status: int
    """The HTTP status."""
    message: str
    """A short text that says nothing secret."""
    headers: dict[str, str] = {}
    """Headers beside the type of the content."""

    @property
    def body(self) -> bytes:
        """The body, as JSON."""
        return msgspec.json.encode({"message": self.message})

    @property
    def all_headers(self) -> dict[str, str]:
        """The headers, with the type of the content."""
        return {"content-type": "application/json", **self.headers}


HANDLED = Response(200, "handled")
TAKEN = Response(200, "taken")
HANDLED_BEFORE = Response(200, "handled before")
NO_HANDLER = Response(200, "no handler")
IN_PROGRESS = Response(503, "the event is being handled", {"retry-after": "1"})
MALFORMED = Response(500, "the data of the event does not fit")
FAILED = Response(500, "the event could not be handled")
NOT_POST = Response(405, "webhooks are sent with POST", {"allow": "POST"})
