"""What every resource is: its client's calls, by the name of the operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from .._pages import AsyncPager, Listing, Pager

if TYPE_CHECKING:
    from .._async_calls import AsyncCalls
    from .._calls import Calls

PageT = TypeVar("PageT")


class Resource:
    """Operations of a blocking client."""

    __slots__ = ("_call", "_calls")

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._call = calls.call

    def _pages(
        self,
        operation: str,
        type: type[PageT],
        items: str,
        cursor: str,
        arguments: dict[str, Any],
        timeout: float | None,
        max_retries: int | None,
    ) -> Pager[Any, PageT]:
        listing = Listing(operation, type, items, cursor, arguments, timeout, max_retries)
        return Pager(self._calls, listing)


class AsyncResource:
    """Operations of an async client."""

    __slots__ = ("_call", "_calls")

    def __init__(self, calls: AsyncCalls) -> None:
        self._calls = calls
        self._call = calls.call

    def _pages(
        self,
        operation: str,
        type: type[PageT],
        items: str,
        cursor: str,
        arguments: dict[str, Any],
        timeout: float | None,
        max_retries: int | None,
    ) -> AsyncPager[Any, PageT]:
        listing = Listing(operation, type, items, cursor, arguments, timeout, max_retries)
        return AsyncPager(self._calls, listing)
