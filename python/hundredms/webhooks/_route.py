"""What a receiver knows of its handlers."""

from __future__ import annotations

import difflib
import inspect
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from .._errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ._event import Event

DataT = TypeVar("DataT")
ResultT = TypeVar("ResultT")


class Route(msgspec.Struct, frozen=True):
    """A handler, and how it is run."""

    handler: Callable[[Event[Any]], object]
    is_async: bool
    background: bool


class On(Generic[DataT]):
    """Takes the handler of one type of events: a decorator."""

    __slots__ = ("_background", "_routes", "_type")

    def __init__(
        self, routes: dict[str, Route], known: Collection[str], type: str, background: bool
    ) -> None:
        if type not in known:
            near = difflib.get_close_matches(type, known, 1)
            meant = f"; {near[0]!r} is" if near else ""
            raise _refused(f"{type!r} is no type of events that this version knows{meant}")
        self._routes = routes
        self._type = type
        self._background = background

    def __call__(
        self, handler: Callable[[Event[DataT]], ResultT]
    ) -> Callable[[Event[DataT]], ResultT]:
        """Register `handler`, and give it back."""
        register(self._routes, self._type, handler, self._background)
        return handler


FALLBACK = ""
"""Where the fallback stands: no event has this type."""


def register(
    routes: dict[str, Route],
    type: str,
    handler: Callable[[Event[Any]], object],
    background: bool,
) -> None:
    """Register the handler of a type, or the fallback."""
    if type in routes:
        raise _refused(f"{type or 'the fallback'} has a handler already")
    routes[type] = Route(handler, inspect.iscoroutinefunction(handler), background)


def _refused(message: str) -> ConfigurationError:
    return ConfigurationError(f"webhooks: {message} (configuration)", message=message)
