"""The operations of a resource that give a `Response`: the answer, and what came beside it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from .._calls import Response
from .._frames import sealed
from .._pages import AsyncPager, Pager
from .._shared import Shared

if TYPE_CHECKING:
    from ._resource import AsyncResource, Resource

P = ParamSpec("P")
T = TypeVar("T")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


class WithRawResponse(Shared):
    """The operations of a resource, each of which gives a `Response`."""

    def __init__(self, of: Resource | AsyncResource) -> None:
        self.of = of

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of a client>"


class responding(Generic[P, T]):  # noqa: N801 - stands where a method does
    """A method of a resource, whose answer comes as a `Response`."""

    def __init__(self, method: Callable[Concatenate[Any, P], T]) -> None:
        self._method = method

    @overload
    def __get__(
        self, owner: None, type: type[Any]
    ) -> Callable[Concatenate[Any, P], Response[T]]: ...
    @overload
    def __get__(self, owner: object, type: type[Any]) -> Callable[P, Response[T]]: ...
    def __get__(self, owner: Any, type: type[Any]) -> Any:
        return _bound(owner, self._method, waits=False)


class responding_async(Generic[P, T]):  # noqa: N801 - stands where a method does
    """A method of an async resource, whose answer comes as a `Response`."""

    def __init__(self, method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]) -> None:
        self._method = method

    @overload
    def __get__(
        self, owner: None, type: type[Any]
    ) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, Response[T]]]: ...
    @overload
    def __get__(
        self, owner: object, type: type[Any]
    ) -> Callable[P, Coroutine[Any, Any, Response[T]]]: ...
    def __get__(self, owner: Any, type: type[Any]) -> Any:
        return _bound(owner, self._method, waits=True)


class first_page(Generic[P, ItemT, PageT]):  # noqa: N801 - stands where a method does
    """A list of a resource, whose first page comes as a `Response`."""

    def __init__(self, method: Callable[Concatenate[Any, P], Pager[ItemT, PageT]]) -> None:
        self._method = method

    @overload
    def __get__(
        self, owner: None, type: type[Any]
    ) -> Callable[Concatenate[Any, P], Response[PageT]]: ...
    @overload
    def __get__(self, owner: object, type: type[Any]) -> Callable[P, Response[PageT]]: ...
    def __get__(self, owner: Any, type: type[Any]) -> Any:
        return _fetching(_bound(owner, self._method, waits=False), owner)


class first_page_async(Generic[P, ItemT, PageT]):  # noqa: N801 - stands where a method does
    """A list of an async resource, whose first page comes as a `Response`."""

    def __init__(self, method: Callable[Concatenate[Any, P], AsyncPager[ItemT, PageT]]) -> None:
        self._method = method

    @overload
    def __get__(
        self, owner: None, type: type[Any]
    ) -> Callable[Concatenate[Any, P], Coroutine[Any, Any, Response[PageT]]]: ...
    @overload
    def __get__(
        self, owner: object, type: type[Any]
    ) -> Callable[P, Coroutine[Any, Any, Response[PageT]]]: ...
    def __get__(self, owner: Any, type: type[Any]) -> Any:
        return _fetching(_bound(owner, self._method, waits=True), owner)


def _bound(owner: WithRawResponse | None, method: Callable[..., Any], *, waits: bool) -> Any:
    """Bind a method to the resource whose calls give responses."""
    return _described(method, waits=waits) if owner is None else getattr(owner.of, method.__name__)


def _described(method: Callable[..., Any], *, waits: bool) -> Any:
    """Return a function with the arguments of the bound method: what mocks are made after."""
    import inspect

    async def call_async(*_: Any, **__: Any) -> Any: ...

    def call(*_: Any, **__: Any) -> Any: ...

    described: Any = wraps(method)(call_async if waits else call)
    signature = inspect.signature(method)
    described.__signature__ = signature.replace(parameters=[*signature.parameters.values()][1:])
    return described


def _fetching(list_of: Any, owner: object) -> Any:
    if owner is None:
        return list_of

    @wraps(list_of)
    def fetch(*args: Any, **kwargs: Any) -> Any:
        return list_of(*args, **kwargs).first_page()

    return sealed(fetch)
