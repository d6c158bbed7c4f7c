# @generated from crates/hundredms/src/resources/sessions.rs by `cargo xtask gen`; do not edit.
"""Models of sessions."""

from __future__ import annotations

from datetime import datetime

from .._model import Model


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
    """`user_id` from the auth token."""
    user: str | None = None
    """Old id assigned by 100ms. Use `user_id`. Deprecated."""
    joined_at: datetime | None = None
    """When the peer joined."""
    left_at: datetime | None = None
    """When the peer left. Absent while it is connected."""
