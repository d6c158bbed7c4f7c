"""What `map` takes and yields."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeAlias, TypedDict, TypeVar

import msgspec

ItemT = TypeVar("ItemT")
ValueT = TypeVar("ValueT")


if TYPE_CHECKING:
    # `if result.error is None` tells type checkers that there is a value. They see two classes, and
    # programs have one.

    class _Item(Generic[ItemT]):
        @property
        def item(self) -> ItemT:
            """The item."""
            raise NotImplementedError

        @property
        def index(self) -> int:
            """Its position among all items, starting at 0."""
            raise NotImplementedError

    class _Succeeded(_Item[ItemT], Generic[ItemT, ValueT]):
        value: ValueT
        """What its call returned."""
        error: None
        """None: it succeeded."""

        def unwrap(self) -> ValueT:
            """Return the value."""
            raise NotImplementedError

    class _Failed(_Item[ItemT], Generic[ItemT]):
        value: None
        """None: it failed."""
        error: Exception
        """What its call raised."""

        def unwrap(self) -> NoReturn:
            """Raise the error."""
            raise NotImplementedError

    MapResult: TypeAlias = _Succeeded[ItemT, ValueT] | _Failed[ItemT]
    """An item, and the result of its call: a value, or an error."""
else:

    class MapResult(msgspec.Struct, Generic[ItemT, ValueT], frozen=True):
        """An item, and the result of its call: a value, or an error."""

        item: ItemT
        """The item."""
        index: int
        """Its position among all items, starting at 0."""
        value: ValueT | None
        """What its call returned. None after an error."""
        error: Exception | None
        """What its call raised. None if it succeeded."""

        def unwrap(self) -> ValueT:
            """Return the value, or raise the error."""
            if self.error is not None:
                raise self.error
            return self.value


def succeeded(item: ItemT, index: int, value: ValueT) -> MapResult[ItemT, ValueT]:
    """Return the result of a call that returned."""
    result: Any = MapResult
    made: MapResult[ItemT, ValueT] = result(item, index, value, None)
    return made


def failed(item: ItemT, index: int, error: BaseException) -> MapResult[ItemT, Any]:
    """Return the result of a call that raised."""
    result: Any = MapResult
    made: MapResult[ItemT, Any] = result(item, index, None, error)
    return made


class MapProgress(msgspec.Struct, frozen=True):
    """How far a run is."""

    done: int
    """How many calls have succeeded."""
    failed: int
    """How many calls have failed."""
    skipped: int
    """How many items were left out, because the journal has them."""


class _JournalPath(TypedDict):
    path: str | os.PathLike[str]
    """The file. It is created if it does not exist."""


class Journal(_JournalPath, total=False):
    """A file with the keys of the items that are done."""

    name: str
    """Name of the run. The journal of a run with another name is refused. Defaults to `map`."""
    key: Callable[[Any], str]
    """Returns the key of an item. Defaults to the item itself if it is text, else to its JSON."""


JournalOption: TypeAlias = "str | os.PathLike[str] | Journal"
