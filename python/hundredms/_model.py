"""The base of all models, and how answers are read."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import msgspec

from ._frozen import thawed

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

T = TypeVar("T")


class Model(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What the service answers: frozen, comparable, and safe to pickle and to copy.

    A field that the service left out is None, and a list or map that it left out is empty. Times
    are aware datetimes. Models can be returned from FastAPI routes and used as fields of pydantic
    models.
    """

    def to_dict(self) -> dict[str, Any]:
        """Give the model under the names that the service has, times as text.

        Fields that are None and lists and maps that are empty are not in it. Secrets are.
        """
        result: dict[str, Any] = msgspec.to_builtins(self)
        return result

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        from ._pydantic import model_schema  # noqa: PLC0415

        return model_schema(cls, handler)


class SecretModel(Model, frozen=True, kw_only=True):
    """A model with fields that are not shown when it is printed."""

    _secrets: ClassVar[frozenset[str]] = frozenset()

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        shown: list[tuple[str, Any]] = []
        for name in self.__struct_fields__:
            value = getattr(self, name)
            shown.append((name, "[redacted]" if value and name in self._secrets else value))
        return shown

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({shown})"


class _Shapes(type):
    """Makes the shapes of a union its instances."""

    shapes: dict[str, type[Model]]
    unknown: type[Model]

    def __instancecheck__(cls, value: object) -> bool:
        return type(value) is cls.unknown or type(value) in cls.shapes.values()


class OpenUnion(metaclass=_Shapes):
    """A value whose shape depends on a field of its own, where the service may add shapes."""

    tag: ClassVar[str]
    shapes: ClassVar[dict[str, type[Model]]]
    unknown: ClassVar[type[Model]]

    @classmethod
    def read(cls, value: Any) -> Model:
        """Read a value as the shape that its tag asks for, or keep it as it came."""
        try:
            word: object = value[cls.tag]
        except (KeyError, TypeError):
            word = None
        if not isinstance(word, str):
            raise ValueError(f"Expected `object` with a `{cls.tag}`")
        shape = cls.shapes.get(word)
        if shape is None:
            return cls.unknown(**{cls.tag: word, "raw": value})
        return convert(value, shape)

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
    """Make a model of the builtin values that JSON has."""
    _ = DECODERS[type]
    return msgspec.convert(value, type, dec_hook=_read_custom)


class _Decoders(dict[Any, msgspec.json.Decoder[Any]]):
    """The decoder of each type of answer, made when it is first needed."""

    def __missing__(self, type: Any) -> msgspec.json.Decoder[Any]:
        with _looking, thawed():
            decoder = self[type] = msgspec.json.Decoder(type, dec_hook=_read_custom)
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
