"""A property that is computed when it is first read."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - reads as `property` does
    """A property that is computed once.

    Unlike `cached_property` of Python 3.11, it has no lock that a forked child may find locked. On
    the class, it returns the class of the value, for mocks with a spec.
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
            return self._value_class()  # type: ignore[no-any-return]
        value: T = owner.__dict__.setdefault(self._make.__name__, self._make(owner))
        return value

    def _value_class(self) -> Any:
        """Return the class of the value, from the module of the owner or of the property's name."""
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
