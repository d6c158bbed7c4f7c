# @generated from crates/hundredms/src/resources/stream_keys.rs by `cargo xtask gen`; do not edit.
"""Stream keys: let an encoder send RTMP to a room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..models.sessions import ItemProgress
from ..models.stream_keys import Message, RtmpIngest, StreamKey, StreamKeyList
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import WithRawResponse, responding, responding_async


class StreamKeys(Resource):
    """Stream keys: let an encoder send RTMP to a room."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> StreamKeysWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return StreamKeysWithRawResponse(self._responding())

    def get(
        self,
        room_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> StreamKeyList:
        """Return the room's active RTMP stream key.

        Returns the active stream key and RTMP address of the room, in a list. Request it before
        each stream, because the RTMP address may change.

        Args:
            room_id: Id of the room.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/get-rtmp-stream-key
        """
        return self._call(
            "stream_keys.get",
            StreamKeyList,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def create(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> StreamKey:
        """Create an RTMP stream key for a room.

        Creates the key and RTMP address with which an external encoder can send to the room's live
        stream. A room has at most one active key. It is valid until it is disabled. To rotate it,
        disable it and create another. The feature must be enabled for the account. Disabled rooms
        get no key.

        If the outcome is ambiguous, `stream_keys.get` shows whether it took effect.

        Args:
            room_id: Id of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/create-rtmp-stream-key
        """
        return self._call(
            "stream_keys.create",
            StreamKey,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def disable(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Message:
        """Disable the room's active stream key.

        Disables the active key permanently. A later create returns a different key.

        Args:
            room_id: Id of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/disable-rtmp-stream-key
        """
        return self._call(
            "stream_keys.disable",
            Message,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def get_or_create(
        self,
        room_id: str,
        *,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RtmpIngest:
        """Return the stream key of a room. Create one if there is none.

        A room has at most one active key. If two programs create it at the same time, both get the
        same one. Keep the key secret: whoever has it can stream into the room. Progress counts
        calls.

        Args:
            room_id: Id of the room.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 60.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "stream_keys.get_or_create",
            RtmpIngest,
            {"room_id": room_id},
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )


class AsyncStreamKeys(AsyncResource):
    """Stream keys: let an encoder send RTMP to a room."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncStreamKeysWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncStreamKeysWithRawResponse(self._responding())

    async def get(
        self,
        room_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> StreamKeyList:
        """Return the room's active RTMP stream key.

        Returns the active stream key and RTMP address of the room, in a list. Request it before
        each stream, because the RTMP address may change.

        Args:
            room_id: Id of the room.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/get-rtmp-stream-key
        """
        return await self._call(
            "stream_keys.get",
            StreamKeyList,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def create(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> StreamKey:
        """Create an RTMP stream key for a room.

        Creates the key and RTMP address with which an external encoder can send to the room's live
        stream. A room has at most one active key. It is valid until it is disabled. To rotate it,
        disable it and create another. The feature must be enabled for the account. Disabled rooms
        get no key.

        If the outcome is ambiguous, `stream_keys.get` shows whether it took effect.

        Args:
            room_id: Id of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/create-rtmp-stream-key
        """
        return await self._call(
            "stream_keys.create",
            StreamKey,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def disable(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Message:
        """Disable the room's active stream key.

        Disables the active key permanently. A later create returns a different key.

        Args:
            room_id: Id of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/disable-rtmp-stream-key
        """
        return await self._call(
            "stream_keys.disable",
            Message,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def get_or_create(
        self,
        room_id: str,
        *,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RtmpIngest:
        """Return the stream key of a room. Create one if there is none.

        A room has at most one active key. If two programs create it at the same time, both get the
        same one. Keep the key secret: whoever has it can stream into the room. Progress counts
        calls.

        Args:
            room_id: Id of the room.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 60.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "stream_keys.get_or_create",
            RtmpIngest,
            {"room_id": room_id},
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )


class StreamKeysWithRawResponse(WithRawResponse):
    """The methods of `StreamKeys`. Each returns a `Response`."""

    get = responding(StreamKeys.get)
    create = responding(StreamKeys.create)
    disable = responding(StreamKeys.disable)


class AsyncStreamKeysWithRawResponse(WithRawResponse):
    """The methods of `AsyncStreamKeys`. Each returns a `Response`."""

    get = responding_async(AsyncStreamKeys.get)
    create = responding_async(AsyncStreamKeys.create)
    disable = responding_async(AsyncStreamKeys.disable)
