"""The columns of a list as a table: by the type of its items, never by what they contain."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from itertools import accumulate, chain
from keyword import iskeyword
from operator import attrgetter
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from ._frozen import DATETIME
from ._model import EXTRA, Model, OpenUnion, fields_of

# Arrow and its arrays have no types that a checker knows.
Arrow = Any
Array = Any
DataType = Any

_ABSENT = msgspec.Raw()
_NULL = b"null"


def unshown(self: object) -> str:
    """Return what is shown of rows in the frames of exceptions: not what they contain."""
    return f"<{type(self).__name__}>"


class Kind:
    """What the values of a column are."""

    read: Any = None
    """The type that they are read as."""
    start: Any = None
    """The value of a field that the service left out."""

    def __init__(self, arrow: Arrow) -> None:
        self.arrow = arrow
        self.type: DataType = None

    def array(self, values: list[Any]) -> Array:
        """Return the values as an array."""
        return self.arrow.array(values, self.type)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kind) and type(self) is type(other) and self.type == other.type

    __hash__ = None  # type: ignore[assignment]


class Text(Kind):
    """Text, and open enums."""

    read = str | None

    def __init__(self, arrow: Arrow) -> None:
        super().__init__(arrow)
        self.type = arrow.string()


class Integer(Kind):
    """Whole numbers."""

    read = int | None

    def __init__(self, arrow: Arrow) -> None:
        super().__init__(arrow)
        self.type = arrow.int64()


class Number(Kind):
    """Numbers with a fraction."""

    read = float | None

    def __init__(self, arrow: Arrow) -> None:
        super().__init__(arrow)
        self.type = arrow.float64()


class Boolean(Kind):
    """True or false."""

    read = bool | None

    def __init__(self, arrow: Arrow) -> None:
        super().__init__(arrow)
        self.type = arrow.bool_()


class Time(Kind):
    """Times. They are read as text, which Arrow parses many times faster than Python."""

    read = str | None

    def __init__(self, arrow: Arrow) -> None:
        super().__init__(arrow)
        self.type = arrow.timestamp("us", tz="UTC")

    def array(self, values: list[Any]) -> Array:
        arrow = self.arrow
        texts = arrow.array(values, arrow.string())
        try:
            return texts.cast(self.type)
        except arrow.ArrowInvalid:
            pass
        given: list[str] = [value for value in values if value is not None]
        # What 64 bits of nanoseconds can hold. Other times wrap around in some versions of pyarrow.
        # Those before 1970, with any offset, are negative, and would be cut towards 1970.
        near = min(given) >= "1970-01-03" and max(given) < "2262"
        try:  # more than six digits of a second
            exact = texts.cast(arrow.timestamp("ns", tz="UTC")) if near else None
        except arrow.ArrowInvalid:
            exact = None
        if exact is None:
            return arrow.array(list(map(_time, values)), self.type)
        import pyarrow.compute as compute  # noqa: PLC0415, PLR0402

        kernels: Any = compute
        rounded = kernels.add(exact.view(arrow.int64()), 500)
        return rounded.view(exact.type).cast(self.type, safe=False)


def _time(text: str | None) -> Any:
    if text is None:
        return None
    try:
        return msgspec.convert(text, DATETIME[0])
    except msgspec.ValidationError:  # only in a shape that this version does not know
        return None


class Json(Kind):
    """Values without a type of their own: their JSON, as the service sent it."""

    read = msgspec.Raw
    start = _ABSENT

    def __init__(self, arrow: Arrow) -> None:
        super().__init__(arrow)
        self.type = arrow.string()

    def array(self, values: list[Any]) -> Array:
        texts = [bytes(value) for value in values]
        return self.arrow.array(
            [text if text and text != _NULL else None for text in texts], self.type
        )


class Many(Kind):
    """Lists. One that is never null is empty where the service left it out."""

    def __init__(self, arrow: Arrow, item: Kind, *, nullable: bool) -> None:
        super().__init__(arrow)
        self.item = item
        self.type = arrow.list_(arrow.field("item", item.type))
        read: Any = item.read
        self.read = list[read] | None
        self._nullable = nullable

    def array(self, values: list[Any]) -> Array:
        return self._array(values, self.item.array(list(chain.from_iterable(filter(None, values)))))

    def _array(self, values: list[Any], items: Array) -> Array:
        arrow = self.arrow
        sizes = [0 if value is None else len(value) for value in values]
        ends = arrow.array([0, *accumulate(sizes)], arrow.int32())
        nulls = None
        if self._nullable and None in values:
            nulls = arrow.array([value is None for value in values])
        return arrow.ListArray.from_arrays(ends, items, type=self.type, mask=nulls)


class Mapped(Many):
    """Maps: lists of their values, with the key first unless the value repeats it as `id`."""

    def __init__(self, arrow: Arrow, item: Kind, *, nullable: bool) -> None:
        self._value = item
        keyed = not (isinstance(item, Row) and item.has_id)
        super().__init__(arrow, Keyed(arrow, item) if keyed else item, nullable=nullable)
        read: Any = item.read
        self.read = dict[str, read] | None

    def array(self, values: list[Any]) -> Array:
        maps: list[dict[str, Any]] = list(filter(None, values))
        found = self._value.array([value for one in maps for value in one.values()])
        if isinstance(self.item, Keyed):
            found = self.item.joined(list(chain.from_iterable(maps)), found)
        return self._array(values, found)


class Keyed(Kind):
    """A value of a map with its key."""

    def __init__(self, arrow: Arrow, value: Kind) -> None:
        super().__init__(arrow)
        own = list(value.type) if isinstance(value, Row) else [arrow.field("value", value.type)]
        self.type = arrow.struct([arrow.field("key", arrow.string()), *own])

    def joined(self, keys: list[str], values: Array) -> Array:
        """Return the values with their keys."""
        arrow = self.arrow
        inner = values.flatten() if arrow.types.is_struct(values.type) else [values]
        arrays = [arrow.array(keys, arrow.string()), *inner]
        return arrow.StructArray.from_arrays(arrays, fields=list(self.type))


def _attribute(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name


class Row(Kind):
    """A model. The rows have its fields, with times as texts."""

    def __init__(self, arrow: Arrow, name: str, fields: Iterable[tuple[str, Kind]]) -> None:
        super().__init__(arrow)
        self.fields = dict(fields)
        self.has_id = "id" in self.fields
        self.type = arrow.struct([arrow.field(of, kind.type) for of, kind in self.fields.items()])
        named = [
            (_attribute(of), kind.read, msgspec.field(name=of, default=kind.start))
            for of, kind in self.fields.items()
        ]
        self.row: Any = msgspec.defstruct(
            f"{name}Row", named, namespace={"__repr__": unshown}, eq=False, gc=False
        )
        self.read = self.row | None
        self._columns = [(attrgetter(_attribute(of)), kind) for of, kind in self.fields.items()]
        self._lists = [value for value, kind in self._columns if isinstance(kind, Many)]
        self._blank = self.row()

    def sizes(self, rows: list[Any], column: int | None) -> int:
        """Return how many items there are in one list of the rows, or the rows with all of them."""
        wanted = self._lists if column is None else [self._columns[column][0]]
        found = 0 if column is not None else len(rows)
        for value in wanted:
            lists: list[Any] = list(map(value, rows))
            found += sum(len(one) for one in lists if one)
        return found

    def arrays(self, rows: list[Any]) -> list[Array]:
        """Return the columns of rows that are there."""
        return [kind.array(list(map(value, rows))) for value, kind in self._columns]

    def array(self, values: list[Any]) -> Array:
        nulls = None
        if None in values:
            nulls = self.arrow.array([value is None for value in values])
            values = [self._blank if value is None else value for value in values]
        return self.arrow.StructArray.from_arrays(
            self.arrays(values), fields=list(self.type), mask=nulls
        )


class Shapes(Row):
    """A union: what all its shapes have alike has its type, and the rest is JSON."""

    def __init__(self, arrow: Arrow, union: type[OpenUnion]) -> None:
        found: dict[str, Kind] = {}
        for shape in dict.fromkeys(union.shapes.values()):
            for name, kind in _fields(arrow, shape):
                found[name] = kind if found.get(name, kind) == kind else Json(arrow)
        super().__init__(arrow, union.__name__, found.items())
        self._tag = union.tag
        self._decoder = msgspec.json.Decoder(self.row)

    def one(self, json: msgspec.Raw) -> Any:
        """Read a value of any shape. A field that does not have its type is null."""
        try:
            row = self._decoder.decode(json)
        except msgspec.ValidationError:
            pass
        else:
            if self._word(row) != "malformed":
                return row
        value: dict[str, Any] = msgspec.json.decode(json)
        if value.keys() == {self._tag, "kind", "problem", "raw"}:
            value = {**value["raw"], self._tag: value["kind"]}
        return self.row(**dict(self._fitting(value)))

    def _word(self, row: Any) -> str | None:
        word: str | None = getattr(row, _attribute(self._tag))
        return word

    def _fitting(self, value: dict[str, Any]) -> Iterable[tuple[str, Any]]:
        for name, kind in self.fields.items():
            if name not in value:
                continue
            if isinstance(kind, Json):
                yield _attribute(name), msgspec.Raw(msgspec.json.encode(value[name]))
                continue
            try:
                yield _attribute(name), msgspec.convert(value[name], kind.read)
            except msgspec.ValidationError:
                continue


def _fields(arrow: Arrow, model: type[Model]) -> Iterable[tuple[str, Kind]]:
    """Return the fields of a model by the service's names, without those that it does not know."""
    for field in fields_of(model):
        if field.encode_name != EXTRA:
            nullable = field.default is None
            yield field.encode_name, _kind(arrow, field.type, nullable=nullable)


