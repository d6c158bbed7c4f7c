"""Serialises arguments for the core, or names the value that cannot be sent."""

from __future__ import annotations

import builtins
import math
import operator
import re
from collections import UserString
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from enum import Enum
from numbers import Real
from typing import Any, cast
from uuid import UUID

import msgspec

from . import _native
from ._absent import ABSENT
from ._errors import ConfigurationError, InvalidRequestError, error_of
from ._frozen import DATETIME
from ._model import Model

_AS_IT_IS = frozenset({str, int, bool, type(None)})
_BYTES = (bytes, bytearray, memoryview)
_NO_LISTS = (str, UserString, *_BYTES)

DEEPEST = 100
"""Maximum nesting of lists and mappings."""


class Unsendable(Exception):
    """A value that cannot be sent: its path, and why."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place = place
        self.reason = reason


def request(operation: str, arguments: Mapping[str, Any]) -> bytes:
    """Write the arguments of an operation.

    Raises:
        InvalidRequestError: One of them is not plain data.
    """
    try:
        return encode(arguments)
    except Unsendable as unsendable:
        raise refused(operation, unsendable.place, unsendable.reason) from None


def content(operation: str, field: str, value: Any) -> bytes:
    """Write one argument by itself.

    Raises:
        InvalidRequestError: It is not plain data.
    """
    try:
        return _write(_plain(field, value))
    except Unsendable as unsendable:
        raise refused(operation, unsendable.place, unsendable.reason) from None
    except UnicodeEncodeError:
        raise refused(operation, field, _HALF) from None
    except (OverflowError, ValueError):
        raise refused(operation, field, _TOO_LARGE) from None


def settings(options: Mapping[str, Any]) -> bytes:
    """Write the options of what is made once.

    Raises:
        ConfigurationError: One of them is not plain data.
    """
    try:
        return encode(options)
    except Unsendable as unsendable:
        raise not_configured(unsendable.place, unsendable.reason) from None


def refused(operation: str, field: str, reason: str) -> InvalidRequestError:
    """Return the error for an argument that cannot be sent."""
    return cast("InvalidRequestError", error_of(_native.refused_argument(operation, field, reason)))


def not_configured(option: str, reason: str) -> ConfigurationError:
    """Return the error for an option that cannot be used."""
    return cast("ConfigurationError", error_of(_native.not_configured(f"{option}: {reason}")))


def text(operation: str, field: str, value: Any) -> str:
    """Return `value` if it is text that can be sent."""
    if type(value) is str and value.isascii():  # as most are
        return value
    plain = scalar(value.value if isinstance(value, Enum) else value)
    if type(plain) is not str:
        raise refused(operation, field, f"must be text, not {_type(value)}{_advice(field, value)}")
    try:
        plain.encode()
    except UnicodeEncodeError:
        raise refused(operation, field, _HALF) from None
    return plain


def encode(values: Mapping[str, Any]) -> bytes:
    """Write values as a JSON object, by their names.

    Raises:
        Unsendable: One of them is not plain data.
    """
    for value in values.values():
        if type(value) not in _AS_IT_IS:
            given = ((name, value) for name, value in values.items() if value is not ABSENT)
            values = {name: _plain(name, value) for name, value in given}
            break
    try:
        return _write(values)
    except (UnicodeEncodeError, OverflowError, ValueError) as error:
        reason = _HALF if isinstance(error, UnicodeEncodeError) else _TOO_LARGE
        raise Unsendable(_ill_formed(values), reason) from None


def number(value: object) -> float | None:
    """Return a number of any kind as the plain one; None if it is not a number or too large."""
    if isinstance(value, (Real, Decimal)):
        try:
            return float(value)
        except (OverflowError, ValueError):
            pass
    return None


def _plain(place: str, value: object, depth: int = 0) -> Any:
    """Return what is written as JSON means it: an own kind of text as text, for one."""
    if depth > DEEPEST:
        top = re.split(r"[.\[]", place, maxsplit=1)[0]
        raise Unsendable(top, f"must not be nested more than {DEEPEST} deep, or hold itself")
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, Model):
        return _model(place, value, depth)
    if isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            _plain(f"{place}.{field}", getattr(value, field), depth + 1)
        return value
    kind = _kind(value)
    if issubclass(kind, Mapping):
        names: Any = value
        return {_name(place, key): _plain(f"{place}.{key}", names[key], depth + 1) for key in names}
    if _is_list(kind):
        items: Any = value
        return [_plain(f"{place}[{index}]", item, depth + 1) for index, item in enumerate(items)]
    return _single(place, value)


def _model(place: str, value: Model, depth: int) -> dict[str, Any]:
    """Return a model as it is written: without None, and with the fields that it does not know."""
    plain: dict[str, Any] = {}
    for name, written in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
        field = getattr(value, name)
        if name == "extra":
            plain = {**_plain(place, field, depth), **plain}
        elif field is not None:
            plain[written] = _plain(f"{place}.{written}", field, depth + 1)
    return plain


def _is_list(kind: type) -> bool:
    return issubclass(kind, (Sequence, AbstractSet)) and not issubclass(kind, _NO_LISTS)


def _single(place: str, value: object) -> Any:
    if issubclass(type(value), _BYTES):
        raise Unsendable(place, f"must be text, not {_type(value)}: decode it first")
    plain = scalar(value)
    if isinstance(plain, float) and not math.isfinite(plain):
        raise Unsendable(place, f"must be a finite number, not {plain}")
    try:
        _write(plain)
    except TypeError:
        reason = f"must be plain data, not {_type(value)}{_advice(place, value)}"
        raise Unsendable(place, reason) from None
    except UnicodeEncodeError:  # `encode` says so
        pass
    except (OverflowError, ValueError):
        raise Unsendable(place, _TOO_LARGE) from None
    return plain


def scalar(value: Any) -> Any:
    """Return a text, number or time of an own kind as the plain one; anything else as it is."""
    kind = _kind(value)
    plain = value
    if kind in _AS_IT_IS:
        pass
    elif issubclass(kind, str):
        plain = str.__str__(value)
    elif issubclass(kind, (UserString, UUID)) or _is_text(kind):
        plain = str(value)
    elif issubclass(kind, datetime):
        plain = value if kind is DATETIME[0] else value.isoformat()
    elif hasattr(kind, "__index__"):
        with suppress(TypeError):  # an array
            plain = operator.index(value)
    elif issubclass(kind, Real):
        plain = float(value)
    return plain


def _is_text(kind: type[Any]) -> bool:
    """Return whether objects of a class stand for their text.

    URLs do, as those of pydantic, yarl, httpx and Starlette, and the lazy translations of Django.
    """
    return any(
        base.__name__.lower().endswith("url")
        or (base.__name__ == "Promise" and base.__module__.startswith("django."))
        for base in kind.__mro__
    )


def _advice(place: str, value: object) -> str:
    # As the core says it of what it refuses: `DeserializeError::about_arguments`.
    if isinstance(value, Model):
        if isinstance(getattr(value, place, None), str):
            return f": pass its {place}"
        if place.endswith("_id") and isinstance(getattr(value, "id", None), str):
            return f": pass its id, {place.removesuffix('_id')}.id"
    if hasattr(value, "get_secret_value"):
        return ": `.get_secret_value()` gives it"
    return ""


def _kind(value: object) -> type[Any]:
    # What a proxy says of its class does not make it one.
    return type(value)


def _type(value: object) -> str:
    kind = _kind(value)
    # `numpy.bool`, which is no bool.
    named_alike = kind.__module__ != "builtins" and hasattr(builtins, kind.__name__)
    return f"{kind.__module__}.{kind.__name__}" if named_alike else kind.__name__


def _name(place: str, key: object) -> str:
    name = scalar(key)
    if type(name) is str:
        return name
    raise Unsendable(place, f"its names must be text, not {_type(key)}")


_TOO_LARGE = "must be a number of at most 64 bits"

_HALF = "must be well-formed text: it contains half of a surrogate pair"


def _ill_formed(values: Mapping[str, Any]) -> str:
    """Name the first value that cannot be written."""
    for name, value in values.items():
        try:
            _write({name: value})
        except (UnicodeEncodeError, OverflowError, ValueError):
            return name
    return ""


def _write_other(value: Any) -> Any:
    """Return a plain form of what stands in a model, and has none in JSON by itself."""
    kind = _kind(value)
    if issubclass(kind, Mapping):
        return dict(value)
    if _is_list(kind):
        return list(value)
    plain = scalar(value)
    if plain is value:
        raise TypeError(f"{_type(value)} has no form in JSON")
    return plain


_write = msgspec.json.Encoder(enc_hook=_write_other).encode
