"""What is made when it is first read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - reads as `property` does
    """A property that is made once. `cached_property` of 3.11 has a lock that a fork may find held."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, type: type[Any]) -> Self: ...
    @overload
    def __get__(self, owner: object, type: type[Any]) -> T: ...
    def __get__(self, owner: object | None, type: type[Any]) -> Self | T:
        if owner is None:
            return self
        made: T = owner.__dict__.setdefault(self._make.__name__, self._make(owner))
        return made