_PLAIN: dict[Any, Callable[[Arrow], Kind]] = {
    str: Text,
    int: Integer,
    float: Number,
    bool: Boolean,
    DATETIME[0]: Time,
}


def _kind(arrow: Arrow, type: Any, *, nullable: bool = False) -> Kind:
    """Return the kind of a type of the models."""
    origin, inner = get_origin(type), get_args(type)
    if origin in (Union, UnionType):
        [found] = [one for one in inner if one is not None.__class__]
        return _kind(arrow, found, nullable=True)
    if origin is list:
        return Many(arrow, _kind(arrow, inner[0]), nullable=nullable)
    if origin is dict and inner[1] is not Any:
        return Mapped(arrow, _kind(arrow, inner[1]), nullable=nullable)
    if type in _PLAIN:
        return _PLAIN[type](arrow)
    if isinstance(type, builtins.type) and issubclass(type, Model):
        return Row(arrow, type.__name__, _fields(arrow, type))
    return Json(arrow)


def items_of(arrow: Arrow, page: type[Any], name: str) -> Row:
    """Return what the items of a page are."""
    [listed] = [field for field in fields_of(page) if field.encode_name == name]
    [item] = get_args(listed.type)
    if issubclass(item, OpenUnion):
        return Shapes(arrow, item)
    return Row(arrow, item.__name__, _fields(arrow, item))
