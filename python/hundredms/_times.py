"""Times that are sent."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from ._absent import ABSENT
from ._arguments import refused

TimeT = TypeVar("TimeT", bound="datetime | None")


def aware(operation: str, field: str, time: TimeT) -> TimeT:
    """Refuse a time without a zone: each machine would take it for another moment."""
    if isinstance(time, datetime):
        if time.utcoffset() is None:
            reason = "has no zone; `.astimezone()` gives it the local one"
            raise refused(operation, field, reason)
    elif time is not None and time is not ABSENT:
        raise refused(operation, field, f"must be an aware datetime, not {type(time).__name__}")
    return time
