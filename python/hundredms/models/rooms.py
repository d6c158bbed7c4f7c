# @generated from crates/hundredms/src/resources/rooms.rs by `cargo xtask gen`; do not edit.
"""Models of rooms."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import msgspec

from .._model import EXTRA, Model, SecretModel

if TYPE_CHECKING:
    StorageType: TypeAlias = Literal["s3", "gs", "oss", "azure"] | str
    """Kind of storage."""

    Region: TypeAlias = Literal["eu", "in", "us", "auto"] | str
    """Region in which media is handled."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    StorageType = str
    Region = str


class RoomList(Model, frozen=True, kw_only=True):
    """A page of rooms."""

    limit: int | None = None
    """Page size that the service applied."""
    data: list[Room]
    """Items on this page."""
    last: str | None = None
    """Id of the last item. Empty on the last page."""


class Room(Model, frozen=True, kw_only=True):
    """A room as stored.

    A room is a reusable meeting place; each live meeting in it is a session.
    """

    id: str
    """Id of the room."""
    name: str
    """Name, unique per workspace without regard to case. Hashed in HIPAA workspaces."""
    enabled: bool
    """If false, nobody can join, the stream key is inactive, and room-code and stream-key calls return 403."""
    description: str
    """Free text; may be empty (always empty in HIPAA workspaces)."""
    customer_id: str
    """Id of the account."""
    customer: str | None = None
    """Same value as `customer_id`. Deprecated."""
    app_id: str | None = None
    """Id of the app the room belongs to."""
    recording_info: RecordingInfo | None = None
    """Recording settings. If the room uses its template's settings, these, null or absent."""
    recording: RecordingInfo | None = None
    """Older name of `recording_info`, used in responses of list, disable and enable."""
    recording_source_template: bool | None = None
    """True if the recording settings come from the template."""
    enabled_source_template: bool | None = None
    """Undocumented by the service."""
    template_id: str
    """Id of the template; may be an empty string."""
    template: str | None = None
    """Name of the template. Use `template_id` instead. Deprecated."""
    region: Region
    """Media region; may be an empty string."""
    large_room: bool | None = None
    """True if the room supports more than 2500 peers."""
    size: int | None = None
    """Maximum number of peers in the room."""
    max_duration_seconds: int | None = None
    """Sessions end automatically after this many seconds."""
    polls: list[str] = []
    """Ids of linked polls; those with automatic start open when a session starts."""
    webhook: RoomWebhook | None = None
    """Webhook target of this room. It replaces the workspace's webhook."""
    key: str | None = None
    """Unique key, `<customer_id>:<name>`. Returned by list only."""
    created_at: datetime | None = None
    """Creation time."""
    updated_at: datetime | None = None
    """Time of the last update."""


class RecordingInfo(Model, frozen=True, kw_only=True):
    """SFU recording settings of a room as returned."""

    enabled: bool
    """Whether SFU recording is on. Does not cover browser recording and RTMP."""
    upload_info: UploadInfo | None = None
    """Your own storage for the recordings."""


class UploadInfo(Model, frozen=True, kw_only=True):
    """Where recordings are stored. Absent if 100ms stores them."""

    type: StorageType | None = None
    """Kind of storage."""
    location: str | None = None
    """Name of the bucket (for Azure, of the container)."""
    prefix: str | None = None
    """Path prefix inside the bucket."""
    options: UploadOptions | None = None
    """Storage options."""
    credentials: UploadCredentials | None = None
    """Storage credentials. For Azure, `key` is the storage account name and `secret` the account key."""


class UploadOptions(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Storage options."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    region: str | None = None
    """Region of the bucket. Not needed for Azure."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class UploadCredentials(SecretModel, frozen=True, kw_only=True):
    """Storage credentials.

    For Azure, `key` is the storage account name and `secret` the account key.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"key", "secret"})

    key: str | None = None
    """Access key of the storage."""
    secret: str | None = None
    """Secret key of the storage."""


class RoomWebhook(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Webhook target of this room. If set, it replaces the workspace's webhook."""

    _urls: ClassVar[frozenset[str]] = frozenset({"url"})

    _secrets: ClassVar[frozenset[str]] = frozenset({"headers", "extra"})

    url: str
    """Address that events are posted to."""
    headers: dict[str, str] | None = None
    """Extra HTTP headers sent with every event."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class RoomWithCodes(Model, frozen=True, kw_only=True):
    """A room and its room codes."""

    room: Room
    """The room."""
    codes: dict[str, str]
    """An enabled room code for each role, by the name of the role. If a role has several, the oldest."""
