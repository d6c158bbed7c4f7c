"""Lists: items over all pages, pages, the first page, and resuming from a cursor."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Generator, Mapping
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Protocol, TypeVar

import msgspec

from ._errors import DecodeError, InvalidRequestError
from ._frames import seal

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
else:
    from ._typing import Optional

    pa, pl, pd = map(Optional, ("pyarrow", "polars", "pandas"))

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

    def arrow_schema(self, *, explode: str | None = None) -> pa.Schema:
        """Return the columns that the tables of this list have. Nothing is read.

        Args:
            explode: As in `to_arrow`.

        Raises:
            ModuleNotFoundError: pyarrow is not installed.
            InvalidRequestError: There is no such column, or a limit is not a number.
        """
        from ._export import Export, arrow  # noqa: PLC0415

        found: pa.Schema = Export(arrow("arrow_schema"), self._listing, explode=explode).schema
        return found

    def to_arrow(self, *, limit: int | None = None, explode: str | None = None) -> pa.Table:
        """Read the list into a table of Arrow.

        The columns are those of the type of the items, whatever the items contain, so columns of
        nulls and empty tables have them too. Times are in UTC with microseconds. Nested models are
        structs, and maps are lists of their values. Fields that this version does not know are left
        out.

        Args:
            limit: Maximum number of items in all, not per page. Defaults to all.
            explode: A column that is a list, such as `peers`: its items become the rows.
                Its columns have the prefix `peers_`. Items with an empty list have no row.

        Raises:
            ModuleNotFoundError: pyarrow is not installed.
            InvalidRequestError: There is no such column, or a limit is not a number.
        """
        from ._export import GROUP_ROWS, Export, arrow, to_table  # noqa: PLC0415

        export = Export(
            arrow("to_arrow"), self._listing, explode=explode, limit=limit, rows=GROUP_ROWS
        )
        found: pa.Table = to_table(self._calls, export)
        return found

    def to_arrow_batches(
        self, *, limit: int | None = None, batch_size: int = 10_000, explode: str | None = None
    ) -> pa.RecordBatchReader:
        """Return the list as a reader of record batches, which reads pages when it is read.

        Memory does not grow with the list. DuckDB, polars and pyarrow take the reader as a table.

        Args:
            limit: Maximum number of items in all, not per page. Defaults to all.
            batch_size: Maximum number of rows of a batch. It has at most about 64 MiB.
            explode: A column that is a list, such as `peers`: its items become the rows.

        Raises:
            ModuleNotFoundError: pyarrow is not installed.
            InvalidRequestError: There is no such column, or a limit is not a number.
        """
        from ._export import Export, arrow, batches  # noqa: PLC0415

        export = Export(
            arrow("to_arrow_batches"), self._listing, explode=explode, limit=limit, rows=batch_size
        )
        kind: Any = export.arrow.RecordBatchReader
        reader: pa.RecordBatchReader = kind.from_batches(
            export.schema, batches(self._calls, export)
        )
        return reader

    def to_polars(self, *, limit: int | None = None, explode: str | None = None) -> pl.DataFrame:
        """Read the list into a data frame of polars, with the columns of `to_arrow`.

        Args:
            limit: Maximum number of items in all, not per page. Defaults to all.
            explode: A column that is a list, such as `peers`: its items become the rows.

        Raises:
            ModuleNotFoundError: polars or pyarrow is not installed.
            InvalidRequestError: There is no such column, or a limit is not a number.
        """
        from ._export import polars  # noqa: PLC0415

        library = polars("to_polars")
        found: pl.DataFrame = library.from_arrow(self.to_arrow(limit=limit, explode=explode))
        return found

    def to_pandas(self, *, limit: int | None = None, explode: str | None = None) -> pd.DataFrame:
        """Read the list into a data frame of pandas, with the columns of `to_arrow`.

        Columns have the types of Arrow (`pandas.ArrowDtype`). So integers with gaps stay integers,
        and lists and structs keep the types of what they contain.

        Args:
            limit: Maximum number of items in all, not per page. Defaults to all.
            explode: A column that is a list, such as `peers`: its items become the rows.

        Raises:
            ModuleNotFoundError: pandas or pyarrow is not installed.
            InvalidRequestError: There is no such column, or a limit is not a number.
        """
        from ._export import pandas  # noqa: PLC0415

        library = pandas("to_pandas")
        read: Any = self.to_arrow(limit=limit, explode=explode)
        found: pd.DataFrame = read.to_pandas(types_mapper=library.ArrowDtype)
        return found

    def to_parquet(
        self,
        path: str | os.PathLike[str],
        *,
        limit: int | None = None,
        explode: str | None = None,
        row_group_size: int = 100_000,
        compression: str | None = "zstd",
    ) -> int:
        """Write the list to a Parquet file, with the columns of `to_arrow`, and return its rows.

        Memory does not grow with the list. The file has its name when it is complete: until then it
        is written beside it, as `<path>.<random>.part`, which is removed if the export fails. A
        file with this name is replaced, and keeps its mode. A symbolic link stays: the file that it
        leads to is replaced.

        Args:
            path: The file.
            limit: Maximum number of items in all, not per page. Defaults to all.
            explode: A column that is a list, such as `peers`: its items become the rows.
            row_group_size: Maximum number of rows of a row group. It has at most about 64 MiB.
            compression: `zstd`, `snappy`, `gzip`, `lz4`, `brotli`, or None.

        Raises:
            ModuleNotFoundError: pyarrow is not installed.
            InvalidRequestError: There is no such column, a limit is not a number, the path is
                empty or that of a device, or the compression is another one.
            FileError: The file cannot be written, for example because its folder is missing.
        """
        from ._export import Export, arrow, to_parquet  # noqa: PLC0415

        export = Export(
            arrow("to_parquet"),
            self._listing,
            explode=explode,
            limit=limit,
            rows=row_group_size,
            rows_name="row_group_size",
        )
        return to_parquet(self._calls, export, path, compression)


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

    def arrow_schema(self, *, explode: str | None = None) -> pa.Schema:
        """Return the columns that the tables of this list have. Nothing is read.

        Args:
            explode: As in `to_arrow`.

        Raises:
            ModuleNotFoundError: pyarrow is not installed.
            InvalidRequestError: There is no such column, or a limit is not a number.
        """
        from ._export import Export, arrow  # noqa: PLC0415

        found: pa.Schema = Export(arrow("arrow_schema"), self._listing, explode=explode).schema
        return found

    async def to_arrow(self, *, limit: int | None = None, explode: str | None = None) -> pa.Table:
        """Read the list into a table of Arrow.

        The columns are those of the type of the items, whatever the items contain, so columns of
        nulls and empty tables have them too. Times are in UTC with microseconds. Nested models are
        structs, and maps are lists of their values. Fields that this version does not know are left
        out.

        Args:
            limit: Maximum number of items in all, not per page. Defaults to all.
            explode: A column that is a list, such as `peers`: its items become the rows.
                Its columns have the prefix `peers_`. Items with an empty list have no row.

        Raises:
            ModuleNotFoundError: pyarrow is not installed.
            InvalidRequestError: There is no such column, or a limit is not a number.
        """
        from ._export import GROUP_ROWS, Export, arrow, to_table_async  # noqa: PLC0415

        export = Export(
            arrow("to_arrow"), self._listing, explode=explode, limit=limit, rows=GROUP_ROWS
        )
        found: pa.Table = await to_table_async(self._calls, export)
        return found

    def to_arrow_batches(
        self, *, limit: int | None = None, batch_size: int = 10_000, explode: str | None = None
    ) -> AsyncGenerator[pa.RecordBatch, None]:
        """Iterate over the list in record batches: `async for batch in rooms.to_arrow_batches()`.

        Memory does not grow with the list.

        Args:
            limit: Maximum number of items in all, not per page. Defaults to all.
            batch_size: Maximum number of rows of a batch. It has at most about 64 MiB.
            explode: A column that is a list, such as `peers`: its items become the rows.

        Raises:
            ModuleNotFoundError: pyarrow is not installed.
            InvalidRequestError: There is no such column, or a limit is not a number.
        """
        from ._export import Export, arrow, batches_async  # noqa: PLC0415

        export = Export(
            arrow("to_arrow_batches"), self._listing, explode=explode, limit=limit, rows=batch_size
        )
        return batches_async(self._calls, export)

    async def to_polars(
        self, *, limit: int | None = None, explode: str | None = None
    ) -> pl.DataFrame:
        """Read the list into a data frame of polars, with the columns of `to_arrow`.

        Args:
            limit: Maximum number of items in all, not per page. Defaults to all.
            explode: A column that is a list, such as `peers`: its items become the rows.

        Raises:
            ModuleNotFoundError: polars or pyarrow is not installed.
            InvalidRequestError: There is no such column, or a limit is not a number.
        """
        from ._export import polars  # noqa: PLC0415

        library = polars("to_polars")
        found: pl.DataFrame = library.from_arrow(await self.to_arrow(limit=limit, explode=explode))
        return found

    async def to_pandas(
        self, *, limit: int | None = None, explode: str | None = None
    ) -> pd.DataFrame:
        """Read the list into a data frame of pandas, with the columns of `to_arrow`.

        Columns have the types of Arrow (`pandas.ArrowDtype`). So integers with gaps stay integers,
        and lists and structs keep the types of what they contain.

        Args:
            limit: Maximum number of items in all, not per page. Defaults to all.
            explode: A column that is a list, such as `peers`: its items become the rows.

        Raises:
            ModuleNotFoundError: pandas or pyarrow is not installed.
            InvalidRequestError: There is no such column, or a limit is not a number.
        """
        from ._export import pandas  # noqa: PLC0415

        library = pandas("to_pandas")
        read: Any = await self.to_arrow(limit=limit, explode=explode)
        found: pd.DataFrame = read.to_pandas(types_mapper=library.ArrowDtype)
        return found

    async def to_parquet(
        self,
        path: str | os.PathLike[str],
        *,
        limit: int | None = None,
        explode: str | None = None,
        row_group_size: int = 100_000,
        compression: str | None = "zstd",
    ) -> int:
        """Write the list to a Parquet file, with the columns of `to_arrow`, and return its rows.

        Memory does not grow with the list. The file has its name when it is complete: until then it
        is written beside it, as `<path>.<random>.part`, which is removed if the export fails. A
        file with this name is replaced, and keeps its mode. A symbolic link stays: the file that it
        leads to is replaced.

        Args:
            path: The file.
            limit: Maximum number of items in all, not per page. Defaults to all.
            explode: A column that is a list, such as `peers`: its items become the rows.
            row_group_size: Maximum number of rows of a row group. It has at most about 64 MiB.
            compression: `zstd`, `snappy`, `gzip`, `lz4`, `brotli`, or None.

        Raises:
            ModuleNotFoundError: pyarrow is not installed.
            InvalidRequestError: There is no such column, a limit is not a number, the path is
                empty or that of a device, or the compression is another one.
            FileError: The file cannot be written, for example because its folder is missing.
        """
        from ._export import Export, arrow, to_parquet_async  # noqa: PLC0415

        export = Export(
            arrow("to_parquet"),
            self._listing,
            explode=explode,
            limit=limit,
            rows=row_group_size,
            rows_name="row_group_size",
        )
        return await to_parquet_async(self._calls, export, path, compression)


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
