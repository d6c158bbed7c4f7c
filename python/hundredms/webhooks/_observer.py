"""Who is told how handlers end while a sandbox delivers webhooks to an app."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import asyncio
    from concurrent.futures import Future

    from ._handler_failure import HandlerFailure


class Observer(Protocol):
    """Is told of the handlers that run for one request."""

    def failed(self, failure: HandlerFailure) -> None:
        """Note that a handler failed."""

    def began(self, work: Future[Any] | asyncio.Task[Any]) -> None:
        """Note that a background handler began; the response does not wait for it."""


observer: ContextVar[Observer | None] = ContextVar("hundredms_observer", default=None)
"""The observer of the request of this context."""
