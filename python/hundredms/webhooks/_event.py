"""`Event`: one event, as the service sent it."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from .. import _native
from .._arguments import refused
from .._frames import seal
from .._model import DECODERS, Decoder
from ._data import Malformed, Unknown
from ._types import DATA, EventData
from ._verification_error import WebhookVerificationError

DataT_co = TypeVar("DataT_co", covariant=True)


class Event(msgspec.Struct, Generic[DataT_co], frozen=True, kw_only=True):
    """One event. `data` is the model of its type.

    `match event.data:` distinguishes the types. Events can be compared and pickled.
    """

    id: str
    """Id of the event.

    It is the same if the service sends the event again. Empty if the service sent none.
    """
    type: str
    """Type of the event: `peer.join.success`."""
    timestamp: datetime | None = None
    """When the event was created."""
    is_replay: bool = False
    """Whether this is a requested replay."""
    version: str | None = None
    """Version of the format, `2.0`."""
    account_id: str | None = None
    """Account that owns the room."""
    app_id: str | None = None
    """App (workspace) inside the account. Many events lack it."""
    template_id: str | None = None
    """Template of the room. Most events have it in their data only."""
    problem: str | None = None
    """Why the data does not match its type. Then `data` is `Malformed`."""
    extra: dict[str, Any] = {}
    """Fields beside the data that this version does not know."""
    data: DataT_co
    """What happened."""
    raw: bytes = b""
    """The unchanged body. It may contain secrets."""

    def __repr__(self) -> str:
        # What is unknown may be secret, and data hides its secrets itself.
        return (
            f"Event(id={self.id!r}, type={self.type!r}, timestamp={self.timestamp!r}, "
            f"is_replay={self.is_replay!r}, data={self.data!r}, raw=<{len(self.raw)} bytes>)"
        )


_decode = DECODERS[Event[msgspec.Raw]].decode
_set = msgspec.structs.force_setattr


class _Decoders(dict[str, Decoder]):
    """The decoder of whole events of each type, created when it is first needed."""

    def __missing__(self, type: str) -> Decoder:
        whole: Any = Event
        decoder = self[type] = DECODERS[whole[DATA[type]]]
        return decoder


_decoders = _Decoders()


def read(told: bytes | str, body: bytes) -> Event[EventData]:
    """Create the event from what the core returns: JSON, or its type if the body is unchanged."""
    event: Any
    if isinstance(told, str):
        try:
            event = _decoders[told].decode(body)
        except Exception:
            event = _read_apart(body)
    else:
        event = _read_apart(told)
    _set(event, "raw", body)
    return event  # type: ignore[no-any-return]


def _read_apart(json: bytes) -> Event[Any]:
    """Read the envelope first, then the data by its type."""
    try:
        event: Any = _decode(json)
    except Exception as error:
        return _read_bare(json, error)
    model = DATA.get(event.type)
    data: Any
    try:
        if event.problem is not None:
            data = Malformed(problem=event.problem, data=msgspec.json.decode(event.data))
        elif model is None:
            data = Unknown(fields=msgspec.json.decode(event.data))
        else:
            data = DECODERS[model].decode(event.data)
    except Exception as error:
        _set(event, "problem", str(error))
        data = Malformed(problem=str(error), data=_anything(event.data))
    _set(event, "data", data)
    return event  # type: ignore[no-any-return]


def _read_bare(json: bytes, error: Exception) -> Event[Any]:
    """Keep what the core takes and Python cannot hold."""
    whole = _anything(json)
    problem = str(error)
    if not isinstance(whole, dict):
        return Event(id="", type="", problem=problem, data=Malformed(problem=problem, data=whole))
    known: dict[Any, Any] = whole  # pyright: ignore[reportUnknownVariableType]
    return Event(
        id=str(known.get("id") or ""),
        type=str(known.get("type") or ""),
        problem=problem,
        data=Malformed(problem=problem, data=known.get("data")),
    )


def _anything(json: bytes | msgspec.Raw) -> Any:
    try:
        return msgspec.json.decode(json)
    except Exception:  # its text, then
        return bytes(json).decode(errors="replace")


def as_it_came(body: object) -> bytes:
    """Return the bytes of a body. A parsed body is refused: it cannot be verified."""
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytearray):
        return bytes(body)
    if isinstance(body, memoryview):
        return body.tobytes()
    name = type(body).__name__
    reason = f"must be the body as it came, before it is read as JSON, not {name}"
    raise refused("webhooks", "body", reason)


def parse(body: bytes | str) -> Event[EventData]:
    """Read an event **without** verification, for example from your own queue or file.

    An unknown type gives `Unknown` data, and data that does not match its type `Malformed`.

    Raises:
        WebhookVerificationError: The body is not one JSON object (`not_json`).
        InvalidRequestError: This is not a body, but an object made from one.
    """
    body = as_it_came(body)
    try:
        told = _native.parse_webhook(body)
    except ValueError as refused:
        raise WebhookVerificationError(*refused.args) from None
    return read(told, body)


seal(sys.modules[__name__], ("parse",))
