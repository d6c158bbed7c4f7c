"""The base of all models, and the parser of responses."""

from __future__ import annotations

import builtins
import os
import threading
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Protocol,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

# Before msgspec: it says what to use where that cannot be loaded.
from . import _loaded as _loaded  # noqa: PLC0414

# isort: split
import msgspec

from ._frozen import thawed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

T = TypeVar("T")


EXTRA = "$extra"
"""Where the fields that a model does not know stand while it is read; no name of the service."""


class Model(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    repr_omit_defaults=True,
    gc=False,
):
    """A value from the service: frozen, comparable, and safe to pickle and to copy.

    A field that the service left out is None, and a missing list or map is empty. Neither is shown
    when a model is printed. Times are aware datetimes. Models can be returned from FastAPI routes
    and used as fields of pydantic models.
    """

    def to_dict(self) -> dict[str, Any]:
        """Return the model under the service's names, with times as text.

        Leaves out fields that are None, and lists and maps that the service left out. Includes
        secrets and the fields that this version does not know.
        """
        result: dict[str, Any] = joined(msgspec.to_builtins(self), type(self))
        return result

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from ._pydantic import model_schema  # noqa: PLC0415

        return model_schema(cls, handler)


def plain_url(url: str) -> str:
    """Return scheme, host, port and path of a URL, without userinfo, query and fragment."""
    scheme, found, rest = url.partition("://")
    if not found:
        return "[redacted]"
    end = min((at for at in map(rest.find, "?#") if at >= 0), default=len(rest))
    authority, slash, path = rest[:end].partition("/")
    host = authority.rpartition("@")[2]
    query = "?[redacted]" if end < len(rest) else ""
    return f"{scheme}://{host}{slash}{path}{query}"


class SecretModel(Model, frozen=True, kw_only=True):
    """A model with fields that are hidden when it is printed."""

    _secrets: ClassVar[frozenset[str]] = frozenset()
    _urls: ClassVar[frozenset[str]] = frozenset()

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        shown: list[tuple[str, Any]] = []
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if value is None or (name == "extra" and not value):
                continue
            if value and name in self._secrets:
                value = "[redacted]"
            elif name in self._urls:
                value = plain_url(value)
            shown.append((name, value))
        return shown

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({shown})"


class _Shapes(type):
    """Makes the shapes of a union its instances."""

    shapes: dict[str, type[Model]]
    unknown: type[Model]
    malformed: type[Model]

    def __instancecheck__(cls, value: object) -> bool:
        kind = type(value)
        return kind in (cls.unknown, cls.malformed) or kind in cls.shapes.values()


class OpenUnion(metaclass=_Shapes):
    """A value whose shape depends on one of its fields. The service may add shapes."""

    tag: ClassVar[str]
    shapes: ClassVar[dict[str, type[Model]]]
    unknown: ClassVar[type[Model]]
    malformed: ClassVar[type[Model]]

    @classmethod
    def read(cls, value: Any) -> Model:
        """Read a value as the shape that its tag selects, or keep it unchanged if none matches."""
        try:
            word: object = value[cls.tag]
        except (KeyError, TypeError):
            word = None
        if not isinstance(word, str):
            raise ValueError(f"Expected `object` with a `{cls.tag}`")
        shape = cls.shapes.get(word)
        if shape is None:
            if word == "malformed" and value.keys() == {cls.tag, "kind", "problem", "raw"}:
                kind, problem, raw = value["kind"], value["problem"], value["raw"]
                return cls.malformed(**{cls.tag: kind, "problem": problem, "raw": raw})
            return cls.unknown(**{cls.tag: word, "raw": value})
        try:
            return convert(value, shape)
        except msgspec.ValidationError as error:
            return cls.malformed(**{cls.tag: word, "problem": str(error), "raw": value})

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from ._pydantic import union_schema  # noqa: PLC0415

        return union_schema(cls, handler)


def _read_custom(type: type[Any], value: Any) -> Any:
    if issubclass(type, OpenUnion):
        return type.read(value)
    raise NotImplementedError(type)


def convert(value: Any, type: type[T]) -> T:
    """Create a model from the builtin values of JSON."""
    _ = DECODERS[type]
    return msgspec.convert(parted(value, type), type, dec_hook=_read_custom)


