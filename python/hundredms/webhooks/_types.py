# @generated from crates/hundredms/src/webhooks by `cargo xtask gen`; do not edit.
"""The types of events: their names, their data, and who handles them."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, overload

from .._model import Model
from ._data import Malformed, Unknown
from ._route import On, Route, known
from .events import (
    BeamFailure,
    BeamRecordingSuccess,
    BeamStartedSuccess,
    BeamStoppedSuccess,
    HlsFailure,
    HlsRecordingSuccess,
    HlsStartedSuccess,
    HlsStoppedSuccess,
    IngestEndSuccess,
    IngestFailure,
    IngestStartFailure,
    IngestStartSuccess,
    PeerJoinFailure,
    PeerJoinSuccess,
    PeerLeaveFailure,
    PeerLeaveSuccess,
    RecordingFailed,
    RecordingSuccess,
    RoleChangeFailure,
    RoleChangeSuccess,
    RoomEndFailure,
    RoomEndSuccess,
    SessionCloseSuccess,
    SessionOpenSuccess,
    StreamRecordingFailure,
    StreamRecordingSuccess,
    TrackRecordingFailure,
    TrackRecordingStartedSuccess,
    TrackRecordingSuccess,
    TranscriptionFailure,
    TranscriptionStartedSuccess,
    TranscriptionSuccess,
)

EventType: TypeAlias = Literal[
    "session.open.success",
    "session.close.success",
    "peer.join.success",
    "peer.leave.success",
    "peer.join.failure",
    "peer.leave.failure",
    "room.end.success",
    "room.end.failure",
    "role.change.success",
    "role.change.failure",
    "track.recording.started.success",
    "track.recording.success",
    "track.recording.failure",
    "stream.recording.success",
    "stream.recording.failure",
    "recording.success",
    "recording.failed",
    "beam.started.success",
    "beam.stopped.success",
    "beam.recording.success",
    "beam.failure",
    "hls.started.success",
    "hls.stopped.success",
    "hls.failure",
    "hls.recording.success",
    "transcription.started.success",
    "transcription.success",
    "transcription.failure",
    "ingest.start.success",
    "ingest.end.success",
    "ingest.start.failure",
    "ingest.failure",
]
"""A type of events."""

EventData: TypeAlias = (
    SessionOpenSuccess
    | SessionCloseSuccess
    | PeerJoinSuccess
    | PeerLeaveSuccess
    | PeerJoinFailure
    | PeerLeaveFailure
    | RoomEndSuccess
    | RoomEndFailure
    | RoleChangeSuccess
    | RoleChangeFailure
    | TrackRecordingStartedSuccess
    | TrackRecordingSuccess
    | TrackRecordingFailure
    | StreamRecordingSuccess
    | StreamRecordingFailure
    | RecordingSuccess
    | RecordingFailed
    | BeamStartedSuccess
    | BeamStoppedSuccess
    | BeamRecordingSuccess
    | BeamFailure
    | HlsStartedSuccess
    | HlsStoppedSuccess
    | HlsFailure
    | HlsRecordingSuccess
    | TranscriptionStartedSuccess
    | TranscriptionSuccess
    | TranscriptionFailure
    | IngestStartSuccess
    | IngestEndSuccess
    | IngestStartFailure
    | IngestFailure
    | Unknown
    | Malformed
)
"""The data of an event: each type has a model of its own."""

DATA: dict[str, type[Model]] = {
    "session.open.success": SessionOpenSuccess,
    "session.close.success": SessionCloseSuccess,
    "peer.join.success": PeerJoinSuccess,
    "peer.leave.success": PeerLeaveSuccess,
    "peer.join.failure": PeerJoinFailure,
    "peer.leave.failure": PeerLeaveFailure,
    "room.end.success": RoomEndSuccess,
    "room.end.failure": RoomEndFailure,
    "role.change.success": RoleChangeSuccess,
    "role.change.failure": RoleChangeFailure,
    "track.recording.started.success": TrackRecordingStartedSuccess,
    "track.recording.success": TrackRecordingSuccess,
    "track.recording.failure": TrackRecordingFailure,
    "stream.recording.success": StreamRecordingSuccess,
    "stream.recording.failure": StreamRecordingFailure,
    "recording.success": RecordingSuccess,
    "recording.failed": RecordingFailed,
    "beam.started.success": BeamStartedSuccess,
    "beam.stopped.success": BeamStoppedSuccess,
    "beam.recording.success": BeamRecordingSuccess,
    "beam.failure": BeamFailure,
    "hls.started.success": HlsStartedSuccess,
    "hls.stopped.success": HlsStoppedSuccess,
    "hls.failure": HlsFailure,
    "hls.recording.success": HlsRecordingSuccess,
    "transcription.started.success": TranscriptionStartedSuccess,
    "transcription.success": TranscriptionSuccess,
    "transcription.failure": TranscriptionFailure,
    "ingest.start.success": IngestStartSuccess,
    "ingest.end.success": IngestEndSuccess,
    "ingest.start.failure": IngestStartFailure,
    "ingest.failure": IngestFailure,
}
"""The model of the data of each type."""


class Routes:
    """The handlers of a receiver."""

    _routes: dict[str, Route]

    @overload
    def on(
        self, type: Literal["session.open.success"], *, background: bool = False
    ) -> On[SessionOpenSuccess]: ...

    @overload
    def on(
        self, type: Literal["session.close.success"], *, background: bool = False
    ) -> On[SessionCloseSuccess]: ...

    @overload
    def on(
        self, type: Literal["peer.join.success"], *, background: bool = False
    ) -> On[PeerJoinSuccess]: ...

    @overload
    def on(
        self, type: Literal["peer.leave.success"], *, background: bool = False
    ) -> On[PeerLeaveSuccess]: ...

    @overload
    def on(
        self, type: Literal["peer.join.failure"], *, background: bool = False
    ) -> On[PeerJoinFailure]: ...

    @overload
    def on(
        self, type: Literal["peer.leave.failure"], *, background: bool = False
    ) -> On[PeerLeaveFailure]: ...

    @overload
    def on(
        self, type: Literal["room.end.success"], *, background: bool = False
    ) -> On[RoomEndSuccess]: ...

    @overload
    def on(
        self, type: Literal["room.end.failure"], *, background: bool = False
    ) -> On[RoomEndFailure]: ...

    @overload
    def on(
        self, type: Literal["role.change.success"], *, background: bool = False
    ) -> On[RoleChangeSuccess]: ...

    @overload
    def on(
        self, type: Literal["role.change.failure"], *, background: bool = False
    ) -> On[RoleChangeFailure]: ...

    @overload
    def on(
        self, type: Literal["track.recording.started.success"], *, background: bool = False
    ) -> On[TrackRecordingStartedSuccess]: ...

    @overload
    def on(
        self, type: Literal["track.recording.success"], *, background: bool = False
    ) -> On[TrackRecordingSuccess]: ...

    @overload
    def on(
        self, type: Literal["track.recording.failure"], *, background: bool = False
    ) -> On[TrackRecordingFailure]: ...

    @overload
    def on(
        self, type: Literal["stream.recording.success"], *, background: bool = False
    ) -> On[StreamRecordingSuccess]: ...

    @overload
    def on(
        self, type: Literal["stream.recording.failure"], *, background: bool = False
    ) -> On[StreamRecordingFailure]: ...

    @overload
    def on(
        self, type: Literal["recording.success"], *, background: bool = False
    ) -> On[RecordingSuccess]: ...

    @overload
    def on(
        self, type: Literal["recording.failed"], *, background: bool = False
    ) -> On[RecordingFailed]: ...

    @overload
    def on(
        self, type: Literal["beam.started.success"], *, background: bool = False
    ) -> On[BeamStartedSuccess]: ...

    @overload
    def on(
        self, type: Literal["beam.stopped.success"], *, background: bool = False
    ) -> On[BeamStoppedSuccess]: ...

    @overload
    def on(
        self, type: Literal["beam.recording.success"], *, background: bool = False
    ) -> On[BeamRecordingSuccess]: ...

    @overload
    def on(self, type: Literal["beam.failure"], *, background: bool = False) -> On[BeamFailure]: ...

    @overload
    def on(
        self, type: Literal["hls.started.success"], *, background: bool = False
    ) -> On[HlsStartedSuccess]: ...

    @overload
    def on(
        self, type: Literal["hls.stopped.success"], *, background: bool = False
    ) -> On[HlsStoppedSuccess]: ...

    @overload
    def on(self, type: Literal["hls.failure"], *, background: bool = False) -> On[HlsFailure]: ...

    @overload
    def on(
        self, type: Literal["hls.recording.success"], *, background: bool = False
    ) -> On[HlsRecordingSuccess]: ...

    @overload
    def on(
        self, type: Literal["transcription.started.success"], *, background: bool = False
    ) -> On[TranscriptionStartedSuccess]: ...

    @overload
    def on(
        self, type: Literal["transcription.success"], *, background: bool = False
    ) -> On[TranscriptionSuccess]: ...

    @overload
    def on(
        self, type: Literal["transcription.failure"], *, background: bool = False
    ) -> On[TranscriptionFailure]: ...

    @overload
    def on(
        self, type: Literal["ingest.start.success"], *, background: bool = False
    ) -> On[IngestStartSuccess]: ...

    @overload
    def on(
        self, type: Literal["ingest.end.success"], *, background: bool = False
    ) -> On[IngestEndSuccess]: ...

    @overload
    def on(
        self, type: Literal["ingest.start.failure"], *, background: bool = False
    ) -> On[IngestStartFailure]: ...

    @overload
    def on(
        self, type: Literal["ingest.failure"], *, background: bool = False
    ) -> On[IngestFailure]: ...

    def on(self, type: str, *, background: bool = False) -> On[Any]:
        """Register the handler of a type of events: a decorator.

        Args:
            type: The type; `fallback` takes those that this version does not know.
            background: Whether 200 is answered before the handler has run, for work that takes
                longer than the service waits. When it fails the service does not send the event
                again; the log says so.

        Raises:
            ConfigurationError: There is no such type, or it has a handler already.
        """
        return On(self._routes, known(DATA, type), background)
