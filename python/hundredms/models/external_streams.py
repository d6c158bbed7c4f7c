# @generated from crates/hundredms/src/resources/external_streams.rs by `cargo xtask gen`; do not edit.
"""Models of external streams."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from .._model import Model, SecretModel
from .recordings import EmbeddedRecordingAsset, MediaJobStatus, Resolution


class ExternalStreamList(Model, frozen=True, kw_only=True):
    """A page of external streams."""

    limit: int
    """Page size that the service applied."""
    data: list[ExternalStream]
    """Items on this page."""
    last: str | None = None
    """Id of the last item. Pass it as `start` to get the next page."""


class ExternalStream(SecretModel, frozen=True, kw_only=True):
    """An RTMP-out stream job."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"rtmp_urls", "meeting_url"})

    id: str
    """Id of the external stream."""
    room_id: str
    """Room streamed."""
    session_id: str
    """Session streamed."""
    status: MediaJobStatus
    """State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A stopped job (on request or automatically) is `stopping`, then `post_processing` while files are finished and uploaded, then `completed`. Any state before `completed` can change to `failed`."""
    destination: str
    """Template destination used."""
    rtmp_urls: list[str]
    """RTMP targets, including stream keys."""
    recording: bool
    """Whether the stream is recorded."""
    resolution: Resolution
    """Frame size in pixels, shared by recordings and streams."""
    meeting_url: str
    """URL that the bot opens. It contains an auth token if the caller included one."""
    recording_assets: list[EmbeddedRecordingAsset]
    """Files created by the job. Null or empty until there are any."""
    created_at: datetime | None = None
    """When the job was created."""
    started_at: datetime | None = None
    """When the job started to run. Null before."""
    updated_at: datetime | None = None
    """When the job last changed."""
    stopped_at: datetime | None = None
    """When the job ended. Null before."""
    started_by: str
    """Id of the peer that started the job. Empty if the server API started it."""
    stopped_by: str
    """Id of the peer that stopped the job. Empty if the server API stopped it, or if it is not stopped yet."""


class ExternalStreamStopResult(Model, frozen=True, kw_only=True):
    """External streams that were stopped."""

    error: str | None = None
    """Undocumented by the service."""
    limit: int
    """Items per page. A loop over the list reads all pages."""
    data: list[ExternalStream]
    """Items on this page."""
    last: str | None = None
    """Id of the last item."""
