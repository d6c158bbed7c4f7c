"""Calls by the name of the operation: what all resources of a client are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ._errors import HundredMsError, InvalidRequestError
from ._hooks import timed
from ._model import DECODERS

if TYPE_CHECKING:
    from ._hooks import Hooks
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


def failed(error: HundredMsError) -> tuple[str, bytes, str | None, type[Any]]:
    """Give the call that failed with `error`."""
    call = error._failed  # pyright: ignore[reportPrivateUsage]
    if call is None or error.operation is None:
        message = "the error is of no call that was made in this process"
        raise InvalidRequestError(f"reconcile: {message} (invalid_request)", message=message)
    since = error.look_at.since if error.look_at is not None else None
    return error.operation, call[1], None if since is None else since.isoformat(), call[0]


def found(json: bytes, type: type[Any]) -> Any:
    """Read what was found, as the answer that the call would have had."""
    if json == b"null":
        return None
    try:
        return DECODERS[type].decode(json)
    except msgspec.ValidationError:  # the list shows less of it
        return msgspec.json.decode(json)


encode = msgspec.json.Encoder(enc_hook=_write_other).encode


class Calls:
    """The calls of a blocking client."""

    __slots__ = ("_core", "_hooks")

    def __init__(self, core: Core, hooks: Hooks) -> None:
        self._core = core
        self._hooks = hooks

    def call(
        self,
        operation: str,
        type: type[T],
        arguments: dict[str, Any],
        timeout: float | None,
        max_retries: int | None,
    ) -> T:
        """Call an operation and read its answer."""
        given = encode(arguments)
        try:
            json, _ = self._answer(operation, given, timeout, max_retries)
        except HundredMsError as error:
            if error.look_at is not None:
                error._failed = (type, given)  # pyright: ignore[reportPrivateUsage]
            raise
        answer: T = DECODERS[type].decode(json)
        return answer

    def page(self, listing: Listing[T]) -> tuple[T, str | None]:
        """Fetch the first page of a list, and its cursor."""
        json, cursor = self._answer(
            listing.operation, encode(listing.arguments), listing.timeout, listing.max_retries
        )
        return DECODERS[listing.type].decode(json), cursor

    def _answer(
        self, operation: str, arguments: bytes, timeout: float | None, max_retries: int | None
    ) -> tuple[bytes, str | None]:
        context = self._hooks.context()
        log = timed(operation)
        if log is None:
            return self._core.call(operation, arguments, timeout, max_retries, context)
        with log:
            return self._core.call(operation, arguments, timeout, max_retries, context)

    def reconcile(self, error: HundredMsError) -> Any:
        """Look for what a call that failed has left."""
        operation, arguments, since, type = failed(error)
        context = self._hooks.context()
        json, _ = self._core.reconcile(operation, arguments, since, context)
        return found(json, type)

    def raw(
        self, operation: str, arguments: bytes, timeout: float | None, max_retries: int | None
    ) -> RawAnswer:
        """Call an operation and give its answer as it came."""
        context = self._hooks.context()
        with timed(operation) or nullcontext():
            answer = self._core.call_raw(operation, arguments, timeout, max_retries, context)
        return RawAnswer(*answer)

    def request(
        self,
        method: str,
        path: str,
        query: list[tuple[str, str]],
        body: bytes | None,
        timeout: float | None,
        max_retries: int | None,
    ) -> RawAnswer:
        """Send a request that no operation stands for."""
        context = self._hooks.context()
        with timed("request") or nullcontext():
            answer = self._core.request(method, path, query, body, timeout, max_retries, context)
        return RawAnswer(*answer)
