"""`HandlerFailure`: a handler that failed."""

from __future__ import annotations

from typing import Any

import msgspec

from ._event import Event


class HandlerFailure(msgspec.Struct, frozen=True, kw_only=True):
    """An event whose handler failed."""

    event: Event[Any]
    """The event."""
    error: Exception
    """What the handler raised."""
    background: bool
    """Whether the event was answered before: then the service does not send it again."""
