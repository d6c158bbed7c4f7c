"""Start recordings in a Celery worker: `celery -A celery_tasks worker`."""

from __future__ import annotations

# Celery has no types.
# pyright: basic
# mypy: disable-error-code="untyped-decorator"
# --8<-- [start:task]
from functools import cache
from typing import Any

from celery import Celery

import hundredms
from hundredms.models import Recording

app = Celery("lessons")


@cache
def get_client() -> hundredms.Client:
    """Make the client of this process at its first call."""
    return hundredms.Client()


@app.task(bind=True, max_retries=5)
def start_recording(self: Any, room_id: str) -> dict[str, Any]:
    """Start a recording, unless the room has one that starts or runs."""
    client = get_client()
    url = "https://lessons.example/physics-7"
    try:
        # There may be one of an earlier attempt, or of somebody else.
        for status in ("starting", "running"):
            for recording in client.recordings.list(room_id=room_id, status=status):
                return recording.to_dict()
        try:
            return client.recordings.start(room_id, meeting_url=url).to_dict()
        except hundredms.AmbiguousOutcomeError as error:
            found = client.reconcile(error, Recording)
            if found is None:
                # After a timeout, a 408 or a 504, it may still appear. The retry looks first.
                raise self.retry(exc=error, countdown=30) from error
            return found.to_dict()
        except hundredms.ConflictError as error:
            # The last one is still `stopping`, for some seconds.
            raise self.retry(exc=error, countdown=5) from error
    except hundredms.RateLimitedError as error:
        raise self.retry(exc=error, countdown=error.retry_after or 10) from error


# --8<-- [end:task]
