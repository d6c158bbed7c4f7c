# @generated from crates/hundredms/src/resources/analytics.rs by `cargo xtask gen`; do not edit.
"""The operations of analytics."""

from __future__ import annotations

from .._absent import ABSENT
from .._times import aware
from ..models.analytics import (
    AnalyticsEventList,
    AnalyticsPeerStats,
    AnalyticsWebhookEventList,
    AnalyticsWebhookReplay,
    AnalyticsWebhookReplayStatus,
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

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from .._pages import AsyncPager, Pager
from ..models.analytics import (
    AnalyticsEvent,
    AnalyticsEventType,
    AnalyticsWebhookEvent,
    DeliveryStatus,
    WebhookEventName,
)


class Analytics(Resource):
    """The operations of analytics."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AnalyticsWithRawResponse:
        """The same operations, each of which gives a `Response`: status, headers, attempts."""
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

        Returns track, recording and client error events of a room, as far back as 30 days. `type`
        may be repeated to ask for several kinds; without it all supported kinds come. Paging works
        on a snapshot taken by the first query: later events do not show up while paging, and the
        `next` token stops working 24 hours after that first query. `next` is an empty string on the
        last page.

        Args:
            room_id: Room to get events for.
            type: Kinds of event to return; repeat the parameter for several. Default: all of them.
            session_id: Only events of this session.
            peer_id: Only events of this peer.
            user_id: Only events of the peer(s) with this customer-side user id.
            beam_id: Only events of this beam; has a meaning for `beam.recording.success` only.
            error: When true, only the client error events. Default: `false`.
            limit: Page size. The service takes 1 to 100; 100 unless set.
            start: Token from `next` of the page before.
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
        """Get quality time series of a peer.

        Returns what a peer sent and received in a finished session as time series (bitrate, frame
        rate, loss, round trip, jitter, freezes, concealment), one entry per track and, for
        published video, per simulcast layer. Not real time: data exists only once the session has
        ended. Series without data are empty arrays.

        Args:
            peer_id: Peer to get the series for.
            session_id: Session the peer took part in.
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

        Shows which webhooks were delivered and which failed in a time range of at most 14 days
        within the last 30 days; by default the last 24 hours. Paged by page number, not by cursor.

        Args:
            start_time: Begin of the range, RFC 3339; not older than 30 days. Default: 24 hours ago.
            end_time: End of the range, RFC 3339; at most 14 days after `start_time`. Default: now.
            room_id: Only webhooks about this room.
            status: Which delivery outcome to list. Default: `all`.
            event_names: Original webhook event names; repeat the parameter for several. Default:
                all.
            limit: Items per page. The service takes 1 to 100; 100 unless set.
            page: Page number, from 1. Default: `1`.
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

        Queues a background workflow that sends matching webhooks again to the configured URL, ten
        per second, each marked `is_replay: true`. By default failed deliveries of the last 24
        hours; at most 50000 per request, use `offset` for more. A request with the same filters as
        one still in progress does not start a second workflow but reports the existing one
        (`already_running`).

        Args:
            start_time: Begin of the range; not older than 30 days. Default: 24 hours ago.
            end_time: End of the range; after `start_time`, by at most 14 days. Default: now.
            room_id: Only webhooks about this room.
            event_names: Only these webhook events.
            limit: How many webhooks to replay at most. At most 50000. Default: `50000`.
            offset: How many matching webhooks to skip. Default: `0`.
            status: Which delivery outcome to replay. Default: `failed`.
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
        """Get the state of a webhook replay.

        Shows progress and outcome of a replay workflow: how many webhooks it covers, how many were
        sent or failed, and the ids of those that failed.

        Args:
            workflow_id: Identifier given by the replay call.
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
    """The operations of analytics."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncAnalyticsWithRawResponse:
        """The same operations, each of which gives a `Response`: status, headers, attempts."""
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

        Returns track, recording and client error events of a room, as far back as 30 days. `type`
        may be repeated to ask for several kinds; without it all supported kinds come. Paging works
        on a snapshot taken by the first query: later events do not show up while paging, and the
        `next` token stops working 24 hours after that first query. `next` is an empty string on the
        last page.

        Args:
            room_id: Room to get events for.
            type: Kinds of event to return; repeat the parameter for several. Default: all of them.
            session_id: Only events of this session.
            peer_id: Only events of this peer.
            user_id: Only events of the peer(s) with this customer-side user id.
            beam_id: Only events of this beam; has a meaning for `beam.recording.success` only.
            error: When true, only the client error events. Default: `false`.
            limit: Page size. The service takes 1 to 100; 100 unless set.
            start: Token from `next` of the page before.
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
        """Get quality time series of a peer.

        Returns what a peer sent and received in a finished session as time series (bitrate, frame
        rate, loss, round trip, jitter, freezes, concealment), one entry per track and, for
        published video, per simulcast layer. Not real time: data exists only once the session has
        ended. Series without data are empty arrays.

        Args:
            peer_id: Peer to get the series for.
            session_id: Session the peer took part in.
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

        Shows which webhooks were delivered and which failed in a time range of at most 14 days
        within the last 30 days; by default the last 24 hours. Paged by page number, not by cursor.

        Args:
            start_time: Begin of the range, RFC 3339; not older than 30 days. Default: 24 hours ago.
            end_time: End of the range, RFC 3339; at most 14 days after `start_time`. Default: now.
            room_id: Only webhooks about this room.
            status: Which delivery outcome to list. Default: `all`.
            event_names: Original webhook event names; repeat the parameter for several. Default:
                all.
            limit: Items per page. The service takes 1 to 100; 100 unless set.
            page: Page number, from 1. Default: `1`.
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

        Queues a background workflow that sends matching webhooks again to the configured URL, ten
        per second, each marked `is_replay: true`. By default failed deliveries of the last 24
        hours; at most 50000 per request, use `offset` for more. A request with the same filters as
        one still in progress does not start a second workflow but reports the existing one
        (`already_running`).

        Args:
            start_time: Begin of the range; not older than 30 days. Default: 24 hours ago.
            end_time: End of the range; after `start_time`, by at most 14 days. Default: now.
            room_id: Only webhooks about this room.
            event_names: Only these webhook events.
            limit: How many webhooks to replay at most. At most 50000. Default: `50000`.
            offset: How many matching webhooks to skip. Default: `0`.
            status: Which delivery outcome to replay. Default: `failed`.
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
        """Get the state of a webhook replay.

        Shows progress and outcome of a replay workflow: how many webhooks it covers, how many were
        sent or failed, and the ids of those that failed.

        Args:
            workflow_id: Identifier given by the replay call.
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
    """The operations of analytics, each of which gives a `Response`."""

    list_events = first_page(Analytics.list_events)
    peer_quality_stats = responding(Analytics.peer_quality_stats)
    list_webhook_events = first_page(Analytics.list_webhook_events)
    replay_webhook_events = responding(Analytics.replay_webhook_events)
    get_webhook_replay = responding(Analytics.get_webhook_replay)


class AsyncAnalyticsWithRawResponse(WithRawResponse):
    """The operations of analytics, each of which gives a `Response`."""

    list_events = first_page_async(AsyncAnalytics.list_events)
    peer_quality_stats = responding_async(AsyncAnalytics.peer_quality_stats)
    list_webhook_events = first_page_async(AsyncAnalytics.list_webhook_events)
    replay_webhook_events = responding_async(AsyncAnalytics.replay_webhook_events)
    get_webhook_replay = responding_async(AsyncAnalytics.get_webhook_replay)
