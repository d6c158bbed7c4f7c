# @generated from crates/hundredms/src/resources/room_codes.rs by `cargo xtask gen`; do not edit.
"""Models of room codes."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from .._model import Model, SecretModel


class RoomCode(Model, frozen=True, kw_only=True):
    """Short code for one room and one role.

    It does not expire. It is also the last path segment of a room link and the user part of the
    room's SIP address.
    """

    code: str
    """Ten characters in the form `abc-defg-hij`."""
    room_id: str
    """Id of the room."""
    role: str
    """Role name from the room's template."""
    enabled: bool
    """Whether the code can be used."""
    created_at: datetime | None = None
    """Creation time."""
    updated_at: datetime | None = None
    """When `enabled` last changed."""


class RoomCodeList(Model, frozen=True, kw_only=True):
    """A page of room codes."""

    limit: int | None = None
    """Page size that the service applied."""
    data: list[RoomCode]
    """Items on this page."""
    last: str | None = None
    """Cursor. Empty on the last page."""


class RoomCodeSet(Model, frozen=True, kw_only=True):
    """Codes of all roles, on one page."""

    data: list[RoomCode]
    """Items on this page."""


class AuthToken(SecretModel, frozen=True, kw_only=True):
    """Client auth token made from a room code."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"token"})

    token: str
    """JWT for client SDKs."""
    expires_at: datetime | None = None
    """When the token expires."""
    room_id: str | None = None
    """Id of the room."""
    role: str | None = None
    """Name of the role."""
