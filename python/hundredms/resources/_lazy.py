"""What is made when it is first read."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - reads as `property` does
    """A property that is made once. `cached_property` of 3.11 has a lock that a fork may find held.

    Of the class it gives the class of what is made, which mocks with a spec are made after.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, type: type[Any]) -> type[T]: ...
    @overload
    def __get__(self, owner: object, type: type[Any]) -> T: ...
    def __get__(self, owner: object | None, type: type[Any]) -> type[T] | T:
        if owner is None:
            return self._made()  # type: ignore[no-any-return]
        made: T = owner.__dict__.setdefault(self._make.__name__, self._make(owner))
        return made

    def _made(self) -> Any:
        """Find the class of what is made: at hand, or in the module that has the property's name."""
        make: Any = self._make
        name = make.__annotations__.get("return")
        found = make.__globals__.get(name)
        if found is None:
            try:
                module = import_module(f"{make.__module__}.{make.__name__}")
            except ModuleNotFoundError:
                return self
            found = getattr(module, name, self)
        return found
