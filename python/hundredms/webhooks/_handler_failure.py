"""`HandlerFailure`: an event that was not handled."""

from __future__ import annotations

from typing import Any

import msgspec

from ._event import Event


class HandlerFailure(msgspec.Struct, frozen=True, kw_only=True):
    """An event whose handler failed, or that the store could not claim."""

    event: Event[Any]
    """The event. Keep its `raw` to handle it later: `dispatch(webhooks.parse(raw))`."""
    error: Exception
    """What the handler or the store raised."""
    background: bool
    """Whether the event was answered before: then the service does not send it again."""
