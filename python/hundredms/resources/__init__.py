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
        """The operations of rooms."""
        from .rooms import Rooms

        return Rooms(self._calls)

    @lazy
    def room_codes(self) -> RoomCodes:
        """The operations of room codes."""
        from .room_codes import RoomCodes

        return RoomCodes(self._calls)

    @lazy
    def stream_keys(self) -> StreamKeys:
        """The operations of stream keys."""
        from .stream_keys import StreamKeys

        return StreamKeys(self._calls)

    @lazy
    def active_rooms(self) -> ActiveRooms:
        """The operations of active rooms."""
        from .active_rooms import ActiveRooms

        return ActiveRooms(self._calls)

    @lazy
    def sessions(self) -> Sessions:
        """The operations of sessions."""
        from .sessions import Sessions

        return Sessions(self._calls)

    @lazy
    def recordings(self) -> Recordings:
        """The operations of recordings."""
        from .recordings import Recordings

        return Recordings(self._calls)

    @lazy
    def recording_assets(self) -> RecordingAssets:
        """The operations of recording assets."""
        from .recording_assets import RecordingAssets

        return RecordingAssets(self._calls)

    @lazy
    def live_streams(self) -> LiveStreams:
        """The operations of live streams."""
        from .live_streams import LiveStreams

        return LiveStreams(self._calls)

    @lazy
    def external_streams(self) -> ExternalStreams:
        """The operations of external streams."""
        from .external_streams import ExternalStreams

        return ExternalStreams(self._calls)

    @lazy
    def analytics(self) -> Analytics:
        """The operations of analytics."""
        from .analytics import Analytics

        return Analytics(self._calls)

    @lazy
    def polls(self) -> Polls:
        """The operations of polls."""
        from .polls import Polls

        return Polls(self._calls)

    @lazy
    def templates(self) -> Templates:
        """The operations of templates."""
        from .templates import Templates

        return Templates(self._calls)

    @lazy
    def sip(self) -> Sip:
        """The operations of sip."""
        from .sip import Sip

        return Sip(self._calls)


class AsyncResources:
    """Every resource, by its name."""

    def __init__(self, calls: AsyncCalls) -> None:
        self._calls = calls

    @lazy
    def rooms(self) -> AsyncRooms:
        """The operations of rooms."""
        from .rooms import AsyncRooms

        return AsyncRooms(self._calls)

    @lazy
    def room_codes(self) -> AsyncRoomCodes:
        """The operations of room codes."""
        from .room_codes import AsyncRoomCodes

        return AsyncRoomCodes(self._calls)

    @lazy
    def stream_keys(self) -> AsyncStreamKeys:
        """The operations of stream keys."""
        from .stream_keys import AsyncStreamKeys

        return AsyncStreamKeys(self._calls)

    @lazy
    def active_rooms(self) -> AsyncActiveRooms:
        """The operations of active rooms."""
        from .active_rooms import AsyncActiveRooms

        return AsyncActiveRooms(self._calls)

    @lazy
    def sessions(self) -> AsyncSessions:
        """The operations of sessions."""
        from .sessions import AsyncSessions

        return AsyncSessions(self._calls)

    @lazy
    def recordings(self) -> AsyncRecordings:
        """The operations of recordings."""
        from .recordings import AsyncRecordings

        return AsyncRecordings(self._calls)

    @lazy
    def recording_assets(self) -> AsyncRecordingAssets:
        """The operations of recording assets."""
        from .recording_assets import AsyncRecordingAssets

        return AsyncRecordingAssets(self._calls)

    @lazy
    def live_streams(self) -> AsyncLiveStreams:
        """The operations of live streams."""
        from .live_streams import AsyncLiveStreams

        return AsyncLiveStreams(self._calls)

    @lazy
    def external_streams(self) -> AsyncExternalStreams:
        """The operations of external streams."""
        from .external_streams import AsyncExternalStreams

        return AsyncExternalStreams(self._calls)

    @lazy
    def analytics(self) -> AsyncAnalytics:
        """The operations of analytics."""
        from .analytics import AsyncAnalytics

        return AsyncAnalytics(self._calls)

    @lazy
    def polls(self) -> AsyncPolls:
        """The operations of polls."""
        from .polls import AsyncPolls

        return AsyncPolls(self._calls)

    @lazy
    def templates(self) -> AsyncTemplates:
        """The operations of templates."""
        from .templates import AsyncTemplates

        return AsyncTemplates(self._calls)

    @lazy
    def sip(self) -> AsyncSip:
        """The operations of sip."""
        from .sip import AsyncSip

        return AsyncSip(self._calls)
