"""Methods of a resource that return a `Response`: the value, status, headers and attempts."""

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
    """The methods of a resource. Each returns a `Response`."""

    def __init__(self, of: Resource | AsyncResource) -> None:
        self.of = of

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of a client>"


class responding(Generic[P, T]):  # noqa: N801 - used as a method
    """A method of a resource that returns a `Response`."""

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


class responding_async(Generic[P, T]):  # noqa: N801 - used as a method
    """A method of an async resource that returns a `Response`."""

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


class first_page(Generic[P, ItemT, PageT]):  # noqa: N801 - used as a method
    """A list method of a resource that returns the first page as a `Response`."""

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


class first_page_async(Generic[P, ItemT, PageT]):  # noqa: N801 - used as a method
    """A list method of an async resource that returns the first page as a `Response`."""

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
    """Bind a method to the resource whose calls return a `Response`."""
    return _described(method, waits=waits) if owner is None else getattr(owner.of, method.__name__)


def _described(method: Callable[..., Any], *, waits: bool) -> Any:
    """Return a function with the signature of the bound method, for mocks with a spec."""
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
