# @generated from crates/hundredms/src/resources/room_codes.rs by `cargo xtask gen`; do not edit.
"""Models of room codes."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from .._model import Model, SecretModel


class RoomCode(Model, frozen=True, kw_only=True):
    """Short code that stands for one room and one role.

    Does not expire. Also the last path part of a room link and the user part of the room's SIP
    address.
    """

    code: str
    """Ten characters in the form ***-****-***."""
    room_id: str
    """Id of the room."""
    role: str
    """Role name from the room's template."""
    enabled: bool
    """Whether it may be used."""
    created_at: datetime | None = None
    """When it was made."""
    updated_at: datetime | None = None
    """When `enabled` last changed."""


class RoomCodeList(Model, frozen=True, kw_only=True):
    """A page of room codes."""

    limit: int | None = None
    """Page size that was applied."""
    data: list[RoomCode]
    """What the page holds."""
    last: str | None = None
    """Cursor; empty at the end."""


class RoomCodeSet(Model, frozen=True, kw_only=True):
    """Codes of all roles, unpaged."""

    data: list[RoomCode]
    """What the page holds."""


class AuthToken(SecretModel, frozen=True, kw_only=True):
    """Client auth token made from a room code."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"token"})

    token: str
    """JWT for client SDKs."""
    expires_at: datetime | None = None
    """When the token ceases to be valid."""
    room_id: str | None = None
    """Id of the room."""
    role: str | None = None
    """Name of the role."""
