# @generated from crates/hundredms/src/resources by `cargo xtask gen`; do not edit.
"""The resources of a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from .._async_calls import AsyncCalls
    from .._calls import Calls

__all__ = [
    "ActiveRooms",
    "Analytics",
    "AsyncActiveRooms",
    "AsyncAnalytics",
    "AsyncExternalStreams",
    "AsyncLiveStreams",
    "AsyncPolls",
    "AsyncRecordingAssets",
    "AsyncRecordings",
    "AsyncResources",
    "AsyncRoomCodes",
    "AsyncRooms",
    "AsyncSessions",
    "AsyncSip",
    "AsyncStreamKeys",
    "AsyncTemplates",
    "ExternalStreams",
    "LiveStreams",
    "Polls",
    "RecordingAssets",
    "Recordings",
    "Resources",
    "RoomCodes",
    "Rooms",
    "Sessions",
    "Sip",
    "StreamKeys",
    "Templates",
]


class Resources:
    """Every resource, by its name."""

    def __init__(self, calls: Calls) -> None:
        self.rooms = Rooms(calls)
        self.room_codes = RoomCodes(calls)
        self.stream_keys = StreamKeys(calls)
        self.active_rooms = ActiveRooms(calls)
        self.sessions = Sessions(calls)
        self.recordings = Recordings(calls)
        self.recording_assets = RecordingAssets(calls)
        self.live_streams = LiveStreams(calls)
        self.external_streams = ExternalStreams(calls)
        self.analytics = Analytics(calls)
        self.polls = Polls(calls)
        self.templates = Templates(calls)
        self.sip = Sip(calls)


class AsyncResources:
    """Every resource, by its name."""

    def __init__(self, calls: AsyncCalls) -> None:
        self.rooms = AsyncRooms(calls)
        self.room_codes = AsyncRoomCodes(calls)
        self.stream_keys = AsyncStreamKeys(calls)
        self.active_rooms = AsyncActiveRooms(calls)
        self.sessions = AsyncSessions(calls)
        self.recordings = AsyncRecordings(calls)
        self.recording_assets = AsyncRecordingAssets(calls)
        self.live_streams = AsyncLiveStreams(calls)
        self.external_streams = AsyncExternalStreams(calls)
        self.analytics = AsyncAnalytics(calls)
        self.polls = AsyncPolls(calls)
        self.templates = AsyncTemplates(calls)
        self.sip = AsyncSip(calls)
