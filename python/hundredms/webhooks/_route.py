"""The handlers of a receiver."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from .._errors import ConfigurationError, error_of
from .._native import unknown_event_type

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


FALLBACK = ""
"""Where the fallback stands: no event has this type."""


def known(types: Collection[str], type: str) -> str:
    """Return `type` if it is one of `types`."""
    if not isinstance(type, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise _refused('`on` takes the type of its events: @receiver.on("peer.join.success")')
    if type not in types:
        raise error_of(unknown_event_type(type))
    return type


class On(Generic[DataT]):
    """Takes the handler of one type of events, or the fallback: a decorator."""

    __slots__ = ("_background", "_routes", "_type")

    def __init__(self, routes: dict[str, Route], type: str, background: bool) -> None:
        self._routes = routes
        self._type = type
        self._background = background

    def __call__(
        self, handler: Callable[[Event[DataT]], ResultT]
    ) -> Callable[[Event[DataT]], ResultT]:
        """Register `handler`, and return it."""
        if self._type in self._routes:
            raise _refused(f"{self._type or 'the fallback'} has a handler already")
        if not callable(handler):
            raise _refused(f"a handler must be callable, not {type(handler).__name__}")
        is_async = inspect.iscoroutinefunction(handler)
        self._routes[self._type] = Route(handler, is_async, self._background)
        return handler


def _refused(message: str) -> ConfigurationError:
    return ConfigurationError(f"webhooks: {message} (configuration)", message=message)
