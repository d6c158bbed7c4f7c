"""Lists: items over all pages, pages, the first page, and resuming from a cursor."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Generic, NoReturn, Protocol, TypeVar

import msgspec

from ._errors import DecodeError, InvalidRequestError
from ._frames import seal

ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


class Listing(msgspec.Struct, Generic[PageT], frozen=True):
    """A list: the operation, its arguments, and where its items are."""

    operation: str
    type: type[PageT]
    items: str
    cursor: str
    arguments: dict[str, Any]
    timeout: float | None
    max_retries: int | None
    extra_query: Mapping[str, Any] | None = None

    def __repr__(self) -> str:  # without what is asked for
        return f"Listing({self.operation!r})"

    def behind(self, cursor: str | None) -> Listing[PageT]:
        """Return the list that starts after `cursor`. This one is unchanged."""
        if not cursor:
            raise self._refused(
                "there is no cursor: nothing has been read yet, or the list has ended"
            )
        value: str | int = cursor
        if self.cursor == "page":
            try:
                value = int(cursor)
            except ValueError:
                raise self._refused("the cursor of this list is the number of a page") from None
        return msgspec.structs.replace(self, arguments={**self.arguments, self.cursor: value})

    def _refused(self, message: str) -> InvalidRequestError:
        return InvalidRequestError(
            f"{self.operation}: {self.cursor}: {message} (invalid_request)",
            message=message,
            operation=self.operation,
            field=self.cursor,
        )

    def turn(self, last: str | None, cursor: str | None) -> Listing[PageT] | None:
        """Return the list after the page with `cursor`. None at the end."""
        if cursor is None:
            return None
        if cursor == last:
            message = "the service returned the same cursor twice, so the list would not end"
            raise DecodeError(
                f"{self.operation}: {message} (decode)", message=message, operation=self.operation
            )
        return self.behind(cursor)


class Calls(Protocol):
    """Fetches a page, blocking."""

    def page(self, listing: Listing[PageT]) -> tuple[PageT, str | None]:
        """Fetch the first page of a list, and its cursor."""
        ...


class AsyncCalls(Protocol):
    """Fetches a page, async."""

    async def page(self, listing: Listing[PageT]) -> tuple[PageT, str | None]:
        """Fetch the first page of a list, and its cursor."""
        ...


def _no_answer(first: str) -> TypeError:
    """Return the error for a list that is used like its items."""
    return TypeError(
        "a list that has not been read is neither true nor false: fetch its first page "
        f"(`.first_page().data`), or ask for one item (`{first}`)"
    )


class Pager(Generic[ItemT, PageT]):
    """A list that has not been read. Iterating yields its items over all pages.

    The next page is fetched when the items of the previous one are used up. Only the cursor decides
    whether there is one: the list continues after a short or empty page with a cursor. Each
    iteration starts from the beginning.
    """

    __slots__ = ("_calls", "_listing")

    def __init__(self, calls: Calls, listing: Listing[PageT]) -> None:
        self._calls = calls
        self._listing = listing

    def __iter__(self) -> Items[ItemT, PageT]:
        return Items(self.pages(), self._listing.items)

    def __bool__(self) -> NoReturn:
        raise _no_answer("next(iter(rooms), None)")

    def __repr__(self) -> str:
        return f"Pager({self._listing.operation!r})"

    def pages(self) -> Pages[PageT]:
        """Read page by page."""
        return Pages(self._calls, self._listing)

    def first_page(self) -> PageT:
        """Fetch the first page only."""
        return next(self.pages())

    def resume(self, cursor: str | None) -> Pager[ItemT, PageT]:
        """Return the list that resumes after `cursor`.

        Raises:
            InvalidRequestError: There is no cursor: nothing was read yet, or everything was.
        """
        return Pager(self._calls, self._listing.behind(cursor))


class Pages(Generic[PageT]):
    """A list, page by page. After an error, the next step fetches the same page again."""

    __slots__ = ("_calls", "_listing", "cursor")

    cursor: str | None
    """The cursor after the last fetched page. A later list can resume from it."""

    def __init__(self, calls: Calls, listing: Listing[PageT]) -> None:
        self._calls = calls
        self._listing: Listing[PageT] | None = listing
        self.cursor = None

    def __iter__(self) -> Pages[PageT]:
        return self

    def __next__(self) -> PageT:
        listing = self._listing
        if listing is None:
            raise StopIteration
        page, cursor = self._calls.page(listing)
        self._listing = None
        self._listing = listing.turn(self.cursor, cursor)
        self.cursor = cursor
        return page


class Items(Generic[ItemT, PageT]):
    """The items of a list, over all pages."""

    __slots__ = ("_items", "_name", "_pages")

    def __init__(self, pages: Pages[PageT], name: str) -> None:
        self._pages = pages
        self._name = name
        self._items: Any = iter(())

    @property
    def cursor(self) -> str | None:
        """The cursor after the last fetched page.

        Resuming there skips the remaining items of that page.
        """
        return self._pages.cursor

    def __iter__(self) -> Items[ItemT, PageT]:
        return self

    def __next__(self) -> ItemT:
        while True:
            for item in self._items:
                found: ItemT = item
                return found
            self._items = iter(getattr(next(self._pages), self._name))


class AsyncPager(Generic[ItemT, PageT]):
    """A list that has not been read.

    `async for` yields its items over all pages, `await` returns the first page.

    The next page is fetched when the items of the previous one are used up. Only the cursor decides
    whether there is one: the list continues after a short or empty page with a cursor. Each
    iteration starts from the beginning.
    """

    __slots__ = ("_calls", "_listing")

    def __init__(self, calls: AsyncCalls, listing: Listing[PageT]) -> None:
        self._calls = calls
        self._listing = listing

    def __aiter__(self) -> AsyncItems[ItemT, PageT]:
        return AsyncItems(self.pages(), self._listing.items)

    def __await__(self) -> Generator[Any, None, PageT]:
        return self.first_page().__await__()

    def __bool__(self) -> NoReturn:
        raise _no_answer("await anext(aiter(rooms), None)")

    def __repr__(self) -> str:
        return f"AsyncPager({self._listing.operation!r})"

    def pages(self) -> AsyncPages[PageT]:
        """Read page by page."""
        return AsyncPages(self._calls, self._listing)

    async def first_page(self) -> PageT:
        """Fetch the first page only."""
        return await anext(self.pages())

    def resume(self, cursor: str | None) -> AsyncPager[ItemT, PageT]:
        """Return the list that resumes after `cursor`.

        Raises:
            InvalidRequestError: There is no cursor: nothing was read yet, or everything was.
        """
        return AsyncPager(self._calls, self._listing.behind(cursor))


class AsyncPages(Generic[PageT]):
    """A list, page by page. After an error, the next step fetches the same page again."""

    __slots__ = ("_calls", "_listing", "cursor")

    cursor: str | None
    """The cursor after the last fetched page. A later list can resume from it."""

    def __init__(self, calls: AsyncCalls, listing: Listing[PageT]) -> None:
        self._calls = calls
        self._listing: Listing[PageT] | None = listing
        self.cursor = None

    def __aiter__(self) -> AsyncPages[PageT]:
        return self

    async def __anext__(self) -> PageT:
        listing = self._listing
        if listing is None:
            raise StopAsyncIteration
        page, cursor = await self._calls.page(listing)
        self._listing = None
        self._listing = listing.turn(self.cursor, cursor)
        self.cursor = cursor
        return page


class AsyncItems(Generic[ItemT, PageT]):
    """The items of a list, over all pages."""

    __slots__ = ("_items", "_name", "_pages")

    def __init__(self, pages: AsyncPages[PageT], name: str) -> None:
        self._pages = pages
        self._name = name
        self._items: Any = iter(())

    @property
    def cursor(self) -> str | None:
        """The cursor after the last fetched page.

        Resuming there skips the remaining items of that page.
        """
        return self._pages.cursor

    def __aiter__(self) -> AsyncItems[ItemT, PageT]:
        return self

    async def __anext__(self) -> ItemT:
        while True:
            for item in self._items:
                found: ItemT = item
                return found
            self._items = iter(getattr(await anext(self._pages), self._name))


seal(Pages, ("__next__",))
seal(AsyncPages, ("__anext__",))
