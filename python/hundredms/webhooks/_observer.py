"""Who is told how handlers end while a sandbox delivers webhooks to an app."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import asyncio
    from concurrent.futures import Executor, Future


class Observer(Protocol):
    """Is told of the handlers that run for one request, and ends them."""

    @property
    def executor(self) -> Executor:
        """Return what runs handlers that block."""
        ...

    def failed(self, error: BaseException, *, background: bool) -> None:
        """Note that a handler failed."""

    def store_failed(self, error: BaseException) -> None:
        """Note that the store of handled events failed."""

    def began(self, work: Future[Any] | asyncio.Task[Any]) -> None:
        """Note that a handler began which does not end with the request."""


observer: ContextVar[Observer | None] = ContextVar("hundredms_observer", default=None)
"""The observer of the request of this context."""
