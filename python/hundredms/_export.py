"""Lists as tables: in batches, as a whole, and in Parquet files."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
import threading
from asyncio import to_thread
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import aclosing, suppress
from difflib import get_close_matches
from operator import index
from typing import Any

import msgspec

from ._arguments import refused
from ._columns import Array, Arrow, Many, Row, Shapes, items_of, unshown
from ._errors import FileError
from ._frames import clear, seal
from ._pages import AsyncCalls, AsyncPages, Calls, Listing, Pages

_MOST_BYTES = 64 * 1024 * 1024
"""A batch ends when it has so many bytes, however few rows they are."""

_MOST_VALUES = 5_000
"""So many items, and items of their lists, are read before they become arrays."""

_MOST_UNMADE = 4 * 1024 * 1024
"""So many bytes of items, as JSON, are read before they become arrays, however few they are."""

_COMPRESSIONS = ("zstd", "snappy", "gzip", "lz4", "brotli")

BATCH_ROWS = 10_000
GROUP_ROWS = 100_000


def arrow(method: str) -> Arrow:
    """Load pyarrow."""
    try:
        import pyarrow  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise missing(error, method, "pyarrow", "arrow") from None
    return pyarrow


def missing(error: ModuleNotFoundError, method: str, name: str, extra: str) -> ModuleNotFoundError:
    """Return the error for a library that is not installed."""
    if error.name != name:  # it is there, and lacks something itself
        return error
    advice = f'{method} needs {name}, which is not installed: pip install "hundredms[{extra}]"'
    return ModuleNotFoundError(advice, name=name)


class _Page(msgspec.Struct, gc=False):
    """A page, whose field with the items has the same name as in the model."""

    __repr__ = unshown


class Group(list[Any]):
    """Batches that belong together."""

    __repr__ = unshown


class _Table:
    """The columns of a list, without what a call says."""

    def __init__(self, arrow: Arrow, listing: Listing[Any]) -> None:
        self.arrow = arrow
        self.row = items_of(arrow, listing.type, listing.items)
        inner: Any = msgspec.Raw if isinstance(self.row, Shapes) else self.row.row
        items = (listing.items, list[inner])
        self.page: Any = msgspec.defstruct("PageOfRows", [items], bases=(_Page,), gc=False)
        self.columns = list(self.row.type)


_tables: dict[Any, _Table] = {}


def _table(arrow: Arrow, listing: Listing[Any]) -> _Table:
    found = _tables.get(listing.type)
    if found is None:
        found = _tables[listing.type] = _Table(arrow, listing)
    return found


class Export:
    """One reading of a list into batches."""

    def __init__(
        self,
        arrow: Arrow,
        listing: Listing[Any],
        *,
        explode: str | None = None,
        limit: int | None = None,
        rows: int = BATCH_ROWS,
        rows_name: str = "batch_size",
    ) -> None:
        self._operation = listing.operation
        self._left = None if limit is None else self._count("limit", limit, 0)
        self._size = self._count(rows_name, rows, 1)
        self.arrow = arrow
        self._table = _table(arrow, listing)
        self.listing = msgspec.structs.replace(listing, type=self._table.page)
        self._explode = None if explode is None else self._list(explode)
        self.schema = arrow.schema(self._columns())
        self._items: list[Any] = []
        self._values = 0
        self._unmade = 0
        self._group = Group()
        self._rows = 0
        self._bytes = 0

    def _count(self, name: str, value: int, least: int) -> int:
        kind: object = type(value).__name__
        if hasattr(value, "__index__") and not isinstance(value, bool):
            kind = value = index(value)
            if value >= least:
                return value
        raise refused(self._operation, name, f"must be an integer from {least} up, not {kind}")

    def _list(self, name: object) -> int:
        """Return the column that is exploded."""
        fields = self._table.row.fields
        lists = [known for known, kind in fields.items() if isinstance(kind, Many)]
        if name in lists:
            return list(fields).index(str(name))
        if not lists:
            raise refused(self._operation, "explode", "this list has no columns that are lists")
        reason = f"must be a column that is a list: {', '.join(lists)}"
        close = get_close_matches(str(name), lists, 1)
        guess = f"; did you mean `{close[0]}`?" if close else ""
        raise refused(self._operation, "explode", f"{reason}{guess}")

    def _columns(self) -> list[Any]:
        columns = self._table.columns
        at = self._explode
        if at is None:
            return columns
        name, inner = columns[at].name, columns[at].type.value_type
        field = self.arrow.field
        if self.arrow.types.is_struct(inner):
            found = [field(f"{name}_{one.name}", one.type) for one in inner]
        else:
            found = [field(name, inner)]
        return [*columns[:at], *found, *columns[at + 1 :]]

    @property
    def ended(self) -> bool:
        """Whether no more items are wanted."""
        return self._left == 0

    def add(self, page: Any) -> Iterator[Group]:
        """Add a page, and return the groups of batches that have all their rows."""
        items: list[Any] = getattr(page, self.listing.items)
        row = self._table.row
        if isinstance(row, Shapes):
            items = list(map(row.one, items))
        if self._left is not None:
            items = items[: self._left]
            self._left -= len(items)
        self._items += items
        values = row.sizes(items, self._explode)
        self._values += values
        self._unmade += len(msgspec.json.encode(items))
        count = len(self._items)
        rows = count if self._explode is None else self._values
        # Arrays are made of several pages, because making one takes as long as a hundred values.
        if (
            max(self._values, count) >= _MOST_VALUES
            or self._unmade >= _MOST_UNMADE
            or self._rows + rows >= self._size
        ):
            yield from self._full(whole=False)

    def rest(self) -> Iterator[Group]:
        """Return the last group, if there are rows."""
        yield from self._full(whole=True)

    def _full(self, *, whole: bool) -> Iterator[Group]:
        if self._items:
            self._append(self._batch(self._items))
            self._items, self._values, self._unmade = [], 0, 0
        while self._rows >= self._size:
            more = self._rows - self._size
            group = self._taken()
            last = group.pop()
            group.append(last.slice(0, last.num_rows - more))
            self._append(last.slice(last.num_rows - more))
            yield group
            del group
        if self._rows and (whole or self._bytes >= _MOST_BYTES):
            yield self._taken()

    def _taken(self) -> Group:
        """Return the group, and begin another one."""
        group = self._group
        self._group, self._rows, self._bytes = Group(), 0, 0
        return group

    def _append(self, batch: Any) -> None:
        if batch.num_rows:
            self._group.append(batch)
            self._rows += batch.num_rows
            self._bytes += batch.nbytes

    def whole(self, group: Group) -> Any:
        """Return a group as one batch."""
        if len(group) == 1:
            return group[0]
        [batch] = self.arrow.Table.from_batches(group).combine_chunks().to_batches()
        return batch

    def _batch(self, items: list[Any]) -> Any:
        row = self._table.row
        arrays = row.arrays(items)
        if self._explode is not None:
            arrays = self._exploded(row, arrays, self._explode)
        return self.arrow.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _exploded(self, row: Row, arrays: list[Array], at: int) -> list[Array]:
        import pyarrow.compute as compute  # noqa: PLC0415, PLR0402

        kernels: Any = compute
        parents = kernels.list_parent_indices(arrays[at])
        values = kernels.list_flatten(arrays[at])
        inner = values.flatten() if self.arrow.types.is_struct(values.type) else [values]
        before, behind = arrays[:at], arrays[at + 1 :]
        repeat = [array.take(parents) for array in (*before, *behind)]
        return [*repeat[:at], *inner, *repeat[at:]]


# Who reads them drops a group before it asks for another: it may have 64 MiB.


def groups(calls: Calls, export: Export) -> Generator[Group, None, None]:
    """Read a list in groups of batches."""
    pages = Pages(calls, export.listing)
    while not export.ended and (page := next(pages, None)) is not None:
        yield from export.add(page)
    yield from export.rest()


async def groups_async(calls: AsyncCalls, export: Export) -> AsyncGenerator[Group, None]:
    """Read a list in groups of batches."""
    pages = AsyncPages(calls, export.listing)
    while not export.ended and (page := await anext(pages, None)) is not None:
        for group in export.add(page):
            yield group
            del group
    for group in export.rest():
        yield group
        del group


# The frames of an exception show the variables of generators too, and batches print their values.


def batches(calls: Calls, export: Export) -> Generator[Any, None, None]:
    """Read a list in batches."""
    try:
        for group in groups(calls, export):
            yield export.whole(group)
            del group
    except BaseException as error:
        clear(error)
        raise


async def batches_async(calls: AsyncCalls, export: Export) -> AsyncGenerator[Any, None]:
    """Read a list in batches."""
    try:
        async with aclosing(groups_async(calls, export)) as found:
            async for group in found:
                yield export.whole(group)
                del group
    except BaseException as error:
        clear(error)
        raise


def to_table(calls: Calls, export: Export) -> Any:
    """Read a list into a table."""
    return _table_of(export, Group(batches(calls, export)))


async def to_table_async(calls: AsyncCalls, export: Export) -> Any:
    """Read a list into a table."""
    found = Group()
    async for batch in batches_async(calls, export):
        found.append(batch)
        del batch
    return _table_of(export, found)


def _table_of(export: Export, group: Group) -> Any:
    return export.arrow.Table.from_batches(group, export.schema)


def polars(method: str) -> Any:
    """Load polars."""
    try:
        import polars  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise missing(error, method, "polars", "polars") from None
    return polars


def pandas(method: str) -> Any:
    """Load pandas."""
    try:
        import pandas  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise missing(error, method, "pandas", "pandas") from None
    return pandas


class ParquetFile:
    """A Parquet file that has its name only when it is whole."""

    def __init__(
        self, export: Export, path: str | os.PathLike[str], compression: str | None
    ) -> None:
        self._export = export
        self._operation = export.listing.operation
        self._path = os.fsdecode(path)
        if not self._path or "\0" in self._path:
            raise refused(self._operation, "path", "must not be empty, and have no zero byte")
        if compression is not None and compression not in _COMPRESSIONS:
            reason = f"must be one of {', '.join(_COMPRESSIONS)}, or None"
            raise refused(self._operation, "compression", reason)
        # As `open`: a link stays, and what it leads to is written.
        self._target = os.path.realpath(self._path)
        self._mode = self._mode_of_target()
        self._part = f"{self._target}.{secrets.token_hex(4)}.part"
        # A task that is cancelled leaves a thread that writes.
        self._one = threading.Lock()
        self.rows = 0
        from pyarrow import parquet  # noqa: PLC0415

        kind: Any = parquet.ParquetWriter
        try:
            self._file = open(self._part, "xb", opener=self._opened)  # noqa: SIM115
        except OSError as error:
            raise self._failed(error) from error
        try:
            self._writer = kind(self._file, export.schema, compression=compression or "none")
        except BaseException as error:
            with suppress(OSError):
                self._file.close()
            os.unlink(self._part)
            if isinstance(error, OSError):
                raise self._failed(error) from error
            raise

    def _mode_of_target(self) -> int | None:
        """Return the mode of the file that is replaced, or None if there is no file."""
        try:
            if not os.path.basename(self._path):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            mode = os.stat(self._target).st_mode
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._failed(error) from error
        if not stat.S_ISREG(mode):  # a device or a pipe would be replaced, not written
            raise refused(self._operation, "path", f"must be a regular file, not {self._path}")
        return stat.S_IMODE(mode)

    def _opened(self, path: str, flags: int) -> int:
        return os.open(path, flags, 0o666 if self._mode is None else self._mode & 0o600)

    def write(self, group: Group) -> None:
        """Write batches as a row group."""
        table = _table_of(self._export, group)
        try:
            with self._one:
                self._writer.write_table(table, row_group_size=table.num_rows)
        except OSError as error:
            raise self._failed(error) from error
        self.rows += table.num_rows

    def keep(self) -> None:
        """End the file and give it its name."""
        try:
            with self._one:
                self._writer.close()
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                if self._mode is not None:
                    os.chmod(self._part, self._mode)
                os.replace(self._part, self._target)
        except OSError as error:
            raise self._failed(error) from error

    def discard(self) -> None:
        """Remove what has been written."""
        with self._one:
            with suppress(Exception):
                self._writer.close()
            with suppress(OSError):
                self._file.close()
            with suppress(FileNotFoundError):
                os.unlink(self._part)

    def _failed(self, error: OSError) -> FileError:
        cause = error.strerror or str(error)
        return FileError(
            f"{self._operation}: the file {self._path} cannot be written (file): {cause}",
            message="the file cannot be written",
            operation=self._operation,
            path=self._path,
            cause=cause,
            errno=error.errno,
        )


def to_parquet(
    calls: Calls, export: Export, path: str | os.PathLike[str], compression: str | None
) -> int:
    """Write a list to a Parquet file and return the number of rows."""
    file = ParquetFile(export, path, compression)
    try:
        for group in groups(calls, export):
            file.write(group)
            del group
        file.keep()
    except BaseException:
        file.discard()
        raise
    return file.rows


async def to_parquet_async(
    calls: AsyncCalls, export: Export, path: str | os.PathLike[str], compression: str | None
) -> int:
    """Write a list to a Parquet file and return the number of rows."""
    file = ParquetFile(export, path, compression)
    try:
        async with aclosing(groups_async(calls, export)) as found:
            async for group in found:
                await to_thread(file.write, group)
                del group
        await to_thread(file.keep)
    except BaseException:
        file.discard()
        raise
    return file.rows


_TABLES = ("to_table", "to_table_async", "to_parquet", "to_parquet_async")
seal(sys.modules[__name__], _TABLES)
