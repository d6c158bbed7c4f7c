"""Calls by the name of the operation: what all resources of a client are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ._model import DECODERS

if TYPE_CHECKING:
    from ._native import Core
    from ._pages import Listing

T = TypeVar("T")


class RawAnswer(msgspec.Struct, frozen=True):
    """An answer as it came."""

    status: int
    """HTTP status, 2xx."""
    headers: list[tuple[str, str]]
    """Headers, their names in lower case."""
    body: bytes
    """Body, as the service sent it."""

    def json(self) -> Any:
        """Read the body as JSON."""
        return msgspec.json.decode(self.body)


def _write_other(value: Any) -> Any:
    """Give a plain form of what JSON has no form for."""
    if isinstance(value, Mapping):
        return dict(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, Sequence):
        return list(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    raise TypeError(f"an argument cannot be a {type(value).__name__}")


encode = msgspec.json.Encoder(enc_hook=_write_other).encode


class Calls:
    """The calls of a blocking client."""

    __slots__ = ("_core",)

    def __init__(self, core: Core) -> None:
        self._core = core

    def call(
        self,
        operation: str,
        type: type[T],
        arguments: dict[str, Any],
        timeout: float | None,
        max_retries: int | None,
    ) -> T:
        """Call an operation and read its answer."""
        json, _ = self._core.call(operation, encode(arguments), timeout, max_retries)
        answer: T = DECODERS[type].decode(json)
        return answer

    def page(self, listing: Listing[T]) -> tuple[T, str | None]:
        """Fetch the first page of a list, and its cursor."""
        json, cursor = self._core.call(
            listing.operation, encode(listing.arguments), listing.timeout, listing.max_retries
        )
        return DECODERS[listing.type].decode(json), cursor
