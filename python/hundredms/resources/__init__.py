# @generated from crates/hundredms/src/resources by `cargo xtask gen`; do not edit.
"""The resources of a client. Each is loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._lazy import lazy

if TYPE_CHECKING:
    from .._async_calls import AsyncCalls
    from .._calls import Calls
    from .active_rooms import ActiveRooms, AsyncActiveRooms
    from .analytics import Analytics, AsyncAnalytics
    from .external_streams import AsyncExternalStreams, ExternalStreams
    from .live_streams import AsyncLiveStreams, LiveStreams
    from .polls import AsyncPolls, Polls
    from .recording_assets import AsyncRecordingAssets, RecordingAssets
    from .recordings import AsyncRecordings, Recordings
    from .room_codes import AsyncRoomCodes, RoomCodes
    from .rooms import AsyncRooms, Rooms
    from .sessions import AsyncSessions, Sessions
    from .sip import AsyncSip, Sip
    from .stream_keys import AsyncStreamKeys, StreamKeys
    from .templates import AsyncTemplates, Templates


class Resources:
    """Every resource, by its name."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    @lazy
    def rooms(self) -> Rooms:
        """Rooms: where peers meet, and their settings."""
        from .rooms import Rooms

        return Rooms(self._calls)

    @lazy
    def room_codes(self) -> RoomCodes:
        """Room codes: short codes for a room and a role, and their exchange for a token."""
        from .room_codes import RoomCodes

        return RoomCodes(self._calls)

    @lazy
    def stream_keys(self) -> StreamKeys:
        """Stream keys: let an encoder send RTMP to a room."""
        from .stream_keys import StreamKeys

        return StreamKeys(self._calls)

    @lazy
    def active_rooms(self) -> ActiveRooms:
        """Active rooms: the rooms with a running session, and their peers."""
        from .active_rooms import ActiveRooms

        return ActiveRooms(self._calls)

    @lazy
    def sessions(self) -> Sessions:
        """Sessions: the periods in which a room was in use, and their peers."""
        from .sessions import Sessions

        return Sessions(self._calls)

    @lazy
    def recordings(self) -> Recordings:
        """Recordings: jobs that record a room."""
        from .recordings import Recordings

        return Recordings(self._calls)

    @lazy
    def recording_assets(self) -> RecordingAssets:
        """Recording assets: the files that recordings and streams produce."""
        from .recording_assets import RecordingAssets

        return RecordingAssets(self._calls)

    @lazy
    def live_streams(self) -> LiveStreams:
        """Live streams: stream a room over HLS."""
        from .live_streams import LiveStreams

        return LiveStreams(self._calls)

    @lazy
    def external_streams(self) -> ExternalStreams:
        """External streams: stream a room to RTMP targets."""
        from .external_streams import ExternalStreams

        return ExternalStreams(self._calls)

    @lazy
    def analytics(self) -> Analytics:
        """Analytics: events and quality of sessions, and the log of webhooks."""
        from .analytics import Analytics

        return Analytics(self._calls)

    @lazy
    def polls(self) -> Polls:
        """Polls: questions to peers, answers and results."""
        from .polls import Polls

        return Polls(self._calls)

    @lazy
    def templates(self) -> Templates:
        """Templates: roles, settings and destinations that rooms share.

        The service also calls them policies.
        """
        from .templates import Templates

        return Templates(self._calls)

    @lazy
    def sip(self) -> Sip:
        """SIP: phone calls into rooms."""
        from .sip import Sip

        return Sip(self._calls)


class AsyncResources:
    """Every resource, by its name."""

    def __init__(self, calls: AsyncCalls) -> None:
        self._calls = calls

    @lazy
    def rooms(self) -> AsyncRooms:
        """Rooms: where peers meet, and their settings."""
        from .rooms import AsyncRooms

        return AsyncRooms(self._calls)

    @lazy
    def room_codes(self) -> AsyncRoomCodes:
        """Room codes: short codes for a room and a role, and their exchange for a token."""
        from .room_codes import AsyncRoomCodes

        return AsyncRoomCodes(self._calls)

    @lazy
    def stream_keys(self) -> AsyncStreamKeys:
        """Stream keys: let an encoder send RTMP to a room."""
        from .stream_keys import AsyncStreamKeys

        return AsyncStreamKeys(self._calls)

    @lazy
    def active_rooms(self) -> AsyncActiveRooms:
        """Active rooms: the rooms with a running session, and their peers."""
        from .active_rooms import AsyncActiveRooms

        return AsyncActiveRooms(self._calls)

    @lazy
    def sessions(self) -> AsyncSessions:
        """Sessions: the periods in which a room was in use, and their peers."""
        from .sessions import AsyncSessions

        return AsyncSessions(self._calls)

    @lazy
    def recordings(self) -> AsyncRecordings:
        """Recordings: jobs that record a room."""
        from .recordings import AsyncRecordings

        return AsyncRecordings(self._calls)

    @lazy
    def recording_assets(self) -> AsyncRecordingAssets:
        """Recording assets: the files that recordings and streams produce."""
        from .recording_assets import AsyncRecordingAssets

        return AsyncRecordingAssets(self._calls)

    @lazy
    def live_streams(self) -> AsyncLiveStreams:
        """Live streams: stream a room over HLS."""
        from .live_streams import AsyncLiveStreams

        return AsyncLiveStreams(self._calls)

    @lazy
    def external_streams(self) -> AsyncExternalStreams:
        """External streams: stream a room to RTMP targets."""
        from .external_streams import AsyncExternalStreams

        return AsyncExternalStreams(self._calls)

    @lazy
    def analytics(self) -> AsyncAnalytics:
        """Analytics: events and quality of sessions, and the log of webhooks."""
        from .analytics import AsyncAnalytics

        return AsyncAnalytics(self._calls)

    @lazy
    def polls(self) -> AsyncPolls:
        """Polls: questions to peers, answers and results."""
        from .polls import AsyncPolls

        return AsyncPolls(self._calls)

    @lazy
    def templates(self) -> AsyncTemplates:
        """Templates: roles, settings and destinations that rooms share.

        The service also calls them policies.
        """
        from .templates import AsyncTemplates

        return AsyncTemplates(self._calls)

    @lazy
    def sip(self) -> AsyncSip:
        """SIP: phone calls into rooms."""
        from .sip import AsyncSip

        return AsyncSip(self._calls)
