# @generated from crates/hundredms/src/resources/analytics.rs by `cargo xtask gen`; do not edit.
"""Analytics: events and quality of sessions, and the log of webhooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from .._absent import ABSENT
from .._pages import AsyncPager, Pager
from .._times import aware
from ..models.analytics import (
    AnalyticsEvent,
    AnalyticsEventList,
    AnalyticsEventType,
    AnalyticsPeerStats,
    AnalyticsWebhookEvent,
    AnalyticsWebhookEventList,
    AnalyticsWebhookReplay,
    AnalyticsWebhookReplayStatus,
    DeliveryStatus,
    WebhookEventName,
)
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class Analytics(Resource):
    """Analytics: events and quality of sessions, and the log of webhooks."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AnalyticsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AnalyticsWithRawResponse(self._responding())

    def list_events(
        self,
        *,
        room_id: str,
        type: Sequence[AnalyticsEventType] = ABSENT,
        session_id: str = ABSENT,
        peer_id: str = ABSENT,
        user_id: str = ABSENT,
        beam_id: str = ABSENT,
        error: bool = ABSENT,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[AnalyticsEvent, AnalyticsEventList]:
        """Query analytics events of a room.

        Returns track, recording and client error events of a room from the last 30 days. `type`
        selects the kinds of events. Without it, all supported kinds are returned. Paging uses a
        snapshot taken by the first query: later events do not appear, and the `next` token expires
        24 hours after the first query. `next` is empty on the last page.

        Args:
            room_id: Id of the room.
            type: Kinds of events to return. Defaults to all.
            session_id: Only events of this session.
            peer_id: Only events of this peer.
            user_id: Only events of the peer(s) with this own user id.
            beam_id: Only events of this beam. Applies to `beam.recording.success` only.
            error: When true, only the client error events. Defaults to `false`.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100.
            start: Cursor: the `next` value of the previous page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/analytics/overview
        """
        return self._pages(
            "analytics.list_events",
            AnalyticsEventList,
            "events",
            "start",
            {
                "room_id": room_id,
                "type": type,
                "session_id": session_id,
                "peer_id": peer_id,
                "user_id": user_id,
                "beam_id": beam_id,
                "error": error,
                "limit": limit,
                "start": start,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def peer_quality_stats(
        self,
        *,
        peer_id: str,
        session_id: str,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AnalyticsPeerStats:
        """Return quality time series of a peer.

        Returns time series of what a peer sent and received in a session (bitrate, frame rate,
        loss, round trip, jitter, freezes, concealment). There is one entry per track and, for
        published video, per simulcast layer. The data is available after the session has ended.
        Series without data are empty arrays.

        Args:
            peer_id: Id of the peer.
            session_id: Session of the peer.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/analytics/peer-quality-stats
        """
        return self._call(
            "analytics.peer_quality_stats",
            AnalyticsPeerStats,
            {"peer_id": peer_id, "session_id": session_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_webhook_events(
        self,
        *,
        start_time: datetime = ABSENT,
        end_time: datetime = ABSENT,
        room_id: str = ABSENT,
        status: DeliveryStatus = ABSENT,
        event_names: Sequence[WebhookEventName] = ABSENT,
        limit: int | None = None,
        page: int | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[AnalyticsWebhookEvent, AnalyticsWebhookEventList]:
        """List webhook deliveries.

        Returns which webhooks were delivered and which failed in a time range of at most 14 days
        within the last 30 days. Defaults to the last 24 hours. Paging is by page number, not by
        cursor.

        Args:
            start_time: Start of the range, RFC 3339. At most 30 days ago. Defaults to 24 hours ago.
            end_time: End of the range, RFC 3339. At most 14 days after `start_time`. Defaults to
                now.
            room_id: Only webhooks about this room.
            status: Which delivery outcome to list. Defaults to `all`.
            event_names: Names of the original webhook events. Defaults to all.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100.
            page: Page number, starting at 1. Defaults to `1`.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/analytics/list-webhook-events
        """
        return self._pages(
            "analytics.list_webhook_events",
            AnalyticsWebhookEventList,
            "events",
            "page",
            {
                "start_time": aware("analytics.list_webhook_events", "start_time", start_time),
                "end_time": aware("analytics.list_webhook_events", "end_time", end_time),
                "room_id": room_id,
                "status": status,
                "event_names": event_names,
                "limit": limit,
                "page": page,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def replay_webhook_events(
        self,
        *,
        start_time: datetime = ABSENT,
        end_time: datetime = ABSENT,
        room_id: str = ABSENT,
        event_names: Sequence[WebhookEventName] = ABSENT,
        limit: int = ABSENT,
        offset: int = ABSENT,
        status: DeliveryStatus = ABSENT,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AnalyticsWebhookReplay:
        """Replay webhooks of a time range.

        Starts a background workflow that sends matching webhooks again to the configured URL, ten
        per second, each with `is_replay: true`. Defaults to failed deliveries of the last 24 hours.
        At most 50000 per request; use `offset` for more. If a replay with the same filters is
        running, no second one starts, and the response reports the running one (`already_running`).

        Args:
            start_time: Start of the range. At most 30 days ago. Defaults to 24 hours ago.
            end_time: End of the range. At most 14 days after `start_time`. Defaults to now.
            room_id: Only webhooks about this room.
            event_names: Only these webhook events.
            limit: Maximum number of webhooks to replay. At most 50000. Defaults to `50000`.
            offset: Number of matching webhooks to skip. Defaults to `0`.
            status: Which delivery outcome to replay. Defaults to `failed`.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/analytics/replay-webhook-events
        """
        return self._call(
            "analytics.replay_webhook_events",
            AnalyticsWebhookReplay,
            {
                "start_time": aware("analytics.replay_webhook_events", "start_time", start_time),
                "end_time": aware("analytics.replay_webhook_events", "end_time", end_time),
                "room_id": room_id,
                "event_names": event_names,
                "limit": limit,
                "offset": offset,
                "status": status,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def get_webhook_replay(
        self,
        workflow_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AnalyticsWebhookReplayStatus:
        """Return the state of a webhook replay.

        Returns progress and result of a replay: how many webhooks it covers, how many were sent or
        failed, and the ids of failed events.

        Args:
            workflow_id: Id of the workflow, as returned by the replay.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/analytics/replay-webhook-events
        """
        return self._call(
            "analytics.get_webhook_replay",
            AnalyticsWebhookReplayStatus,
            {"workflow_id": workflow_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )


class AsyncAnalytics(AsyncResource):
    """Analytics: events and quality of sessions, and the log of webhooks."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncAnalyticsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncAnalyticsWithRawResponse(self._responding())

    def list_events(
        self,
        *,
        room_id: str,
        type: Sequence[AnalyticsEventType] = ABSENT,
        session_id: str = ABSENT,
        peer_id: str = ABSENT,
        user_id: str = ABSENT,
        beam_id: str = ABSENT,
        error: bool = ABSENT,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[AnalyticsEvent, AnalyticsEventList]:
        """Query analytics events of a room.

        Returns track, recording and client error events of a room from the last 30 days. `type`
        selects the kinds of events. Without it, all supported kinds are returned. Paging uses a
        snapshot taken by the first query: later events do not appear, and the `next` token expires
        24 hours after the first query. `next` is empty on the last page.

        Args:
            room_id: Id of the room.
            type: Kinds of events to return. Defaults to all.
            session_id: Only events of this session.
            peer_id: Only events of this peer.
            user_id: Only events of the peer(s) with this own user id.
            beam_id: Only events of this beam. Applies to `beam.recording.success` only.
            error: When true, only the client error events. Defaults to `false`.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100.
            start: Cursor: the `next` value of the previous page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/analytics/overview
        """
        return self._pages(
            "analytics.list_events",
            AnalyticsEventList,
            "events",
            "start",
            {
                "room_id": room_id,
                "type": type,
                "session_id": session_id,
                "peer_id": peer_id,
                "user_id": user_id,
                "beam_id": beam_id,
                "error": error,
                "limit": limit,
                "start": start,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def peer_quality_stats(
        self,
        *,
        peer_id: str,
        session_id: str,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AnalyticsPeerStats:
        """Return quality time series of a peer.

        Returns time series of what a peer sent and received in a session (bitrate, frame rate,
        loss, round trip, jitter, freezes, concealment). There is one entry per track and, for
        published video, per simulcast layer. The data is available after the session has ended.
        Series without data are empty arrays.

        Args:
            peer_id: Id of the peer.
            session_id: Session of the peer.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/analytics/peer-quality-stats
        """
        return await self._call(
            "analytics.peer_quality_stats",
            AnalyticsPeerStats,
            {"peer_id": peer_id, "session_id": session_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_webhook_events(
        self,
        *,
        start_time: datetime = ABSENT,
        end_time: datetime = ABSENT,
        room_id: str = ABSENT,
        status: DeliveryStatus = ABSENT,
        event_names: Sequence[WebhookEventName] = ABSENT,
        limit: int | None = None,
        page: int | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[AnalyticsWebhookEvent, AnalyticsWebhookEventList]:
        """List webhook deliveries.

        Returns which webhooks were delivered and which failed in a time range of at most 14 days
        within the last 30 days. Defaults to the last 24 hours. Paging is by page number, not by
        cursor.

        Args:
            start_time: Start of the range, RFC 3339. At most 30 days ago. Defaults to 24 hours ago.
            end_time: End of the range, RFC 3339. At most 14 days after `start_time`. Defaults to
                now.
            room_id: Only webhooks about this room.
            status: Which delivery outcome to list. Defaults to `all`.
            event_names: Names of the original webhook events. Defaults to all.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100.
            page: Page number, starting at 1. Defaults to `1`.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/analytics/list-webhook-events
        """
        return self._pages(
            "analytics.list_webhook_events",
            AnalyticsWebhookEventList,
            "events",
            "page",
            {
                "start_time": aware("analytics.list_webhook_events", "start_time", start_time),
                "end_time": aware("analytics.list_webhook_events", "end_time", end_time),
                "room_id": room_id,
                "status": status,
                "event_names": event_names,
                "limit": limit,
                "page": page,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def replay_webhook_events(
        self,
        *,
        start_time: datetime = ABSENT,
        end_time: datetime = ABSENT,
        room_id: str = ABSENT,
        event_names: Sequence[WebhookEventName] = ABSENT,
        limit: int = ABSENT,
        offset: int = ABSENT,
        status: DeliveryStatus = ABSENT,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AnalyticsWebhookReplay:
        """Replay webhooks of a time range.

        Starts a background workflow that sends matching webhooks again to the configured URL, ten
        per second, each with `is_replay: true`. Defaults to failed deliveries of the last 24 hours.
        At most 50000 per request; use `offset` for more. If a replay with the same filters is
        running, no second one starts, and the response reports the running one (`already_running`).

        Args:
            start_time: Start of the range. At most 30 days ago. Defaults to 24 hours ago.
            end_time: End of the range. At most 14 days after `start_time`. Defaults to now.
            room_id: Only webhooks about this room.
            event_names: Only these webhook events.
            limit: Maximum number of webhooks to replay. At most 50000. Defaults to `50000`.
            offset: Number of matching webhooks to skip. Defaults to `0`.
            status: Which delivery outcome to replay. Defaults to `failed`.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/analytics/replay-webhook-events
        """
        return await self._call(
            "analytics.replay_webhook_events",
            AnalyticsWebhookReplay,
            {
                "start_time": aware("analytics.replay_webhook_events", "start_time", start_time),
                "end_time": aware("analytics.replay_webhook_events", "end_time", end_time),
                "room_id": room_id,
                "event_names": event_names,
                "limit": limit,
                "offset": offset,
                "status": status,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def get_webhook_replay(
        self,
        workflow_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AnalyticsWebhookReplayStatus:
        """Return the state of a webhook replay.

        Returns progress and result of a replay: how many webhooks it covers, how many were sent or
        failed, and the ids of failed events.

        Args:
            workflow_id: Id of the workflow, as returned by the replay.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/analytics/replay-webhook-events
        """
        return await self._call(
            "analytics.get_webhook_replay",
            AnalyticsWebhookReplayStatus,
            {"workflow_id": workflow_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )


class AnalyticsWithRawResponse(WithRawResponse):
    """The methods of `Analytics`. Each returns a `Response`."""

    list_events = first_page(Analytics.list_events)
    peer_quality_stats = responding(Analytics.peer_quality_stats)
    list_webhook_events = first_page(Analytics.list_webhook_events)
    replay_webhook_events = responding(Analytics.replay_webhook_events)
    get_webhook_replay = responding(Analytics.get_webhook_replay)


class AsyncAnalyticsWithRawResponse(WithRawResponse):
    """The methods of `AsyncAnalytics`. Each returns a `Response`."""

    list_events = first_page_async(AsyncAnalytics.list_events)
    peer_quality_stats = responding_async(AsyncAnalytics.peer_quality_stats)
    list_webhook_events = first_page_async(AsyncAnalytics.list_webhook_events)
    replay_webhook_events = responding_async(AsyncAnalytics.replay_webhook_events)
    get_webhook_replay = responding_async(AsyncAnalytics.get_webhook_replay)
