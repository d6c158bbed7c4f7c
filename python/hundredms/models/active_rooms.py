# @generated from crates/hundredms/src/resources/active_rooms.rs by `cargo xtask gen`; do not edit.
"""Models of active rooms."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from .._model import Model

if TYPE_CHECKING:
    TrackType: TypeAlias = Literal["audio", "video"] | str
    """Kind of media of a track."""

    TrackSource: TypeAlias = (
        Literal["regular", "screen", "plugin", "audioplaylist", "videoplaylist"] | str
    )
    """Where a track comes from."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    TrackType = str
    TrackSource = str


class ActiveRoom(Model, frozen=True, kw_only=True):
    """A room with its running session."""

    id: str
    """Id of the room."""
    name: str
    """Name of the room."""
    customer_id: str
    """Id of the workspace."""
    session: ActiveSession
    """The running session of a room."""


class ActiveSession(Model, frozen=True, kw_only=True):
    """The running session of a room."""

    id: str
    """Id of the session."""
    created_at: datetime | None = None
    """Start time."""
    peers: list[str]
    """Ids of connected peers."""


class PeerMap(Model, frozen=True, kw_only=True):
    """Connected peers."""

    peers: dict[str, PeerSummary]
    """Peers keyed by id. Empty if none match."""


class PeerSummary(Model, frozen=True, kw_only=True):
    """A connected peer without tracks."""

    id: str
    """Id of the peer."""
    name: str
    """Name of the peer."""
    user_id: str
    """`user_id` from the auth token. Empty if the peer has none."""
    metadata: str
    """Free text, usually JSON. Empty if unset."""
    role: str
    """Name of the role."""
    joined_at: datetime | None = None
    """When the peer joined."""


class Peer(Model, frozen=True, kw_only=True):
    """A connected peer with its tracks."""

    id: str
    """Id of the peer."""
    name: str
    """Name of the peer."""
    user_id: str
    """`user_id` from the auth token. Empty if the peer has none."""
    metadata: str
    """Free text, usually JSON. Empty if unset."""
    role: str
    """Name of the role."""
    joined_at: datetime | None = None
    """When the peer joined."""
    tracks: dict[str, Track] = {}
    """Published tracks keyed by track id."""


class Track(Model, frozen=True, kw_only=True):
    """A published media track."""

    id: str
    """Id of the track."""
    stream_id: str
    """Id of the stream that the track belongs to."""
    mute: bool
    """Whether the track is muted."""
    type: TrackType
    """Kind of media of the track."""
    source: TrackSource
    """Where the track comes from."""
    started_at: datetime | None = None
    """Start time."""
    description: str | None = None
    """Usually empty."""


class RemovedUser(Model, frozen=True, kw_only=True):
    """The peers of a user that were removed."""

    peer_ids: list[str]
    """Their ids. Empty if the user was not there."""


class StoppedIfEmpty(Model, frozen=True, kw_only=True):
    """Whether a session was ended, and who was in it."""

    stopped: bool
    """True if the session was ended."""
    peers: list[PeerSummary]
    """The peers that were there before: those that kept the session if it was not ended."""
