"""The response to the service."""

from __future__ import annotations

import msgspec


class Response(msgspec.Struct, frozen=True):
    """The response to a webhook. The service resends the event after any status other than 200."""

    status: int
    """The HTTP status."""
    message: str
    """A short text without secrets."""
    headers: dict[str, str] = {}
    """Headers in addition to the content type."""

    @property
    def body(self) -> bytes:
        """The body, as JSON."""
        return msgspec.json.encode({"message": self.message})

    @property
    def all_headers(self) -> dict[str, str]:
        """The headers, including the content type."""
        return {"content-type": "application/json", **self.headers}


HANDLED = Response(200, "handled")
ACCEPTED = Response(200, "accepted")
DUPLICATE = Response(200, "duplicate")
NO_HANDLER = Response(200, "no handler")
IN_PROGRESS = Response(503, "the event is being handled", {"retry-after": "1"})
MALFORMED = Response(500, "the data of the event cannot be decoded")
FAILED = Response(500, "the event could not be handled")
NOT_POST = Response(405, "webhooks are sent with POST", {"allow": "POST"})
