# @generated from crates/hundredms/src/resources/recording_assets.rs by `cargo xtask gen`; do not edit.
"""Models of recording assets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from .._model import Model, SecretModel
from .recordings import AssetType, RecordingAssetMetadata, RecordingAssetStatus

if TYPE_CHECKING:
    FinishedAssetStatus: TypeAlias = Literal["completed", "failed"] | str
    """State of a file that is done with."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    FinishedAssetStatus = str


class RecordingAssetList(Model, frozen=True, kw_only=True):
    """A page of assets."""

    limit: int
    """Page size that was applied."""
    data: list[RecordingAsset]
    """What the page holds."""
    last: str | None = None
    """Id of the last item; pass as `start` for the next page. Empty or absent when there is nothing more."""


class RecordingAsset(Model, frozen=True, kw_only=True):
    """A file made by a recording, live stream or external stream."""

    id: str
    """Identifier of the asset."""
    job_id: str
    """Recording, live stream or external stream job that made the asset."""
    room_id: str
    """Room that was recorded."""
    session_id: str
    """Session that was recorded."""
    type: AssetType
    """Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams one per layer); room-composite-legacy: one mp4 made by the media server; room-vod: HLS recording, zipped or not; chat: csv of the messages to everyone or to roles; transcript: txt, srt or json; summary: json; track: webm of one track; stream: mp4 of the tracks of one peer."""
    status: RecordingAssetStatus
    """State of an asset."""
    path: str | None = None
    """Where the file was put, e.g. an `s3://` URI in the 100ms bucket or in the own one."""
    size: int | None = None
    """Size in bytes."""
    duration: int | None = None
    """Length of the media in seconds; 0 for chat and, in the examples, for room-composite-legacy."""
    created_at: datetime | None = None
    """When the asset was made."""
    thumbnails: list[str] = []
    """Paths of thumbnail images; used for room-vod only, otherwise null, empty or absent."""
    metadata: RecordingAssetMetadata | None = None
    """All fields that can occur in `metadata`, each present only for the asset types of its variant (x-variants, keyed by the asset's `type`). Unknown fields may be added."""


class PresignedUrl(SecretModel, frozen=True, kw_only=True):
    """Temporary URL of an asset."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"url"})

    id: str
    """Identifier of the asset."""
    path: str
    """Storage path of the asset."""
    url: str
    """Signed (or, for hosted unzipped VOD, CDN) URL. Whoever holds it can fetch the file until it expires."""
    expiry: int
    """Validity in seconds."""
