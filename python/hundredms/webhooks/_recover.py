"""Gap recovery: what the service could not deliver, replayed by it or handled here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from ._event import Event, parse
from ._response import HANDLED, HANDLED_BEFORE, IN_PROGRESS, NO_HANDLER, TAKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .._client import AsyncClient, Client
    from ..models.analytics import AnalyticsWebhookEvent, WebhookEventName
    from ._receiver import Receiver
    from ._response import Response
    from ._types import EventData

WINDOW = timedelta(days=14)
"""The longest range that the service takes in one call."""

MOST_REPLAYED = 50_000
"""As many webhooks one replay sends at most."""


class Recovered(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a recovery."""

    found: int
    """Events whose delivery had failed."""
    handled: int = 0
    """Those that a handler here has handled, or taken."""
    duplicates: int = 0
    """Those that had been handled before, or are being handled."""
    unhandled: int = 0
    """Those that have no handler."""
    failed: list[str] = []
    """Ids of those that could not be handled: recover again to try them again."""
    workflows: list[str] = []
    """Ids of the replays that were started: `analytics.get_webhook_replay` tells how far one is."""


class _Count:
    """Counts what came of each event."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._handled = 0
        self._duplicates = 0
        self._unhandled = 0
        self._failed: list[str] = []

    def new(self, deliveries: list[AnalyticsWebhookEvent]) -> list[AnalyticsWebhookEvent]:
        """Take each event once, the oldest first."""
        fresh: dict[str, AnalyticsWebhookEvent] = {}
        for delivery in sorted(deliveries, key=_time):
            if delivery.event_id not in self._seen:
                fresh[delivery.event_id] = delivery
        self._seen.update(fresh)
        return list(fresh.values())

    def add(self, delivery: AnalyticsWebhookEvent, response: Response) -> None:
        if response in (HANDLED, TAKEN):
            self._handled += 1
        elif response in (HANDLED_BEFORE, IN_PROGRESS):
            self._duplicates += 1
        elif response == NO_HANDLER:
            self._unhandled += 1
        else:
            self._failed.append(delivery.event_id)

    def recovered(self, workflows: Sequence[str]) -> Recovered:
        return Recovered(
            found=len(self._seen),
            handled=self._handled,
            duplicates=self._duplicates,
            unhandled=self._unhandled,
            failed=self._failed,
            workflows=list(workflows),
        )


def _check(start: datetime, end: datetime, receiver: Receiver | None, replay: bool) -> None:
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("start and end must be aware datetimes")
    if start >= end:
        raise ValueError("start must be before end")
    if (receiver is None) is not replay:
        raise ValueError("give either a receiver or replay=True")


def _windows(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    while start < end:
        until = min(start + WINDOW, end)
        yield start, until
        start = until


def event_of(delivery: AnalyticsWebhookEvent) -> Event[EventData]:
    """Make the event of a delivery in the history: it has less data than the webhook had."""
    envelope: dict[str, Any] = {
        "id": delivery.event_id,
        "type": delivery.payload.original_event_name,
        "timestamp": delivery.event_timestamp,
        "is_replay": True,
        "data": {"room_id": delivery.room_id, **delivery.payload.event_data},
    }
    return parse(msgspec.json.encode(envelope))


def recover(
    client: Client,
    start: datetime,
    end: datetime,
    *,
    receiver: Receiver | None = None,
    replay: bool = False,
    room_id: str | None = None,
    event_names: Sequence[WebhookEventName] | None = None,
) -> Recovered:
    """Recover the webhooks of a time range that the service could not deliver.

    Either the service sends them again (`replay=True`), or what its history has of them goes to
    the handlers of `receiver`. Both leave out what was handled before. Longer ranges are asked for
    in windows of 14 days.

    Args:
        client: The client to ask with.
        start: Begin of the range, aware; the service goes back 30 days.
        end: End of the range, aware.
        receiver: Whose handlers get the events. The history has less data than the webhooks had, so
            some events may come to the fallback, as `Malformed`.
        replay: Whether the service is to send them again.
        room_id: Only webhooks about this room.
        event_names: Only webhooks of these types.

    Raises:
        ValueError: A range that is none, or not just one of `receiver` and `replay`.
        HundredMsError: As the calls do.
    """
    _check(start, end, receiver, replay)
    count = _Count()
    workflows: list[str] = []
    for since, until in _windows(start, end):
        listed = client.analytics.list_webhook_events(
            start_time=since,
            end_time=until,
            room_id=room_id,
            status="failed",
            event_names=event_names,
        )
        # Listed before anything is handled: a replay adds to the history.
        deliveries = count.new(list(listed))
        if receiver is not None:
            for delivery in deliveries:
                count.add(delivery, receiver.dispatch(event_of(delivery)))
            continue
        for offset in range(0, len(deliveries), MOST_REPLAYED):
            started = client.analytics.replay_webhook_events(
                start_time=since,
                end_time=until,
                room_id=room_id,
                status="failed",
                event_names=event_names,
                offset=offset or None,
            )
            workflows.append(started.workflow_id)
    return count.recovered(workflows)


async def recover_async(
    client: AsyncClient,
    start: datetime,
    end: datetime,
    *,
    receiver: Receiver | None = None,
    replay: bool = False,
    room_id: str | None = None,
    event_names: Sequence[WebhookEventName] | None = None,
) -> Recovered:
    """Recover the webhooks of a time range that the service could not deliver: see `recover`."""
    _check(start, end, receiver, replay)
    count = _Count()
    workflows: list[str] = []
    for since, until in _windows(start, end):
        listed = client.analytics.list_webhook_events(
            start_time=since,
            end_time=until,
            room_id=room_id,
            status="failed",
            event_names=event_names,
        )
        deliveries = count.new([delivery async for delivery in listed])
        if receiver is not None:
            for delivery in deliveries:
                response = await receiver.dispatch_async(event_of(delivery))
                count.add(delivery, response)
            continue
        for offset in range(0, len(deliveries), MOST_REPLAYED):
            started = await client.analytics.replay_webhook_events(
                start_time=since,
                end_time=until,
                room_id=room_id,
                status="failed",
                event_names=event_names,
                offset=offset or None,
            )
            workflows.append(started.workflow_id)
    return count.recovered(workflows)


def _time(delivery: AnalyticsWebhookEvent) -> float:
    return delivery.event_timestamp.timestamp() if delivery.event_timestamp else 0.0
