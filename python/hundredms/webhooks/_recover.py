"""Gap recovery: events that the service could not deliver, replayed by it or handled here."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from .._absent import ABSENT
from .._client import AsyncClient, Client
from ..models.analytics import (
    AnalyticsWebhookEvent,
    AnalyticsWebhookReplayStatus,
    WebhookEventName,
)
from ._event import Event, parse
from ._receiver import Receiver
from ._response import ACCEPTED, DUPLICATE, HANDLED, IN_PROGRESS, NO_HANDLER, Response
from ._types import EventData

WINDOW = timedelta(days=14)
"""The maximum range of one call to the service."""

MOST_REPLAYED = 50_000
"""Maximum number of webhooks of one replay."""


_OVER = frozenset({"completed", "completed_with_failures", "failed", "Canceled", "Terminated"})


class Recovered(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a recovery."""

    found: int
    """Events whose delivery had failed. For a replay, all deliveries of them."""
    handled: int = 0
    """Events that a handler here handled, or accepted."""
    duplicates: int = 0
    """Events that were handled before."""
    in_progress: int = 0
    """Events that are being handled, or whose handler died less than a lease ago.

    Recover again to be sure of them.
    """
    unhandled: int = 0
    """Events without a handler."""
    failed: list[str] = []
    """Ids of events that could not be handled. Recover again to retry them."""
    workflows: list[str] = []
    """Ids of the started replays. `analytics.get_webhook_replay` returns their progress."""


class _Count:
    """Counts the results of events."""

    def __init__(self, found: int) -> None:
        self._found = found
        self._answers: dict[str, int] = {}
        self._failed: list[str] = []

    def add(self, delivery: AnalyticsWebhookEvent, response: Response) -> None:
        if response.status == 500:
            self._failed.append(delivery.event_id)
        else:
            self._answers[response.message] = self._answers.get(response.message, 0) + 1

    def recovered(self) -> Recovered:
        def of(*responses: Response) -> int:
            return sum(self._answers.get(response.message, 0) for response in responses)

        return Recovered(
            found=self._found,
            handled=of(HANDLED, ACCEPTED),
            duplicates=of(DUPLICATE),
            in_progress=of(IN_PROGRESS),
            unhandled=of(NO_HANDLER),
            failed=self._failed,
        )


