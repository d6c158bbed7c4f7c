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
    """Page size that was applied."""
    data: list[Room]
    """What the page holds."""
    last: str | None = None
    """Id of the last item; empty at the end."""


class Room(Model, frozen=True, kw_only=True):
    """A room as stored.

    A room is a reusable meeting place; each live meeting in it is a session.
    """

    id: str
    """Id of the room."""
    name: str
    """Name, unique per workspace without regard to case. Hashed in HIPAA workspaces."""
    enabled: bool
    """False = no new joins, stream key inactive, room-code and stream-key calls refused with 403."""
    description: str
    """Free text; may be empty (always empty in HIPAA workspaces)."""
    customer_id: str
    """Id of the account."""
    customer: str | None = None
    """Same value as `customer_id`. Deprecated."""
    app_id: str | None = None
    """Id of the app the room belongs to."""
    recording_info: RecordingInfo | None = None
    """Recording settings. While the room follows its template, the template's settings, null or absent."""
    recording: RecordingInfo | None = None
    """Older spelling of `recording_info` that the list and the disable/enable answers show."""
    recording_source_template: bool | None = None
    """True while recording settings are taken from the template."""
    enabled_source_template: bool | None = None
    """Unexplained; probably whether the recording on/off flag comes from the template."""
    template_id: str
    """Id of the template; may be an empty string."""
    template: str | None = None
    """Name of the template; fetch the template by `template_id` instead. Deprecated."""
    region: Region
    """Media region; may be an empty string."""
    large_room: bool | None = None
    """Built for more than 2500 peers."""
    size: int | None = None
    """Most peers that may be in the room."""
    max_duration_seconds: int | None = None
    """Sessions end by themselves after this many seconds."""
    polls: list[str] = []
    """Ids of linked polls; those with automatic start open when a session starts."""
    webhook: RoomWebhook | None = None
    """Webhook target of this room, used instead of that of the workspace."""
    key: str | None = None
    """Unique key, `<customer_id>:<name>`; only in the list example."""
    created_at: datetime | None = None
    """When it was made."""
    updated_at: datetime | None = None
    """0001-01-01T00:00:00Z means never updated."""


class RecordingInfo(Model, frozen=True, kw_only=True):
    """SFU recording settings of a room as returned."""

    enabled: bool
    """Whether SFU recording is on (says nothing about browser recording or RTMP)."""
    upload_info: UploadInfo | None = None
    """Storage of your own for the recordings."""


class UploadInfo(Model, frozen=True, kw_only=True):
    """Where recordings are stored, as returned. Absent when they stay with 100ms."""

    type: StorageType | None = None
    """Kind of storage."""
    location: str | None = None
    """Bucket (azure - container) name."""
    prefix: str | None = None
    """Path prefix inside the bucket."""
    options: UploadOptions | None = None
    """Storage options."""
    credentials: UploadCredentials | None = None
    """Storage credentials as returned. For azure the key is the storage account name and the secret the account key."""


class UploadOptions(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Storage options."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    region: str | None = None
    """Region of the bucket, not needed for azure."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class UploadCredentials(SecretModel, frozen=True, kw_only=True):
    """Storage credentials as returned.

    For azure the key is the storage account name and the secret the account key.
    """

    _secrets: ClassVar[frozenset[str]] = frozenset({"key", "secret"})

    key: str | None = None
    """Access key of the storage."""
    secret: str | None = None
    """Secret key of the storage."""


class RoomWebhook(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Webhook target of a single room.

    When set, the workspace webhook is not used for this room.
    """

    _urls: ClassVar[frozenset[str]] = frozenset({"url"})

    _secrets: ClassVar[frozenset[str]] = frozenset({"headers", "extra"})

    url: str
    """Address that events are posted to."""
    headers: dict[str, str] | None = None
    """Extra HTTP headers sent with every event."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""
