# @generated from crates/hundredms/src/resources/sessions.rs by `cargo xtask gen`; do not edit.
"""Models of sessions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from .._model import Model
from .analytics import AnalyticsPeerStats

if TYPE_CHECKING:
    AttendeeIdentity: TypeAlias = Literal["user_id", "name", "peer_id"] | str
    """What a person was recognised by."""

    MissingQuality: TypeAlias = Literal["running", "not_found", "empty"] | str
    """Why there is no data of a peer."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    AttendeeIdentity = str
    MissingQuality = str


class SessionList(Model, frozen=True, kw_only=True):
    """A page of sessions."""

    limit: int | None = None
    """Page size that the service applied."""
    data: list[Session]
    """Items on this page."""
    last: str | None = None
    """Id of the last item, which is the oldest of the page. Empty on the last page."""


class Session(Model, frozen=True, kw_only=True):
    """One continuous meeting in a room, at most 12 hours long."""

    id: str
    """Id of the session."""
    room_id: str
    """Id of the room."""
    customer_id: str
    """Id of the workspace."""
    app_id: str | None = None
    """Id of the app in the workspace."""
    active: bool
    """True while the session runs."""
    peers: dict[str, SessionPeer] = {}
    """Everyone who joined, keyed by peer id."""
    created_at: datetime | None = None
    """Start time."""
    updated_at: datetime | None = None
    """Time of the last change. For a finished session, its end."""


class SessionPeer(Model, frozen=True, kw_only=True):
    """A participation in a session."""

    id: str
    """Peer id; new on every join."""
    session_id: str
    """Id of the session."""
    name: str
    """Hashed in HIPAA workspaces."""
    role: str
    """Name of the role."""
    user_id: str | None = None
    """`user_id` from the auth token. Absent if the peer has none."""
    user: str | None = None
    """Old id assigned by 100ms. Use `user_id`. Deprecated."""
    joined_at: datetime | None = None
    """When the peer joined."""
    left_at: datetime | None = None
    """When the peer left. Absent while it is connected."""


class Attendance(Model, frozen=True, kw_only=True):
    """Who was in one or more sessions, and for how long."""

    as_of: datetime | None = None
    """The time until which those who are still there are counted, by the service's clock."""
    sessions: list[AttendedSession]
    """The sessions that were counted, earliest first."""
    attendees: list[Attendee]
    """Everyone who was there, earliest first."""


class AttendedSession(Model, frozen=True, kw_only=True):
    """A session that was counted."""

    id: str
    """Id of the session."""
    room_id: str
    """Id of the room."""
    active: bool
    """True if it is still running."""
    started_at: datetime | None = None
    """Start time."""
    ended_at: datetime | None = None
    """When it ended. Absent while it runs."""


class Attendee(Model, frozen=True, kw_only=True):
    """A person who attended."""

    identified_by: AttendeeIdentity
    """What this person was recognised by. If it is `name`, it may be several people, and if it is `peer_id`, the same person may be there more than once."""
    user_id: str | None = None
    """Your own id for the user. Absent if the peers have none."""
    names: list[str]
    """Names of the peers, each once, earliest first. Hashed in HIPAA workspaces."""
    roles: list[str]
    """Roles of the peers, each once, earliest first."""
    peer_ids: list[str]
    """Ids of the peers, earliest first. Each join has its own."""
    joins: int
    """How often the person joined."""
    first_joined_at: datetime | None = None
    """The first join. Absent if the service did not log it."""
    last_left_at: datetime | None = None
    """The last leave. Absent while the person is there, and if the service did not log it."""
    seconds_present: float
    """How long the person was there, in seconds. Time with several devices counts once."""
    present: bool
    """True if the person is still there."""
    estimated: bool
    """True if the time of a stay is assumed or missing: see `stays`."""
    stays: list[AttendeeStay]
    """Each join with its leave, earliest first."""


class AttendeeStay(Model, frozen=True, kw_only=True):
    """One join of a person, and its leave."""

    peer_id: str
    """Id of the peer."""
    session_id: str
    """Id of the session."""
    name: str
    """Name of the peer."""
    role: str
    """Role of the peer."""
    joined_at: datetime | None = None
    """When the peer joined, as logged."""
    left_at: datetime | None = None
    """When the peer left, as logged. Absent while it is there."""
    seconds: float
    """How long the peer was there, in seconds."""
    present: bool
    """True if the peer is still there."""
    estimated: bool
    """True if the time is assumed: without a logged leave, until the end of the session; without a logged join, or with a leave before it, 0 seconds."""


class ItemProgress(Model, frozen=True, kw_only=True):
    """How far a job is."""

    done: int
    """How many are done: sessions, peers or calls, as the job says."""
    total: int | None = None
    """How many there are. Null if that is not known yet."""


class SessionQuality(Model, frozen=True, kw_only=True):
    """The quality of a session, peer by peer."""

    session_id: str
    """Id of the session."""
    room_id: str
    """Id of the room."""
    active: bool
    """True if it is still running, so that there is no data yet."""
    peers: list[PeerQuality]
    """Everyone who was there, earliest first."""


class PeerQuality(Model, frozen=True, kw_only=True):
    """What a peer sent and received. Values are null if there is no data."""

    peer_id: str
    """Id of the peer. A user who left and came back has several."""
    user_id: str | None = None
    """Your own id for the user. Absent if the peer has none."""
    name: str
    """Name of the peer. Hashed in HIPAA workspaces."""
    role: str
    """Role of the peer."""
    seconds_present: float
    """How long the peer was there, in seconds, as in `sessions.attendance`."""
    missing: MissingQuality | None = None
    """Why there is no data. Null if there is."""
    talk_seconds: float | None = None
    """How long the peer talked, in seconds. An estimate."""
    sent_audio: MediaQuality | None = None
    """Audio that the peer sent."""
    sent_video: MediaQuality | None = None
    """Video that the peer sent."""
    received_audio: MediaQuality | None = None
    """Audio that the peer received."""
    received_video: MediaQuality | None = None
    """Video that the peer received."""
    stats: AnalyticsPeerStats | None = None
    """The time series, if they were asked for. What is not averaged is there: freezes and concealed samples."""


class MediaQuality(Model, frozen=True, kw_only=True):
    """Means over the samples of all tracks, and of all layers of a video."""

    samples: int
    """Number of samples."""
    bitrate: float | None = None
    """Bits per second of one track or layer."""
    fps: float | None = None
    """Frames per second. Video only."""
    packet_loss_percent: float | None = None
    """Packet loss in percent. Not for received video."""
    rtt_ms: float | None = None
    """Round-trip time in milliseconds. Sent media only."""
    jitter_ms: float | None = None
    """Jitter in milliseconds. Sent audio only."""
