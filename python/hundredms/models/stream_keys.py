# @generated from crates/hundredms/src/resources/stream_keys.rs by `cargo xtask gen`; do not edit.
"""Models of stream keys."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from .._model import Model, SecretModel


class StreamKeyList(Model, frozen=True, kw_only=True):
    """Wrapper around the active key."""

    data: list[StreamKey]
    """Items on this page."""
    last: str | None = None
    """Id of the last item."""


class StreamKey(SecretModel, frozen=True, kw_only=True):
    """RTMP ingest credentials of a room."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"key"})

    id: str
    """Id of the stream key."""
    room_id: str
    """Id of the room."""
    key: str
    """Stream key for the encoder."""
    url: str
    """RTMP address for the encoder. It may change over time."""
    customer_id: str
    """Id of the workspace."""
    app_id: str
    """Id of the app in the workspace."""
    enabled: bool
    """Whether the key works."""
    created_at: datetime | None = None
    """Creation time."""
    updated_at: datetime | None = None
    """When the state last changed."""


class Message(Model, frozen=True, kw_only=True):
    """Acknowledgement."""

    message: str
    """Text that says what the service did."""


class RtmpIngest(SecretModel, frozen=True, kw_only=True):
    """Where an encoder sends, and its key."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"rtmp_url"})

    stream_key: StreamKey
    """The stream key, for encoders that take address and key separately, as the service documents it."""
    rtmp_url: str
    """Address and key as one URL, `<url>/<key>`, for encoders that take only one. Not documented by the service. Keep it secret."""
