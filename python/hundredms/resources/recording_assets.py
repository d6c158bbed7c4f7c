# @generated from crates/hundredms/src/resources/recording_assets.rs by `cargo xtask gen`; do not edit.
"""Recording assets: the files that recordings and streams produce."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._absent import ABSENT
from .._pages import AsyncPager, Pager
from ..models.recording_assets import (
    AssetWaitProgress,
    FinishedAssetStatus,
    PresignedUrl,
    RecordingAsset,
    RecordingAssetList,
)
from ..models.recordings import AssetType
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class RecordingAssets(Resource):
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
            limit: Page size. The service accepts 10 to 100. Defaults to 100.
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


class AsyncRecordingAssets(AsyncResource):
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
            limit: Page size. The service accepts 10 to 100. Defaults to 100.
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
