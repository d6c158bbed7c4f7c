# @generated from crates/hundredms/src/resources/recording_assets.rs by `cargo xtask gen`; do not edit.
"""Recording assets: the files that recordings and streams produce."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import Any

from .._absent import ABSENT
from .._asset_stream import AssetStreaming, AsyncAssetStreaming
from .._jobs import file_path
from .._pages import AsyncPager, Pager
from ..models.recording_assets import (
    AssetWaitProgress,
    DownloadAllProgress,
    DownloadedAsset,
    DownloadedAssets,
    DownloadProgress,
    FinishedAssetStatus,
    IfExists,
    PresignedUrl,
    RecordingAsset,
    RecordingAssetList,
)
from ..models.recordings import AssetType
from ._lazy import lazy
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class RecordingAssets(AssetStreaming):
    """Recording assets: the files that recordings and streams produce."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> RecordingAssetsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return RecordingAssetsWithRawResponse(self._responding())

    def list(
        self,
        *,
        room_id: str = ABSENT,
        session_id: str = ABSENT,
        status: FinishedAssetStatus = ABSENT,
        start: str | None = None,
        limit: int | None = None,
        type: AssetType = ABSENT,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[RecordingAsset, RecordingAssetList]:
        """List recording assets.

        Returns the files of all recordings, live streams and external streams of the workspace.
        Optional filters select by room, session and state. Each item is the full asset, including
        `job_id`, `room_id` and `session_id`.

        Args:
            room_id: Only assets of this room.
            session_id: Only assets of this session.
            status: Only assets in this state.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            type: Only assets of this type.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/list-all-assets
        """
        return self._pages(
            "recording_assets.list",
            RecordingAssetList,
            "data",
            "start",
            {
                "room_id": room_id,
                "session_id": session_id,
                "status": status,
                "start": start,
                "limit": limit,
                "type": type,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get(
        self,
        asset_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RecordingAsset:
        """Return one recording asset.

        Returns one asset. The fields of `metadata` depend on `type`. Assets in 100ms's storage are
        available for 15 days. Assets in the template's own bucket are under your control.

        Args:
            asset_id: Id of the recording asset.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/get-asset
        """
        return self._call(
            "recording_assets.get",
            RecordingAsset,
            {"asset_id": asset_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def presigned_url(
        self,
        asset_id: str,
        *,
        presign_duration: int | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PresignedUrl:
        """Make a temporary download URL for an asset.

        Signs a temporary URL for the asset's file. Every call creates a new URL. By default it is
        valid for 3 days (259200 s) if the file is in AWS S3 or Google Cloud Storage, and for 9
        hours (32400 s) in Alibaba OSS. For a `room-vod` asset, the URL is the signed zip if VOD
        uploads are zipped. If they are unzipped in 100ms's storage, it is a CDN URL that HLS
        players can open. If they are unzipped in your own bucket, it is a signed m3u8 that is not
        playable as it is.

        Args:
            asset_id: Id of the recording asset.
            presign_duration: Validity of the URL in seconds. The default depends on the storage:
                259200 for S3 and GCS, 32400 for OSS.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/get-presigned-url
        """
        return self._call(
            "recording_assets.presigned_url",
            PresignedUrl,
            {"asset_id": asset_id, "presign_duration": presign_duration},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def wait(
        self,
        *,
        session_id: str | None = None,
        room_id: str | None = None,
        recording_id: str | None = None,
        types: Sequence[AssetType] | None = None,
        on_progress: Callable[[AssetWaitProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> builtins.list[RecordingAsset]:
        """Wait until all assets of a recording, a session or a room are ready.

        Takes exactly one of `session_id`, `room_id` and `recording_id`, and returns the assets.
        Looks again and again, with pauses of 1 s that grow to 10 s, until the recordings and
        streams have ended and no asset is processing. That includes the transcript and the summary
        of each recording that has them in its `asset_types`, which take a fifth of the length of
        the recording, and at least 5 minutes. A recording runs until it is stopped, so stop it
        first. The list is empty if nothing was recorded.

        Fails with `job_failed` and the ids of the failed assets if any failed, after all others are
        ready, and if the recording `recording_id` failed itself. Fails with `timeout` if they are
        not ready in time; the error has the last `state`.

        Args:
            session_id: Id of the session.
            room_id: Id of the room. Includes the assets of all its sessions.
            recording_id: Id of the recording job.
            types: Only assets of these types. Defaults to all.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 7200.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "recording_assets.wait",
            list[RecordingAsset],
            {
                "session_id": session_id,
                "room_id": room_id,
                "recording_id": recording_id,
                "types": types,
            },
            AssetWaitProgress,
            on_progress,
            timeout,
            max_retries,
        )

    def download(
        self,
        asset_id: str,
        path: str | PathLike[str],
        *,
        if_exists: IfExists | None = None,
        on_progress: Callable[[DownloadProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> DownloadedAsset:
        """Download the file of an asset.

        Writes to `<path>.part`, and renames that to `path` when it is complete and on disk. So
        `path` never holds a part of the file. If the connection breaks, the storage is slow, or the
        link expires, it continues where it was, with a new link. If the download itself ends early,
        because it failed, was cancelled or the process was killed, `<path>.part` remains, with a
        note in `<path>.part.json`. The next download of the same asset to the same path continues
        it, unless the file has changed.

        Attempts fail finally if `max_retries` in a row receive nothing. Complete means that the
        size is what the storage declared and that all parts are of one version (`ETag`). The bytes
        have no checksum: an `ETag` is an MD5 in some storages only, and not for files that were
        uploaded in several pieces.

        Fails with `file` if the file cannot be written, with `job_failed` if the asset is not
        completed or is an HLS playlist, and with `not_found` if the storage does not have the file
        any more. 100ms's storage keeps files for 15 days.

        Args:
            asset_id: Id of the recording asset.
            path: The file to write. Its folder must exist.
            if_exists: What to do if the file is there already. Must be `overwrite`, `skip` (if it
                has the size of the asset) or `refuse`. Defaults to `overwrite`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 86400.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "recording_assets.download",
            DownloadedAsset,
            {
                "asset_id": asset_id,
                "path": file_path("recording_assets.download", "path", path),
                "if_exists": if_exists,
            },
            DownloadProgress,
            on_progress,
            timeout,
            max_retries,
        )

    def download_all(
        self,
        to: str | PathLike[str],
        *,
        session_id: str | None = None,
        room_id: str | None = None,
        recording_id: str | None = None,
        types: Sequence[AssetType] | None = None,
        concurrency: int | None = None,
        if_exists: IfExists | None = None,
        on_progress: Callable[[DownloadAllProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> DownloadedAssets:
        """Download the files of a session, a room or a recording.

        Exactly one of `session_id`, `room_id` and `recording_id` says which. Each file is named
        after its asset, `<type>-<id>` with the extension of its path, and downloaded as by
        `recording_assets.download`. Files that are there with the right size are kept, so the job
        can be run again. Assets that are not completed, and HLS playlists, are in `skipped`.

        If a file fails, the others are downloaded nevertheless. Then the job fails with
        `job_failed`, and the error has a line for each file that failed in its `details`.

        Args:
            to: The folder to write to. It is created if it does not exist.
            session_id: The files of this session.
            room_id: The files of this room.
            recording_id: The files of this recording job.
            types: Only assets of these types. Defaults to all.
            concurrency: How many files are downloaded at the same time. Between 1 and 16. Defaults
                to 4.
            if_exists: What to do if a file is there already. Must be `overwrite`, `skip` (if it has
                the size of the asset) or `refuse`. Defaults to `skip`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 86400.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "recording_assets.download_all",
            DownloadedAssets,
            {
                "to": file_path("recording_assets.download_all", "to", to),
                "session_id": session_id,
                "room_id": room_id,
                "recording_id": recording_id,
                "types": types,
                "concurrency": concurrency,
                "if_exists": if_exists,
            },
            DownloadAllProgress,
            on_progress,
            timeout,
            max_retries,
        )


class AsyncRecordingAssets(AsyncAssetStreaming):
    """Recording assets: the files that recordings and streams produce."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncRecordingAssetsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncRecordingAssetsWithRawResponse(self._responding())

    def list(
        self,
        *,
        room_id: str = ABSENT,
        session_id: str = ABSENT,
        status: FinishedAssetStatus = ABSENT,
        start: str | None = None,
        limit: int | None = None,
        type: AssetType = ABSENT,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[RecordingAsset, RecordingAssetList]:
        """List recording assets.

        Returns the files of all recordings, live streams and external streams of the workspace.
        Optional filters select by room, session and state. Each item is the full asset, including
        `job_id`, `room_id` and `session_id`.

        Args:
            room_id: Only assets of this room.
            session_id: Only assets of this session.
            status: Only assets in this state.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            type: Only assets of this type.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/list-all-assets
        """
        return self._pages(
            "recording_assets.list",
            RecordingAssetList,
            "data",
            "start",
            {
                "room_id": room_id,
                "session_id": session_id,
                "status": status,
                "start": start,
                "limit": limit,
                "type": type,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def get(
        self,
        asset_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RecordingAsset:
        """Return one recording asset.

        Returns one asset. The fields of `metadata` depend on `type`. Assets in 100ms's storage are
        available for 15 days. Assets in the template's own bucket are under your control.

        Args:
            asset_id: Id of the recording asset.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/get-asset
        """
        return await self._call(
            "recording_assets.get",
            RecordingAsset,
            {"asset_id": asset_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def presigned_url(
        self,
        asset_id: str,
        *,
        presign_duration: int | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PresignedUrl:
        """Make a temporary download URL for an asset.

        Signs a temporary URL for the asset's file. Every call creates a new URL. By default it is
        valid for 3 days (259200 s) if the file is in AWS S3 or Google Cloud Storage, and for 9
        hours (32400 s) in Alibaba OSS. For a `room-vod` asset, the URL is the signed zip if VOD
        uploads are zipped. If they are unzipped in 100ms's storage, it is a CDN URL that HLS
        players can open. If they are unzipped in your own bucket, it is a signed m3u8 that is not
        playable as it is.

        Args:
            asset_id: Id of the recording asset.
            presign_duration: Validity of the URL in seconds. The default depends on the storage:
                259200 for S3 and GCS, 32400 for OSS.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/recording-assets/get-presigned-url
        """
        return await self._call(
            "recording_assets.presigned_url",
            PresignedUrl,
            {"asset_id": asset_id, "presign_duration": presign_duration},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def wait(
        self,
        *,
        session_id: str | None = None,
        room_id: str | None = None,
        recording_id: str | None = None,
        types: Sequence[AssetType] | None = None,
        on_progress: Callable[[AssetWaitProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> builtins.list[RecordingAsset]:
        """Wait until all assets of a recording, a session or a room are ready.

        Takes exactly one of `session_id`, `room_id` and `recording_id`, and returns the assets.
        Looks again and again, with pauses of 1 s that grow to 10 s, until the recordings and
        streams have ended and no asset is processing. That includes the transcript and the summary
        of each recording that has them in its `asset_types`, which take a fifth of the length of
        the recording, and at least 5 minutes. A recording runs until it is stopped, so stop it
        first. The list is empty if nothing was recorded.

        Fails with `job_failed` and the ids of the failed assets if any failed, after all others are
        ready, and if the recording `recording_id` failed itself. Fails with `timeout` if they are
        not ready in time; the error has the last `state`.

        Args:
            session_id: Id of the session.
            room_id: Id of the room. Includes the assets of all its sessions.
            recording_id: Id of the recording job.
            types: Only assets of these types. Defaults to all.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 7200.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "recording_assets.wait",
            list[RecordingAsset],
            {
                "session_id": session_id,
                "room_id": room_id,
                "recording_id": recording_id,
                "types": types,
            },
            AssetWaitProgress,
            on_progress,
            timeout,
            max_retries,
        )

    async def download(
        self,
        asset_id: str,
        path: str | PathLike[str],
        *,
        if_exists: IfExists | None = None,
        on_progress: Callable[[DownloadProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> DownloadedAsset:
        """Download the file of an asset.

        Writes to `<path>.part`, and renames that to `path` when it is complete and on disk. So
        `path` never holds a part of the file. If the connection breaks, the storage is slow, or the
        link expires, it continues where it was, with a new link. If the download itself ends early,
        because it failed, was cancelled or the process was killed, `<path>.part` remains, with a
        note in `<path>.part.json`. The next download of the same asset to the same path continues
        it, unless the file has changed.

        Attempts fail finally if `max_retries` in a row receive nothing. Complete means that the
        size is what the storage declared and that all parts are of one version (`ETag`). The bytes
        have no checksum: an `ETag` is an MD5 in some storages only, and not for files that were
        uploaded in several pieces.

        Fails with `file` if the file cannot be written, with `job_failed` if the asset is not
        completed or is an HLS playlist, and with `not_found` if the storage does not have the file
        any more. 100ms's storage keeps files for 15 days.

        Args:
            asset_id: Id of the recording asset.
            path: The file to write. Its folder must exist.
            if_exists: What to do if the file is there already. Must be `overwrite`, `skip` (if it
                has the size of the asset) or `refuse`. Defaults to `overwrite`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 86400.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "recording_assets.download",
            DownloadedAsset,
            {
                "asset_id": asset_id,
                "path": file_path("recording_assets.download", "path", path),
                "if_exists": if_exists,
            },
            DownloadProgress,
            on_progress,
            timeout,
            max_retries,
        )

    async def download_all(
        self,
        to: str | PathLike[str],
        *,
        session_id: str | None = None,
        room_id: str | None = None,
        recording_id: str | None = None,
        types: Sequence[AssetType] | None = None,
        concurrency: int | None = None,
        if_exists: IfExists | None = None,
        on_progress: Callable[[DownloadAllProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> DownloadedAssets:
        """Download the files of a session, a room or a recording.

        Exactly one of `session_id`, `room_id` and `recording_id` says which. Each file is named
        after its asset, `<type>-<id>` with the extension of its path, and downloaded as by
        `recording_assets.download`. Files that are there with the right size are kept, so the job
        can be run again. Assets that are not completed, and HLS playlists, are in `skipped`.

        If a file fails, the others are downloaded nevertheless. Then the job fails with
        `job_failed`, and the error has a line for each file that failed in its `details`.

        Args:
            to: The folder to write to. It is created if it does not exist.
            session_id: The files of this session.
            room_id: The files of this room.
            recording_id: The files of this recording job.
            types: Only assets of these types. Defaults to all.
            concurrency: How many files are downloaded at the same time. Between 1 and 16. Defaults
                to 4.
            if_exists: What to do if a file is there already. Must be `overwrite`, `skip` (if it has
                the size of the asset) or `refuse`. Defaults to `skip`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 86400.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "recording_assets.download_all",
            DownloadedAssets,
            {
                "to": file_path("recording_assets.download_all", "to", to),
                "session_id": session_id,
                "room_id": room_id,
                "recording_id": recording_id,
                "types": types,
                "concurrency": concurrency,
                "if_exists": if_exists,
            },
            DownloadAllProgress,
            on_progress,
            timeout,
            max_retries,
        )


class RecordingAssetsWithRawResponse(WithRawResponse):
    """The methods of `RecordingAssets`. Each returns a `Response`."""

    list = first_page(RecordingAssets.list)
    get = responding(RecordingAssets.get)
    presigned_url = responding(RecordingAssets.presigned_url)


class AsyncRecordingAssetsWithRawResponse(WithRawResponse):
    """The methods of `AsyncRecordingAssets`. Each returns a `Response`."""

    list = first_page_async(AsyncRecordingAssets.list)
    get = responding_async(AsyncRecordingAssets.get)
    presigned_url = responding_async(AsyncRecordingAssets.presigned_url)