def _windows(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Return a range in parts that the service takes, the oldest first."""
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("start and end must be aware datetimes")
    if start >= end:
        raise ValueError("start must be before end")
    while start < end:
        until = min(start + WINDOW, end)
        yield start, until
        start = until


def _is(client: object, *, awaited: bool) -> None:
    # What stands in for a client in tests is of neither kind.
    other = Client if awaited else AsyncClient
    if isinstance(client, other) or not hasattr(client, "analytics"):
        which = "an AsyncClient" if awaited else "a Client; an AsyncClient has the async functions"
        raise ValueError(f"client: must be {which}")


def _check(receiver: Receiver | None, replay: bool) -> None:
    if (receiver is None) is not replay:
        raise ValueError("give either a receiver or replay=True")


def _each_once(deliveries: list[AnalyticsWebhookEvent]) -> list[AnalyticsWebhookEvent]:
    """Return each event once, oldest first."""
    found: dict[str, AnalyticsWebhookEvent] = {}
    for delivery in sorted(deliveries, key=_time):
        found.setdefault(delivery.event_id, delivery)
    return list(found.values())


def _time(delivery: AnalyticsWebhookEvent) -> float:
    return delivery.event_timestamp.timestamp() if delivery.event_timestamp else 0.0


def _event_of(delivery: AnalyticsWebhookEvent) -> Event[EventData]:
    """Create the event of a delivery in the history, which has less data than the webhook."""
    envelope: dict[str, Any] = {
        "id": delivery.event_id,
        "type": delivery.payload.original_event_name,
        "timestamp": delivery.event_timestamp,
        "is_replay": True,
        "data": {"room_id": delivery.room_id, **delivery.payload.event_data},
    }
    return parse(msgspec.json.encode(envelope))


def _pauses() -> Iterator[float]:
    """Return the pauses between two checks of the state of a replay."""
    pause = 0.25
    while True:
        yield pause
        pause = min(2 * pause, 5.0)


def _is_over(state: AnalyticsWebhookReplayStatus) -> bool:
    return state.completed_at is not None or state.status in _OVER


def _until_over(client: Client, workflow: str) -> None:
    """Wait until a replay is over, successful or not."""
    for pause in _pauses():
        if _is_over(client.analytics.get_webhook_replay(workflow)):
            return
        time.sleep(pause)


async def _until_over_async(client: AsyncClient, workflow: str) -> None:
    """Wait until a replay is over, successful or not."""
    for pause in _pauses():
        if _is_over(await client.analytics.get_webhook_replay(workflow)):
            return
        await asyncio.sleep(pause)


def missed(
    client: Client,
    start: datetime,
    end: datetime,
    *,
    room_id: str = ABSENT,
    event_names: Sequence[WebhookEventName] = ABSENT,
) -> list[AnalyticsWebhookEvent]:
    """List the events of a time range that the service could not deliver, oldest first.

    Each event is listed once. Longer ranges are requested in windows of 14 days.

    Args:
        client: The client to use.
        start: Start of the range, an aware datetime. At most 30 days ago.
        end: End of the range, an aware datetime.
        room_id: Only webhooks about this room.
        event_names: Only webhooks of these types.

    Raises:
        ValueError: An invalid range.
        HundredmsError: As `client.analytics.list_webhook_events` does.
    """
    found: list[AnalyticsWebhookEvent] = []
    _is(client, awaited=False)
    for since, until in _windows(start, end):
        found += client.analytics.list_webhook_events(
            start_time=since,
            end_time=until,
            room_id=room_id,
            status="failed",
            event_names=event_names,
        )
    return _each_once(found)


async def missed_async(
    client: AsyncClient,
    start: datetime,
    end: datetime,
    *,
    room_id: str = ABSENT,
    event_names: Sequence[WebhookEventName] = ABSENT,
) -> list[AnalyticsWebhookEvent]:
    """List the events of a time range that the service could not deliver: see `missed`."""
    found: list[AnalyticsWebhookEvent] = []
    _is(client, awaited=True)
    for since, until in _windows(start, end):
        listed = client.analytics.list_webhook_events(
            start_time=since,
            end_time=until,
            room_id=room_id,
            status="failed",
            event_names=event_names,
        )
        found += [delivery async for delivery in listed]
    return _each_once(found)


def recover(
    client: Client,
    start: datetime,
    end: datetime,
    *,
    receiver: Receiver | None = None,
    replay: bool = False,
    room_id: str = ABSENT,
    event_names: Sequence[WebhookEventName] = ABSENT,
) -> Recovered:
    """Recover the webhooks of a time range that the service could not deliver.

    With `replay=True` the service sends them again. Otherwise the events in its history are passed
    to the handlers of `receiver`, oldest first. Both skip events that were handled before. Longer
    ranges are requested in windows of 14 days. Each window is replayed when the previous one is
    over, at ten deliveries a second. This does not wait for the last replay.

    Args:
        client: The client to use.
        start: Start of the range, an aware datetime. At most 30 days ago.
        end: End of the range, an aware datetime.
        receiver: The receiver whose handlers get the events. The history has less data than the
            webhooks had, so some events may go to the fallback, as `Malformed`.
        replay: Whether the service sends them again.
        room_id: Only webhooks about this room.
        event_names: Only webhooks of these types.

    Raises:
        ValueError: An invalid range, or not exactly one of `receiver` and `replay`.
        HundredmsError: As the calls do.
    """
    _is(client, awaited=False)
    _check(receiver, replay)
    if receiver is not None:
        # Listed before anything is handled: what happens meanwhile adds to the history.
        deliveries = missed(client, start, end, room_id=room_id, event_names=event_names)
        count = _Count(len(deliveries))
        for delivery in deliveries:
            count.add(delivery, receiver.dispatch(_event_of(delivery)))
        return count.recovered()
    found = 0
    workflows: list[str] = []
    for since, until in _windows(start, end):
        listed = client.analytics.list_webhook_events(
            start_time=since,
            end_time=until,
            room_id=room_id,
            status="failed",
            event_names=event_names,
        )
        failed = listed.first_page().pagination.total_items
        found += failed
        for offset in range(0, failed, MOST_REPLAYED):
            if workflows:
                _until_over(client, workflows[-1])
            started = client.analytics.replay_webhook_events(
                start_time=since,
                end_time=until,
                room_id=room_id,
                status="failed",
                event_names=event_names,
                offset=offset or ABSENT,
            )
            workflows.append(started.workflow_id)
    return Recovered(found=found, workflows=workflows)


async def recover_async(
    client: AsyncClient,
    start: datetime,
    end: datetime,
    *,
    receiver: Receiver | None = None,
    replay: bool = False,
    room_id: str = ABSENT,
    event_names: Sequence[WebhookEventName] = ABSENT,
) -> Recovered:
    """Recover the webhooks of a time range that the service could not deliver: see `recover`."""
    _is(client, awaited=True)
    _check(receiver, replay)
    if receiver is not None:
        deliveries = await missed_async(
            client, start, end, room_id=room_id, event_names=event_names
        )
        count = _Count(len(deliveries))
        for delivery in deliveries:
            count.add(delivery, await receiver.dispatch_async(_event_of(delivery)))
        return count.recovered()
    found = 0
    workflows: list[str] = []
    for since, until in _windows(start, end):
        listed = client.analytics.list_webhook_events(
            start_time=since,
            end_time=until,
            room_id=room_id,
            status="failed",
            event_names=event_names,
        )
        failed = (await listed.first_page()).pagination.total_items
        found += failed
        for offset in range(0, failed, MOST_REPLAYED):
            if workflows:
                await _until_over_async(client, workflows[-1])
            started = await client.analytics.replay_webhook_events(
                start_time=since,
                end_time=until,
                room_id=room_id,
                status="failed",
                event_names=event_names,
                offset=offset or ABSENT,
            )
            workflows.append(started.workflow_id)
    return Recovered(found=found, workflows=workflows)
