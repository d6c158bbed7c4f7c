"""Arguments on their way to the core: JSON, or an error that names what cannot be sent."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Any

import msgspec

from ._errors import ConfigurationError, InvalidRequestError

_AS_IT_IS = frozenset({str, int, bool, type(None)})
_BYTES = (bytes, bytearray, memoryview)


class Misfit(Exception):
    """A value that cannot be sent: its place, and why."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place = place
        self.reason = reason


def request(operation: str, arguments: Mapping[str, Any]) -> bytes:
    """Write the arguments of an operation.

    Raises:
        InvalidRequestError: One of them is no plain data.
    """
    try:
        return encode(arguments)
    except Misfit as misfit:
        raise refused(operation, misfit.place, misfit.reason) from None


def content(operation: str, field: str, value: Any) -> bytes:
    """Write one argument by itself.

    Raises:
        InvalidRequestError: It is no plain data.
    """
    try:
        return _write(_plain(field, value))
    except Misfit as misfit:
        raise refused(operation, misfit.place, misfit.reason) from None
    except UnicodeEncodeError:
        raise refused(operation, field, _HALF) from None


def settings(options: Mapping[str, Any]) -> bytes:
    """Write the options of what is made once.

    Raises:
        ConfigurationError: One of them is no plain data.
    """
    try:
        return encode(options)
    except Misfit as misfit:
        raise not_configured(misfit.place, misfit.reason) from None


def refused(operation: str, field: str, reason: str) -> InvalidRequestError:
    """Give the error for an argument that cannot be."""
    message = f"{field}: {reason}"
    return InvalidRequestError(
        f"{operation}: {message} (invalid_request)",
        message=message,
        operation=operation,
        field=field,
    )


def not_configured(option: str, reason: str) -> ConfigurationError:
    """Give the error for an option that cannot be."""
    message = f"{option}: {reason}"
    return ConfigurationError(f"{message} (configuration)", message=message)


def text(operation: str, field: str, value: object) -> str:
    """Give `value` if it is text that can be sent."""
    if not isinstance(value, str):
        raise refused(operation, field, f"must be text, not {_type(value)}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise refused(operation, field, _HALF) from None
    return value


def encode(values: Mapping[str, Any]) -> bytes:
    """Write values as a JSON object, by their names.

    Raises:
        Misfit: One of them is no plain data.
    """
    for value in values.values():
        if type(value) not in _AS_IT_IS:
            values = {name: _plain(name, value) for name, value in values.items()}
            break
    try:
        return _write(values)
    except UnicodeEncodeError:
        raise Misfit(_ill_formed(values), _HALF) from None


def _plain(place: str, value: object) -> Any:
    """Give what is written as JSON means it: an own kind of text as text, for one."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            _plain(f"{place}.{field}", getattr(value, field))
        return value
    kind = type(value)
    if issubclass(kind, Mapping):
        return _named(place, value)
    if issubclass(kind, (Sequence, AbstractSet)) and not issubclass(kind, (str, *_BYTES)):
        return _listed(place, value)
    return _single(place, value)


def _named(place: str, values: Any) -> dict[str, Any]:
    return {_name(place, key): _plain(f"{place}.{key}", values[key]) for key in values}


def _listed(place: str, values: Any) -> list[Any]:
    return [_plain(f"{place}[{index}]", item) for index, item in enumerate(values)]


def _single(place: str, value: Any) -> Any:
    match value:
        case str():
            return str.__str__(value)
        case float():
            if not math.isfinite(value):
                raise Misfit(place, f"must be a finite number, not {value}")
            return float(value)
        case _ if issubclass(type(value), _BYTES):
            raise Misfit(place, f"must be text, not {_type(value)}: decode it first")
        case _ if not isinstance(value, bool) and hasattr(value, "__index__"):
            return operator.index(value)
        case _:
            try:
                _write(value)
            except TypeError:
                raise Misfit(place, f"must be plain data, not {_type(value)}") from None
            return value


def _type(value: object) -> str:
    return type(value).__name__


def _name(place: str, key: object) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    raise Misfit(place, f"its names must be text, not {_type(key)}")


_HALF = "must be well-formed text: it holds half of a surrogate pair"


def _ill_formed(values: Mapping[str, Any]) -> str:
    """Name the first value that cannot be written."""
    for name, value in values.items():
        try:
            _write({name: value})
        except UnicodeEncodeError:
            return name
    return ""


def _write_other(value: Any) -> Any:
    """Give a plain form of what stands in a model, and has none in JSON by itself."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return dict(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, Sequence):
        return list(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    raise TypeError(f"{_type(value)} has no form in JSON")


_write = msgspec.json.Encoder(enc_hook=_write_other).encode
