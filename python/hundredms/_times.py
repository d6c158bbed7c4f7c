"""Times that are sent."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from ._errors import InvalidRequestError

TimeT = TypeVar("TimeT", bound="datetime | None")


def aware(operation: str, field: str, time: TimeT) -> TimeT:
    """Refuse a time without a zone: each machine would take it for another moment."""
    if isinstance(time, datetime) and time.utcoffset() is None:
        message = f"{field}: has no zone; `.astimezone()` gives it the local one"
        raise InvalidRequestError(
            f"{operation}: {message} (invalid_request)",
            message=message,
            operation=operation,
            field=field,
        )
    return time
