"""Who is told which handlers failed while a sandbox delivers webhooks to an app."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from ._handler_failure import HandlerFailure

observer: ContextVar[Callable[[HandlerFailure], object] | None] = ContextVar(
    "hundredms_failure_observer", default=None
)
"""Called with each failure of a handler that runs for a request of this context."""