class _Keeping(msgspec.Struct, frozen=True):
    """Where models stand in a type that keep the fields they do not know."""

    inner: _Keeping | None = None
    """In each item of a list or a map, for those."""
    below: dict[str, _Keeping] = {}
    """In the fields of a model, by the names that the service has."""
    known: frozenset[str] | None = None
    """The fields of the model, where it keeps the others itself."""


_keeping: dict[Any, _Keeping | None] = {}


def _where(type: Any) -> _Keeping | None:
    """Return where in a type unknown fields are kept; None for nowhere."""
    try:
        return _keeping[type]
    except KeyError:
        pass
    found: _Keeping | None = None
    origin, inner = get_origin(type), get_args(type)
    if origin is None and isinstance(type, builtins.type) and issubclass(type, Model):
        fields = {
            field.encode_name: _where(field.type)
            for field in msgspec.structs.fields(type)
            if field.name != "extra"
        }
        below = {name: at for name, at in fields.items() if at is not None}
        known = frozenset(fields) if "extra" in type.__struct_fields__ else None
        if known is not None or below:
            found = _Keeping(below=below, known=known)
    elif origin in (list, dict):
        at = _where(inner[-1])
        found = None if at is None else _Keeping(inner=at)
    elif origin in (Union, UnionType):
        found = next(filter(None, map(_where, inner)), None)
    _keeping[type] = found
    return found


def parted(value: Any, type: Any) -> Any:
    """Set the fields that a model does not know apart from those that it knows."""
    return _each(value, _where(type), _part)


def joined(value: Any, type: Any) -> Any:
    """Put the fields that a model does not know among those that it knows again."""
    return _each(value, _where(type), _join)


def _each(
    value: Any,
    at: _Keeping | None,
    change: Callable[[dict[str, Any], frozenset[str]], dict[str, Any]],
) -> Any:
    """Change every model that keeps fields; what is changed is copied."""
    if at is None:
        return value
    if isinstance(value, list):
        return [_each(item, at.inner, change) for item in value]  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(value, dict):
        return value
    named = cast("dict[str, Any]", value)
    if at.inner is not None:
        return {name: _each(item, at.inner, change) for name, item in named.items()}
    fields = dict(named)
    for name, inner in at.below.items():
        item = named.get(name)
        if item is not None:
            fields[name] = _each(item, inner, change)
    return fields if at.known is None else change(fields, at.known)


def _part(value: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    extra = {name: item for name, item in value.items() if name not in known}
    if not extra:
        return value
    return {**{name: item for name, item in value.items() if name in known}, EXTRA: extra}


def _join(value: dict[str, Any], _: frozenset[str]) -> dict[str, Any]:
    return {**value.pop(EXTRA, {}), **value}


class _KeepingDecoder:
    """Reads a type in which models keep the fields that they do not know."""

    def __init__(self, type: Any, plain: msgspec.json.Decoder[Any]) -> None:
        self._type = type
        self._plain = plain.decode

    def decode(self, json: bytes | str, /) -> Any:
        # Those models refuse what they do not know, which is seldom there.
        try:
            return self._plain(json)
        except msgspec.ValidationError:
            value = parted(msgspec.json.decode(json), self._type)
            return msgspec.convert(value, self._type, dec_hook=_read_custom)


def fields_of(model: type[Any]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Return the fields of a model with their types."""
    with _looking, thawed():
        return msgspec.structs.fields(model)


class Decoder(Protocol):
    """Parses one type of response."""

    def decode(self, json: bytes | str, /) -> Any: ...


class _Decoders(dict[Any, Decoder]):
    """The decoder of each type of response, created when it is first needed."""

    def __missing__(self, type: Any) -> Decoder:
        with _looking, thawed():
            plain = msgspec.json.Decoder(type, dec_hook=_read_custom)
            decoder = plain if _where(type) is None else _KeepingDecoder(type, plain)
            self[type] = decoder
        return decoder


DECODERS = _Decoders()

# While msgspec looks at a type, no other thread or forked child may: it would find it half done.
_looking = threading.RLock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_looking.acquire,
        after_in_parent=_looking.release,
        after_in_child=_looking.release,
    )
