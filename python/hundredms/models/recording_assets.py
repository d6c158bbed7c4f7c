# @generated from crates/hundredms/src/resources/recording_assets.rs by `cargo xtask gen`; do not edit.
"""Models of recording assets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from .._model import Model, SecretModel
from .recordings import AssetType, RecordingAssetMetadata, RecordingAssetStatus

if TYPE_CHECKING:
    FinishedAssetStatus: TypeAlias = Literal["completed", "failed"] | str
    """State of a finished file."""

    IfExists: TypeAlias = Literal["overwrite", "skip", "refuse"] | str
    """What a download does if its file is there already."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    FinishedAssetStatus = str
    IfExists = str


class RecordingAssetList(Model, frozen=True, kw_only=True):
    """A page of assets."""

    limit: int
    """Page size that the service applied."""
    data: list[RecordingAsset]
    """Items on this page."""
    last: str | None = None
    """Id of the last item. Pass it as `start` to get the next page. Empty or absent on the last page."""


class RecordingAsset(Model, frozen=True, kw_only=True):
    """A file of a recording, live stream or external stream."""

    id: str
    """Id of the asset."""
    job_id: str
    """Recording, live stream or external stream job that created the asset."""
    room_id: str
    """Room that was recorded."""
    session_id: str
    """Session that was recorded."""
    type: AssetType
    """Kind of a recording asset. room-composite: one mp4 of the whole room from the browser bot (for live streams, one per layer). room-composite-legacy: one mp4 from the media server. room-vod: HLS recording, zipped or not. chat: csv of the messages to everyone or to roles. transcript: txt, srt or json. summary: json. track: webm of one track. stream: mp4 of the tracks of one peer."""
    status: RecordingAssetStatus
    """State of an asset."""
    path: str | None = None
    """Where the file is stored, for example an `s3://` URI in 100ms's bucket or in yours."""
    size: int | None = None
    """Size in bytes."""
    duration: int | None = None
    """Duration of the media in seconds. 0 for chat, and possibly for room-composite-legacy."""
    created_at: datetime | None = None
    """When the asset was created."""
    thumbnails: list[str] = []
    """Paths of thumbnail images, for room-vod only. Otherwise null, empty or absent."""
    metadata: RecordingAssetMetadata | None = None
    """Metadata of an asset. Each field is present only for some asset types. New fields may be added."""


class PresignedUrl(SecretModel, frozen=True, kw_only=True):
    """Temporary URL of an asset."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"url"})

    id: str
    """Id of the asset."""
    path: str
    """Storage path of the asset."""
    url: str
    """Signed URL (for unzipped VOD in 100ms's storage, a CDN URL). Anyone who has it can download the file until it expires."""
    expiry: int
    """Validity in seconds."""


class AssetWaitProgress(Model, frozen=True, kw_only=True):
    """What a job that waits for assets has seen."""

    state: str
    """The state of a recording or stream that has not ended, else `processing`, and `completed` at the end."""
    completed: int
    """Number of completed assets. 0 until all recordings and streams have ended, as for the other counts."""
    processing: int
    """Number of assets that are not ready."""
    failed: int
    """Number of assets that failed."""
    looks: int
    """How often the job has looked."""
    elapsed: float
    """Seconds since the job began."""


class DownloadedAsset(Model, frozen=True, kw_only=True):
    """A file that was downloaded."""

    asset_id: str
    """Id of the asset."""
    type: AssetType
    """Kind of the asset."""
    path: str
    """The file."""
    size: int
    """Size of the file in bytes."""
    received: int
    """How many bytes of the file this download received, each counted once. Fewer than `size` if it continued an earlier one, and 0 if the file was there."""


class DownloadProgress(Model, frozen=True, kw_only=True):
    """How far a download is. Reported at most ten times a second, and at the end."""

    asset_id: str
    """Id of the asset."""
    path: str
    """The file that is written."""
    bytes_done: int
    """How many of its bytes are there, including those of an earlier download that is continued."""
    bytes_total: int | None = None
    """How many bytes it will have. Absent while that is not known."""
    rate: float
    """Bytes per second, over the last few seconds."""


class DownloadedAssets(Model, frozen=True, kw_only=True):
    """The files that were downloaded."""

    files: list[DownloadedAsset]
    """Those that are in the folder now, in the order in which the service lists them."""
    skipped: list[SkippedAsset]
    """Assets without a file that could be downloaded."""


class SkippedAsset(Model, frozen=True, kw_only=True):
    """An asset that is not a file."""

    asset_id: str
    """Id of the asset."""
    type: AssetType
    """Kind of the asset."""
    reason: str
    """Why it was not downloaded: it is not completed, or an HLS playlist."""


class DownloadAllProgress(Model, frozen=True, kw_only=True):
    """How far the downloads are. Reported at most ten times a second, and at the end."""

    files_done: int
    """How many files are complete, including those that were there."""
    files_total: int
    """How many files there are."""
    bytes_done: int
    """How many of their bytes are there."""
    bytes_total: int
    """How many bytes all of them have, as far as that is known."""
    rate: float
    """Bytes per second, over the last few seconds."""
