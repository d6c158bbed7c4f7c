"""The base classes of resources. They call the operations of a client by name."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .._frames import seal
from .._jobs import reporting
from .._pages import AsyncPager, Listing, Pager
from .._shared import Shared
from .._typing import Self

if TYPE_CHECKING:
    from .._async_calls import AsyncCalls
    from .._calls import Calls

T = TypeVar("T")
PageT = TypeVar("PageT")
ProgressT = TypeVar("ProgressT")


class Resource(Shared):
    """Operations of a blocking client."""

    def __init_subclass__(cls) -> None:
        seal(cls)

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._call = calls.call

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of a client>"

    def _responding(self) -> Self:
        """Return the same resource with methods that return a `Response`."""
        return type(self)(self._calls.responding())

    def _run(
        self,
        job: str,
        type: type[T],
        arguments: dict[str, Any],
        progress: type[ProgressT],
        on_progress: Callable[[ProgressT], object] | None,
        timeout: float | None,
        max_retries: int | None,
    ) -> T:
        report = reporting(job, progress, on_progress)
        return self._calls.run(job, type, arguments, report, timeout, max_retries)

    def _pages(
        self,
        operation: str,
        type: type[PageT],
        items: str,
        cursor: str,
        arguments: dict[str, Any],
        timeout: float | None,
        max_retries: int | None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> Pager[Any, PageT]:
        listing = Listing(
            operation, type, items, cursor, arguments, timeout, max_retries, extra_query
        )
        return Pager(self._calls, listing)


class AsyncResource(Shared):
    """Operations of an async client."""

    def __init_subclass__(cls) -> None:
        seal(cls)

    def __init__(self, calls: AsyncCalls) -> None:
        self._calls = calls
        self._call = calls.call

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of a client>"

    def _responding(self) -> Self:
        """Return the same resource with methods that return a `Response`."""
        return type(self)(self._calls.responding())

    def _run(
        self,
        job: str,
        type: type[T],
        arguments: dict[str, Any],
        progress: type[ProgressT],
        on_progress: Callable[[ProgressT], object] | None,
        timeout: float | None,
        max_retries: int | None,
    ) -> Coroutine[Any, Any, T]:
        report = reporting(job, progress, on_progress)
        return self._calls.run(job, type, arguments, report, timeout, max_retries)

    def _pages(
        self,
        operation: str,
        type: type[PageT],
        items: str,
        cursor: str,
        arguments: dict[str, Any],
        timeout: float | None,
        max_retries: int | None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> AsyncPager[Any, PageT]:
        listing = Listing(
            operation, type, items, cursor, arguments, timeout, max_retries, extra_query
        )
        return AsyncPager(self._calls, listing)
