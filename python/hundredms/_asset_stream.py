"""Streams of the files of assets. Written by hand, since what they return is not one value."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Protocol

from ._arguments import text
from ._native import AssetReader
from ._typing import Self
from .resources._resource import AsyncResource, Resource

_NAME = "recording_assets.stream"


class Calls(Protocol):
    """Reads the next bytes, blocking."""

    def read(self, name: str, reader: AssetReader) -> bytes | None:
        """Return the next bytes, or None at the end."""
        ...


class AsyncCalls(Protocol):
    """Reads the next bytes, async."""

    async def read(self, name: str, reader: AssetReader) -> bytes | None:
        """Return the next bytes, or None at the end."""
        ...


class AssetStream(Iterator[bytes]):
    """The bytes of an asset's file. Use it in a `with` block, which ends the transfer."""

    __slots__ = ("_calls", "_reader")

    def __init__(self, calls: Calls, reader: AssetReader) -> None:
        self._calls = calls
        self._reader: AssetReader | None = reader

    def __repr__(self) -> str:
        return f"<{type(self).__name__}{'' if self._reader else ', closed'}>"

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        """Return the next bytes.

        Raises:
            HundredmsError: The transfer failed, as `recording_assets.stream` says.
        """
        if self._reader is None:
            raise StopIteration
        try:
            piece = self._calls.read(_NAME, self._reader)
        except BaseException:
            self.close()
            raise
        if piece is None:
            self.close()
            raise StopIteration
        return piece

    def close(self) -> None:
        """End the transfer. Does nothing if it has ended."""
        self._reader = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self.close()


class AsyncAssetStream(AsyncIterator[bytes]):
    """The bytes of an asset's file. Use it in an `async with` block, which ends the transfer."""

    __slots__ = ("_calls", "_reader")

    def __init__(self, calls: AsyncCalls, reader: AssetReader) -> None:
        self._calls = calls
        self._reader: AssetReader | None = reader

    def __repr__(self) -> str:
        return f"<{type(self).__name__}{'' if self._reader else ', closed'}>"

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """Return the next bytes.

        Raises:
            HundredmsError: The transfer failed, as `recording_assets.stream` says.
        """
        if self._reader is None:
            raise StopAsyncIteration
        try:
            piece = await self._calls.read(_NAME, self._reader)
        except BaseException:
            await self.aclose()
            raise
        if piece is None:
            await self.aclose()
            raise StopAsyncIteration
        return piece

    async def aclose(self) -> None:
        """End the transfer. Does nothing if it has ended."""
        self._reader = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *ended: object) -> None:
        await self.aclose()


class AssetStreaming(Resource):
    """What the generated class of recording assets inherits."""

    __slots__ = ()

    def stream(
        self, asset_id: str, *, timeout: float | None = None, max_retries: int | None = None
    ) -> AssetStream:
        """Stream the file of an asset.

        Yields the bytes in order. If the connection breaks, the storage is slow, or the link
        expires, it continues where it was, with a new link. Nothing is read ahead: a slow reader
        slows the transfer.

        Fails with `job_failed` if the file changes meanwhile, or is an HLS playlist; else as
        `download`.

        Args:
            asset_id: Id of the recording asset.
            timeout: Seconds for the whole transfer, including the time in which nobody reads.
                Defaults to 86400.
            max_retries: How many attempts in a row may fail without receiving anything. Defaults to
                the client's setting.
        """
        asset_id = text(_NAME, "asset_id", asset_id)
        return AssetStream(self._calls, self._calls.reader(asset_id, timeout, max_retries))


class AsyncAssetStreaming(AsyncResource):
    """What the generated class of recording assets inherits."""

    __slots__ = ()

    def stream(
        self, asset_id: str, *, timeout: float | None = None, max_retries: int | None = None
    ) -> AsyncAssetStream:
        """Stream the file of an asset.

        Yields the bytes in order. If the connection breaks, the storage is slow, or the link
        expires, it continues where it was, with a new link. Nothing is read ahead: a slow reader
        slows the transfer.

        Fails with `job_failed` if the file changes meanwhile, or is an HLS playlist; else as
        `download`.

        Args:
            asset_id: Id of the recording asset.
            timeout: Seconds for the whole transfer, including the time in which nobody reads.
                Defaults to 86400.
            max_retries: How many attempts in a row may fail without receiving anything. Defaults to
                the client's setting.
        """
        asset_id = text(_NAME, "asset_id", asset_id)
        return AsyncAssetStream(self._calls, self._calls.reader(asset_id, timeout, max_retries))
