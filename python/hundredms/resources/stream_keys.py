# @generated from crates/hundredms/src/resources/stream_keys.rs by `cargo xtask gen`; do not edit.
"""The operations of stream keys."""

from __future__ import annotations

from ..models.stream_keys import Message, StreamKey, StreamKeyList
from ._resource import AsyncResource, Resource


class StreamKeys(Resource):
    """The operations of stream keys."""

    __slots__ = ()

    def get(
        self,
        room_id: str,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> StreamKeyList:
        """Get the room's active RTMP stream key.

        Returns the active stream key and RTMP address of the room, wrapped in a list. Fetch it
        before each stream, because the RTMP address may change.

        Args:
            room_id: Id of the room.
            timeout: Seconds for the whole call, over all tries; as the client has it when None.
            max_retries: How often a failed try is repeated; as the client has it when None.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/get-rtmp-stream-key
        """
        return self._call(
            "stream_keys.get",
            StreamKeyList,
            {"room_id": room_id},
            timeout,
            max_retries,
        )

    def create(
        self,
        room_id: str,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> StreamKey:
        """Create an RTMP stream key for a room.

        Creates the key and RTMP address with which an outside encoder can feed the room's live
        stream. A room has at most one active key, which stays valid until it is disabled; to rotate
        it, disable it and create another. No body is needed. The feature is gated per account, and
        disabled rooms get no key.

        If the outcome is ambiguous, `stream_keys.get` shows whether it took effect.

        Args:
            room_id: Id of the room.
            timeout: Seconds for the whole call, over all tries; as the client has it when None.
            max_retries: How often a failed try is repeated; as the client has it when None.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/create-rtmp-stream-key
        """
        return self._call(
            "stream_keys.create",
            StreamKey,
            {"room_id": room_id},
            timeout,
            max_retries,
        )

    def disable(
        self,
        room_id: str,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Message:
        """Disable the room's active stream key.

        Turns the active key off for good; a later create makes a different key. No body is needed.

        Args:
            room_id: Id of the room.
            timeout: Seconds for the whole call, over all tries; as the client has it when None.
            max_retries: How often a failed try is repeated; as the client has it when None.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/disable-rtmp-stream-key
        """
        return self._call(
            "stream_keys.disable",
            Message,
            {"room_id": room_id},
            timeout,
            max_retries,
        )


class AsyncStreamKeys(AsyncResource):
    """The operations of stream keys."""

    __slots__ = ()

    async def get(
        self,
        room_id: str,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> StreamKeyList:
        """Get the room's active RTMP stream key.

        Returns the active stream key and RTMP address of the room, wrapped in a list. Fetch it
        before each stream, because the RTMP address may change.

        Args:
            room_id: Id of the room.
            timeout: Seconds for the whole call, over all tries; as the client has it when None.
            max_retries: How often a failed try is repeated; as the client has it when None.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/get-rtmp-stream-key
        """
        return await self._call(
            "stream_keys.get",
            StreamKeyList,
            {"room_id": room_id},
            timeout,
            max_retries,
        )

    async def create(
        self,
        room_id: str,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> StreamKey:
        """Create an RTMP stream key for a room.

        Creates the key and RTMP address with which an outside encoder can feed the room's live
        stream. A room has at most one active key, which stays valid until it is disabled; to rotate
        it, disable it and create another. No body is needed. The feature is gated per account, and
        disabled rooms get no key.

        If the outcome is ambiguous, `stream_keys.get` shows whether it took effect.

        Args:
            room_id: Id of the room.
            timeout: Seconds for the whole call, over all tries; as the client has it when None.
            max_retries: How often a failed try is repeated; as the client has it when None.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/create-rtmp-stream-key
        """
        return await self._call(
            "stream_keys.create",
            StreamKey,
            {"room_id": room_id},
            timeout,
            max_retries,
        )

    async def disable(
        self,
        room_id: str,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Message:
        """Disable the room's active stream key.

        Turns the active key off for good; a later create makes a different key. No body is needed.

        Args:
            room_id: Id of the room.
            timeout: Seconds for the whole call, over all tries; as the client has it when None.
            max_retries: How often a failed try is repeated; as the client has it when None.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/stream-key/disable-rtmp-stream-key
        """
        return await self._call(
            "stream_keys.disable",
            Message,
            {"room_id": room_id},
            timeout,
            max_retries,
        )
