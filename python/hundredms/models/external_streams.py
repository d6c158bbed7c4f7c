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
    """Page size that was applied."""
    data: list[ExternalStream]
    """What the page holds."""
    last: str | None = None
    """Id of the last item; pass as `start` for the next page."""


class ExternalStream(SecretModel, frozen=True, kw_only=True):
    """An RTMP-out stream job."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"rtmp_urls", "meeting_url"})

    id: str
    """Identifier of the external stream."""
    room_id: str
    """Room streamed."""
    session_id: str
    """Session streamed."""
    status: MediaJobStatus
    """State of a recording, live stream or external stream job. Start gives `starting`, soon `running`; a stop request (or an automatic stop) gives `stopping`, then `post_processing` while files are finished and uploaded, then `completed`. `failed` can follow any state before `completed`."""
    destination: str
    """Template destination used."""
    rtmp_urls: list[str]
    """Targets, stream keys included."""
    recording: bool
    """Whether the stream is recorded."""
    resolution: Resolution
    """Frame size in pixels, shared by recordings and streams."""
    meeting_url: str
    """URL opened by the bot. May contain an auth token if the caller put one in."""
    recording_assets: list[EmbeddedRecordingAsset]
    """Files made by the job; null (or empty) until there are any."""
    created_at: datetime | None = None
    """When the job was created."""
    started_at: datetime | None = None
    """When it began to run; null before."""
    updated_at: datetime | None = None
    """When it last changed."""
    stopped_at: datetime | None = None
    """When it ended; null before."""
    started_by: str
    """Peer id of whoever started it; empty string when started from the server side."""
    stopped_by: str
    """Peer id of whoever stopped it; empty string when stopped from the server side (or not yet stopped)."""


class ExternalStreamStopResult(Model, frozen=True, kw_only=True):
    """External streams affected by a stop of the whole room."""

    error: str | None = None
    """Seen in the example only; meaning not explained."""
    limit: int
    """Page size."""
    data: list[ExternalStream]
    """What the page holds."""
    last: str | None = None
    """Id of the last item."""
