"""Lists as tables: the columns, the rows, batches, files, and the libraries that take them."""

from __future__ import annotations

import asyncio
import errno
import http.server
import inspect
import io
import json
import os
import stat
import subprocess
import sys
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import hundredms

from .conftest import CREDENTIALS
from .test_examples import promised

TESTS = Path(__file__).parents[2] / "tests"
COLUMNS: dict[str, list[str]] = json.loads((TESTS / "export" / "columns.json").read_text())


def made(client: Any, operation: str) -> Any:
    """Return the list of an operation, with the arguments that it needs."""
    fixture = json.loads((TESTS / "fixtures" / f"{operation}.json").read_text())
    resource, _, name = operation.partition(".")
    method = getattr(getattr(client, resource), name)
    needed = [
        parameter.name
        for parameter in inspect.signature(method).parameters.values()
        if parameter.default is parameter.empty
    ]
    return method(**{name: fixture["arguments"][name] for name in needed})


# A server that answers with pages


class Pages(http.server.ThreadingHTTPServer):
    """Answers each request with the next of its answers, and the last one from then on."""

    answers: list[tuple[int, bytes]]
    asked = 0

    def give(self, *pages: object, status: int = 200) -> None:
        self.answers = [
            (status, json.dumps(page, separators=(",", ":")).encode()) for page in pages
        ]
        self.asked = 0

    def fail_after(self, count: int) -> None:
        del self.answers[count:]
        self.answers.append((500, b'{"code": 500, "message": "no"}'))


@pytest.fixture
def server() -> Iterator[Pages]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server: Any = self.server
            status, body = server.answers[min(server.asked, len(server.answers) - 1)]
            server.asked += 1
            head = f"HTTP/1.1 {status} Here\r\nContent-Length: {len(body)}\r\n\r\n"
            self.wfile.write(head.encode() + body)

        def log_message(self, format: str, *args: Any) -> None: ...

    with Pages(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def options(server: Pages) -> dict[str, Any]:
    return {"base_url": f"http://127.0.0.1:{server.server_port}/v2", "max_retries": 0}


@pytest.fixture
def served(server: Pages) -> Iterator[hundredms.Client]:
    with hundredms.Client(*CREDENTIALS, **options(server)) as client:
        yield client


def room(number: int, **fields: object) -> dict[str, object]:
    return {
        "id": f"room-{number}",
        "name": f"Room {number}",
        "enabled": True,
        "description": "",
        "customer_id": "c",
        "template_id": "t",
        "region": "eu",
        **fields,
    }


def pages_of_rooms(count: int, size: int = 2) -> list[dict[str, Any]]:
    return [
        {"data": [room(at * size + nth) for nth in range(size)], "last": f"{at}"}
        for at in range(count - 1)
    ] + [{"data": [room((count - 1) * size)], "last": ""}]


# Columns


def test_every_list_of_both_clients_has_its_columns(server: Pages) -> None:
    clients = [hundredms.Client(*CREDENTIALS), hundredms.AsyncClient(*CREDENTIALS)]
    for client in clients:
        for operation, columns in COLUMNS.items():
            schema = made(client, operation).arrow_schema()
            assert [f"{field.name}: {field.type}" for field in schema] == columns, operation


def test_no_list_is_without_columns() -> None:
    client = hundredms.Client(*CREDENTIALS)
    found: set[str] = set()
    for resource in filter(lambda name: not name.startswith("_"), dir(client)):
        for name, method in inspect.getmembers(getattr(client, resource), inspect.ismethod):
            returns = str(method.__annotations__.get("return", ""))
            if returns.startswith("Pager[") and not name.startswith("_"):
                found.add(f"{resource}.{name}")
    assert found == {*COLUMNS, "sessions.list_window"}


# Rows


def in_arrow(value: Any, kind: Any) -> Any:
    """Convert a value of JSON by hand to what Arrow returns for its column."""
    if pa.types.is_list(kind):
        if isinstance(value, dict):
            inner = kind.value_type
            if not pa.types.is_struct(inner) or inner[0].name != "key":
                return [in_arrow(one, inner) for one in value.values()]
            pairs = [
                {"key": key, "value": one, **(one if isinstance(one, dict) else {})}
                for key, one in value.items()
            ]
            return [in_arrow(pair, inner) for pair in pairs]
        return None if value is None else [in_arrow(one, kind.value_type) for one in value]
    if value is None:
        return None
    if pa.types.is_struct(kind):
        return {field.name: in_arrow(value.get(field.name), field.type) for field in kind}
    if pa.types.is_timestamp(kind):
        return in_utc(value)
    if pa.types.is_string(kind) and not isinstance(value, str):
        return json.dumps(value, separators=(",", ":"))
    return value


def in_utc(text: str) -> datetime | None:
    """Return a time; the year 1 means none."""
    time = msgspec.convert(text, datetime).astimezone(timezone.utc)
    return None if time.year == 1 else time


def empty_for_none(value: Any, found: Any) -> Any:
    """Lists that the service left out are empty, unless they can be null. Maps have no order."""
    if value is None and found == []:
        return []
    if isinstance(value, dict):
        return {name: empty_for_none(one, found[name]) for name, one in value.items()}
    if isinstance(value, list):
        if value and isinstance(value[0], dict) and "key" in value[0]:
            keys = [one["key"] for one in found]
            value = sorted(value, key=lambda one: keys.index(one["key"]))
        return [empty_for_none(one, there) for one, there in zip(value, found, strict=True)]
    return value


@pytest.mark.parametrize("operation", COLUMNS)
def test_the_rows_of_every_list_are_its_items(
    operation: str, server: Pages, served: hundredms.Client
) -> None:
    fixture = json.loads((TESTS / "fixtures" / f"{operation}.json").read_text())
    body = fixture["answer"]["body"]
    listing = made(served, operation)
    [items] = [value for value in fixture["value"].values() if isinstance(value, list)]
    assert items
    server.give(body, {**body, **dict.fromkeys(("last", "next"), ""), "data": []})
    table = listing.to_arrow(limit=len(items))
    assert server.asked == 1
    assert table.num_rows == len(items)
    for item, found in zip(items, table.to_pylist(), strict=True):
        wanted = {field.name: in_arrow(item.get(field.name), field.type) for field in table.schema}
        assert found == empty_for_none(wanted, found)

    async def again() -> Any:
        async with hundredms.AsyncClient(*CREDENTIALS, **options(server)) as client:
            server.give(body)
            return await made(client, operation).to_arrow(limit=len(items))

    assert asyncio.run(again()) == table


def of_the_sandbox(sandbox: hundredms.Sandbox, client: hundredms.Client) -> dict[str, Any]:
    """Make one item of each list in the sandbox, and return the lists."""
    room = client.rooms.create(name="physics-7")
    client.room_codes.create(room.id)
    quiz = client.polls.create(
        title="Optics",
        type="quiz",
        start="manual",
        questions=[
            {
                "text": "What does a prism do?",
                "type": "single-choice",
                "options": [{"index": 1, "text": "It bends light"}, {"index": 2, "text": "No"}],
                "answer": {"options": [1]},
            }
        ],
    )
    ada = sandbox.join_peer(room_id=room.id, role="host", user_id="ada")
    sandbox.publish_track(ada.id, type="audio")
    client.recordings.start(room.id, meeting_url="https://example.com")
    client.live_streams.start(room.id, meeting_url="https://example.com")
    client.external_streams.start(
        room.id, meeting_url="https://example.com", rtmp_urls=["rtmp://example.com/live/key"]
    )
    run = sandbox.start_poll(room.id, quiz.id)
    sandbox.answer_poll(quiz.id, 1, peer_id=ada.id, option=1)
    sandbox.stop_poll(room.id, quiz.id)
    session = run.session_id
    sandbox.advance_clock(120)
    client.recordings.stop_all(room.id)
    sandbox.advance_clock(120)
    sandbox.record_failed_delivery(room.id, "peer.leave.success")
    return {
        "analytics.list_events": client.analytics.list_events(room_id=room.id),
        "analytics.list_webhook_events": client.analytics.list_webhook_events(),
        "external_streams.list": client.external_streams.list(),
        "live_streams.list": client.live_streams.list(),
        "polls.get_session": client.polls.get_session(quiz.id, session),
        "polls.list_responses": client.polls.list_responses(quiz.id),
        "polls.list_results": client.polls.list_results(quiz.id),
        "polls.list_session_responses": client.polls.list_session_responses(quiz.id, session),
        "polls.list_session_results": client.polls.list_session_results(quiz.id, session),
        "polls.list_sessions": client.polls.list_sessions(quiz.id),
        "recording_assets.list": client.recording_assets.list(),
        "recordings.list": client.recordings.list(),
        "room_codes.list": client.room_codes.list(room.id),
        "rooms.list": client.rooms.list(),
        "sessions.list": client.sessions.list(),
        "templates.list": client.templates.list(),
    }


def test_every_list_of_the_sandbox_becomes_a_table(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client, tmp_path: Path
) -> None:
    lists = of_the_sandbox(hundredms_sandbox, client)
    assert set(lists) == set(COLUMNS)
    for operation, listing in lists.items():
        items = list(listing)
        table = listing.to_arrow()
        assert items, operation
        assert table.num_rows == len(items)
        table.validate(full=True)
        [first] = [field.name for field in table.schema if field.name in {"id", "code", "event_id"}]
        assert table[first].to_pylist() == [getattr(item, first) for item in items]
        assert listing.to_parquet(tmp_path / "list.parquet") == len(items)
        assert pq.read_table(tmp_path / "list.parquet").to_pylist() == table.to_pylist()
        for name, kind in [(field.name, field.type) for field in table.schema]:
            if pa.types.is_list(kind):
                exploded = listing.to_arrow(explode=name)
                assert exploded.num_rows == sum(len(row or []) for row in table[name].to_pylist())
                exploded.validate(full=True)


def test_the_windows_of_a_range_become_tables(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    hundredms_sandbox.seed(rooms=2, sessions=60, peers=2)
    sessions = list(client.sessions.list(active=False))
    times = [session.created_at for session in sessions if session.created_at]
    windows = client.sessions.windows(min(times), max(times) + timedelta(milliseconds=1), 4)

    async def read(window: hundredms.SessionWindow) -> pa.Table:
        async with hundredms_sandbox.async_client() as client:
            return await client.sessions.list_window(window, active=False).to_arrow()

    tables = [client.sessions.list_window(one, active=False).to_arrow() for one in windows]
    assert min(table.num_rows for table in tables) > 0
    found: list[Any] = pa.concat_tables(tables)["id"].to_pylist()
    assert sorted(found) == sorted(session.id for session in sessions)
    assert [asyncio.run(read(window)) for window in windows[:1]] == tables[:1]
    peers = client.sessions.list_window(windows[0], active=False).to_arrow(explode="peers")
    assert peers.num_rows == 2 * tables[0].num_rows


# What is not there


def test_what_is_empty_null_or_left_out_keeps_its_type(
    server: Pages, served: hundredms.Client
) -> None:
    server.give({"data": [], "last": ""})
    rooms = served.rooms.list()
    assert rooms.to_arrow().num_rows == 0
    assert rooms.to_arrow().schema == rooms.arrow_schema()
    server.give({"data": [room(1, webhook=None), room(2, webhook=None, polls=None)], "last": ""})
    table = rooms.to_arrow()
    assert table.schema == rooms.arrow_schema()
    assert table["webhook"].to_pylist() == [None, None]
    assert table["polls"].to_pylist() == [[], []]
    assert table["size"].to_pylist() == [None, None]
    webhook = {"url": "https://example.com", "headers": {"x": "1", "y": "2"}}
    server.give({"data": [room(1, webhook=webhook), room(2)], "last": ""})
    pairs = [{"key": "x", "value": "1"}, {"key": "y", "value": "2"}]
    assert rooms.to_arrow()["webhook"].to_pylist() == [{**webhook, "headers": pairs}, None]


def test_what_the_service_adds_is_no_column(server: Pages, served: hundredms.Client) -> None:
    webhook = {"url": "https://example.com", "shiny": 1}
    server.give({"data": [room(1, shiny={"new": True}, webhook=webhook)], "last": ""})
    table = served.rooms.list().to_arrow()
    assert table.schema == served.rooms.list().arrow_schema()
    assert table["webhook"].to_pylist() == [{"url": "https://example.com", "headers": None}]


TIMES = [
    "2024-02-29T08:00:00Z",
    "2024-02-29T08:00:00.1Z",
    "2024-02-29T08:00:00.123456Z",
    "2024-02-29T08:00:00.123456499Z",
    "2024-02-29T08:00:00.1234565Z",
    "2024-02-29T08:00:59.999999999Z",
    "2024-02-29T08:00:00.123+05:30",
    "1970-01-01T00:00:00.000001Z",
    "1969-12-31T23:59:59.9999994Z",
    "1969-12-31T23:59:59.1234567Z",
    "1970-01-01T05:00:00.0000007+05:30",
    "2950-01-01T00:00:00.123456789Z",
    "0001-01-01T00:00:00Z",
    "",
]


def test_times_are_those_of_the_models(server: Pages, served: hundredms.Client) -> None:
    for times in [TIMES, *([time] for time in TIMES)]:
        items = [room(at, created_at=time) for at, time in enumerate(times)]
        server.give({"data": items, "last": ""})
        rooms = served.rooms.list()
        assert rooms.to_arrow()["created_at"].to_pylist() == [one.created_at for one in rooms]


def event(kind: str, **fields: object) -> dict[str, object]:
    return {
        "version": "2.0",
        "id": kind,
        "timestamp": "2024-02-29T08:00:00Z",
        "type": kind,
        **fields,
    }


def test_events_of_every_kind_have_their_common_columns(
    server: Pages, served: hundredms.Client
) -> None:
    events = [
        event("track.add.success", data={"room_id": 5}),
        event("beam.started.shiny", data={"a": [1, 2.50]}),
        {"type": "of.another.shape", "timestamp": 7, "data": "x", "version": None},
        event("client.join.failed", data={"a": 2**70}),
    ]
    server.give({"limit": 4, "total": 4, "next": "", "events": events})
    table = served.analytics.list_events(room_id="1").to_arrow()
    assert table["type"].to_pylist() == [one["type"] for one in events]
    assert table["id"].to_pylist() == [one.get("id") for one in events]
    assert [time and time.year for time in table["timestamp"].to_pylist()] == [
        2024,
        2024,
        None,
        2024,
    ]
    assert [json.loads(str(data)) for data in table["data"].to_pylist()] == [
        {"room_id": 5},
        {"a": [1, 2.5]},
        "x",
        {"a": 2**70},
    ]


# Limits, and what is exploded


def test_a_limit_counts_items_and_reads_no_page_more(
    server: Pages, served: hundredms.Client
) -> None:
    rooms = served.rooms.list()
    for limit, asked in [(0, 0), (1, 1), (2, 1), (3, 2), (5, 3), (100, 3), (None, 3)]:
        server.give(*pages_of_rooms(3))
        table = rooms.to_arrow(limit=limit)
        assert table.num_rows == (5 if limit is None else min(limit, 5))
        assert server.asked == asked
        assert table["id"].to_pylist() == [f"room-{at}" for at in range(table.num_rows)]


def session(number: int, *peers: str) -> dict[str, object]:
    of = {"session_id": str(number), "name": "n", "role": "host"}
    return {
        "id": str(number),
        "room_id": "r",
        "customer_id": "c",
        "active": False,
        "peers": {id: {"id": id, **of} for id in peers},
    }


def test_an_exploded_list_has_a_row_for_each_of_its_items(
    server: Pages, served: hundredms.Client
) -> None:
    pages = [
        {"data": [session(1, "a", "b"), session(2)], "last": "2"},
        {"data": [session(3, "c")], "last": ""},
    ]
    server.give(*pages)
    table = served.sessions.list().to_arrow(explode="peers")
    assert table.select(["id", "peers_id", "peers_session_id", "peers_role"]).to_pylist() == [
        {"id": of, "peers_id": peer, "peers_session_id": of, "peers_role": "host"}
        for of, peer in [("1", "a"), ("1", "b"), ("3", "c")]
    ]
    assert table.schema == served.sessions.list().arrow_schema(explode="peers")
    server.give(*pages)
    assert served.sessions.list().to_arrow(explode="peers", limit=2).num_rows == 2
    server.give({"data": [room(1, polls=["p", "q"]), room(2)], "last": ""})
    table = served.rooms.list().to_arrow(explode="polls")
    assert table.select(["id", "polls"]).to_pylist() == [
        {"id": "room-1", "polls": "p"},
        {"id": "room-1", "polls": "q"},
    ]


def test_what_cannot_be_exported_is_refused_before_anything_is_sent(
    server: Pages, served: hundredms.Client, tmp_path: Path
) -> None:
    server.give({"data": [], "last": ""})
    sessions: Any = served.sessions.list()
    wrong: list[tuple[Callable[[], object], str]] = [
        (lambda: sessions.to_arrow(explode="peer"), "did you mean `peers`"),
        (lambda: sessions.to_arrow(explode="id"), "must be a column that is a list: peers"),
        (lambda: sessions.to_arrow(explode=5), "must be a column that is a list: peers"),
        (lambda: served.room_codes.list("1").to_arrow(explode="x"), "no columns that are lists"),
        (lambda: sessions.to_arrow(limit=-1), "limit: must be an integer from 0 up, not -1"),
        (lambda: sessions.to_arrow(limit="5"), "limit: must be an integer from 0 up, not str"),
        (lambda: sessions.to_arrow(limit=1.5), "limit: must be an integer from 0 up, not float"),
        (lambda: sessions.to_arrow(limit=True), "limit: must be an integer from 0 up, not bool"),
        (lambda: sessions.to_arrow_batches(batch_size=0), "batch_size: must be an integer from 1"),
        (lambda: sessions.to_parquet("x", row_group_size=0), "row_group_size: must be an integer"),
        (lambda: sessions.to_parquet(""), "path: must not be empty"),
        (lambda: sessions.to_parquet("a\0b"), "path: must not be empty, and have no zero byte"),
        (lambda: sessions.to_parquet("x", compression="zip"), "compression: must be one of zstd, "),
        (lambda: sessions.to_parquet("x", compression=""), "compression: must be one of zstd, "),
        (lambda: sessions.arrow_schema(explode="peer"), "did you mean `peers`"),
        (lambda: sessions.to_polars(explode="peer"), "did you mean `peers`"),
        (lambda: sessions.to_pandas(explode="peer"), "did you mean `peers`"),
    ]
    for call, reason in wrong:
        with pytest.raises(hundredms.InvalidRequestError, match=reason):
            call()
    assert server.asked == 0
    assert list(tmp_path.iterdir()) == []


# Batches


def test_batches_are_read_as_they_are_needed(server: Pages, served: hundredms.Client) -> None:
    server.give(*pages_of_rooms(4))
    reader = served.rooms.list().to_arrow_batches(batch_size=3)
    assert server.asked == 0
    sizes: list[int] = []
    asked: list[int] = []
    for batch in reader:
        sizes.append(batch.num_rows)
        asked.append(server.asked)
    assert sizes == [3, 3, 1]
    assert asked == [2, 3, 4]

    async def read() -> None:
        async with hundredms.AsyncClient(*CREDENTIALS, **options(server)) as client:
            server.give(*pages_of_rooms(4))
            batches = client.rooms.list().to_arrow_batches(batch_size=3)
            found = [(batch.num_rows, server.asked) async for batch in batches]
            assert found == [(3, 2), (3, 3), (1, 4)]

    asyncio.run(read())


def test_batches_are_smaller_than_a_page_if_that_is_asked(
    server: Pages, served: hundredms.Client
) -> None:
    server.give(*pages_of_rooms(2, size=5))
    batches = list(served.rooms.list().to_arrow_batches(batch_size=2))
    assert [batch.num_rows for batch in batches] == [2, 2, 2]
    ids = [id for batch in batches for id in batch["id"].to_pylist()]
    assert ids == [f"room-{at}" for at in range(6)]


def test_a_batch_with_large_rows_ends_early(
    server: Pages, served: hundredms.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hundredms import _export

    monkeypatch.setattr(_export, "_MOST_BYTES", 1000)
    monkeypatch.setattr(_export, "_MOST_VALUES", 1)
    server.give(
        *[{**page, "data": [room(1, description="x" * 2000)]} for page in pages_of_rooms(3)]
    )
    batches = list(served.rooms.list().to_arrow_batches())
    assert [batch.num_rows for batch in batches] == [1, 1, 1]


def test_pages_with_large_rows_do_not_make_a_larger_batch(
    server: Pages, served: hundredms.Client
) -> None:
    data = [room(number, description="x" * 800_000) for number in range(10)]
    body = json.dumps({"data": data, "last": "nnnn"}).encode()
    server.give()
    for page in range(20):
        server.answers.append((200, body.replace(b"nnnn", b"%d" % page)))
    server.answers.append((200, b'{"data": [], "last": ""}'))
    reader = served.rooms.list().to_arrow_batches()
    sizes = [(batch.num_rows, batch.nbytes) for batch in reader]
    assert sum(rows for rows, _ in sizes) == 200
    assert max(bytes for _, bytes in sizes) < 80 * 1024 * 1024


def test_no_group_is_held_while_the_next_page_is_read() -> None:
    from hundredms import _export

    held: list[weakref.ref[Any]] = []
    alive: list[int] = []

    class Calls:
        pages = iter(pages_of_rooms(4, size=1))

        async def page(self, listing: Any) -> tuple[Any, str | None]:
            alive.append(sum(group() is not None for group in held))
            page = next(self.pages)
            return msgspec.convert(page, listing.type), page["last"] or None

    listing: Any = hundredms.Client(*CREDENTIALS).rooms.list()._listing

    async def read() -> None:
        export = _export.Export(pa, listing, rows=1)
        async for group in _export.groups_async(Calls(), export):
            held.append(weakref.ref(group))
            del group

    asyncio.run(read())
    assert len(held) == 4
    assert alive == [0, 0, 0, 0]


def test_items_without_rows_are_not_kept(
    server: Pages, served: hundredms.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hundredms._export import Export

    monkeypatch.setattr("hundredms._export._MOST_VALUES", 4)
    made: list[int] = []
    make = Export._batch

    def counted(export: Export, items: list[Any]) -> Any:
        made.append(len(items))
        return make(export, items)

    monkeypatch.setattr(Export, "_batch", counted)
    empty = [session(1), session(2)]
    server.give(
        *[{"data": empty, "last": str(page)} for page in range(5)], {"data": [], "last": ""}
    )
    assert list(served.sessions.list().to_arrow_batches(explode="peers")) == []
    assert made == [4, 4, 2]


def test_an_error_in_the_middle_comes_out_as_it_is(server: Pages, served: hundredms.Client) -> None:
    server.give(*pages_of_rooms(4))
    server.fail_after(2)
    reader = served.rooms.list().to_arrow_batches(batch_size=2)
    assert reader.read_next_batch().num_rows == 2
    assert reader.read_next_batch().num_rows == 2
    with pytest.raises(hundredms.ServerError):
        reader.read_next_batch()


def recordings(count: int) -> list[dict[str, Any]]:
    texts = dict.fromkeys(("id", "room_id", "session_id", "started_by", "stopped_by"), "x")
    item = {**texts, "status": "running", "meeting_url": "https://example.com/canary"}
    return [{"limit": 1, "data": [item], "last": str(page)} for page in range(count)]


def shown(error: BaseException) -> str:
    """Return an error with the variables of its frames."""
    found = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(found.format())


def every_export(server: Pages, path: Path) -> dict[str, Callable[[], Any]]:
    """Return the ways to read recordings to their end."""
    client = hundredms.Client(*CREDENTIALS, **options(server))

    def of(read: Callable[[Any], Any]) -> Callable[[], Any]:
        async def call() -> None:
            async with hundredms.AsyncClient(*CREDENTIALS, **options(server)) as client:
                await read(client.recordings.list())

        return lambda: asyncio.run(call())

    async def drain(recordings: Any) -> None:
        async for batch in recordings.to_arrow_batches(batch_size=1):
            del batch  # this frame is the program's

    return {
        "to_arrow": lambda: client.recordings.list().to_arrow(),
        "to_arrow_batches": lambda: (
            client.recordings.list().to_arrow_batches(batch_size=1).read_all()
        ),
        "to_parquet": lambda: client.recordings.list().to_parquet(path, row_group_size=1),
        "to_arrow, async": of(lambda recordings: recordings.to_arrow()),
        "to_arrow_batches, async": of(drain),
        "to_parquet, async": of(lambda recordings: recordings.to_parquet(path, row_group_size=1)),
    }


def test_no_frame_of_an_error_shows_what_has_been_read(
    server: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hundredms import _export

    monkeypatch.setattr(_export, "GROUP_ROWS", 1)
    for name, export in every_export(server, tmp_path / "x.parquet").items():
        server.give(*recordings(3))
        server.fail_after(2)
        with pytest.raises(hundredms.ServerError) as failed:
            export()
        text = shown(failed.value)
        assert "_export.py" in text
        assert "canary" not in text, name


def test_no_frame_shows_what_cannot_become_a_table(
    server: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make: Any = pa.array

    def fail(values: Any, *rest: Any) -> Any:
        if "canary" in str(values):
            del values, rest
            raise MemoryError
        return make(values, *rest)

    monkeypatch.setattr(pa, "array", fail)
    for name, export in every_export(server, tmp_path / "x.parquet").items():
        server.give(*recordings(1), {"limit": 1, "data": [], "last": ""})
        with pytest.raises(MemoryError) as failed:
            export()
        text = shown(failed.value)
        assert "_columns.py" in text
        assert "canary" not in text, name


def test_no_frame_shows_what_a_full_disk_cannot_take(
    server: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hundredms import _export

    class Full(io.FileIO):
        def write(self, data: Any) -> int:
            if self.tell() == 0:
                return super().write(data)
            del data
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def opened(path: str, mode: str, opener: Any) -> Full:
        return Full(path, mode, opener=opener)

    monkeypatch.setattr(_export, "open", opened, raising=False)
    for name, export in every_export(server, tmp_path / "x.parquet").items():
        if name.startswith("to_parquet"):
            server.give(*recordings(3))
            with pytest.raises(hundredms.FileError, match="No space left") as failed:
                export()
            text = shown(failed.value)
            assert "write_table" in text
            assert "canary" not in text, name
            assert failed.value.errno == errno.ENOSPC
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_is_resumed_is_exported_from_there(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    hundredms_sandbox.seed(rooms=250)
    pages = client.rooms.list().pages()
    next(pages)
    table = client.rooms.list().resume(pages.cursor).to_arrow()
    assert table.num_rows == 150


# Files


def test_an_export_that_fails_leaves_no_file_and_keeps_the_old_one(
    server: Pages, served: hundredms.Client, tmp_path: Path
) -> None:
    path = tmp_path / "rooms.parquet"
    server.give(*pages_of_rooms(4))
    assert served.rooms.list().to_parquet(path, row_group_size=2) == 7
    assert pq.ParquetFile(path).metadata.num_row_groups == 4
    before = path.read_bytes()

    async def export() -> None:
        async with hundredms.AsyncClient(*CREDENTIALS, **options(server)) as client:
            await client.rooms.list().to_parquet(path, row_group_size=2)

    for call in (
        lambda: served.rooms.list().to_parquet(path, row_group_size=2),
        lambda: asyncio.run(export()),
    ):
        server.give(*pages_of_rooms(4))
        server.fail_after(2)
        with pytest.raises(hundredms.ServerError):
            call()
        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path]
    server.give(*pages_of_rooms(2))
    asyncio.run(export())
    assert pq.read_table(path).num_rows == 3
    assert list(tmp_path.iterdir()) == [path]


def test_a_cancelled_export_leaves_no_file(
    silent_server: Any, server: Pages, tmp_path: Path
) -> None:
    async def export() -> None:
        async with hundredms.AsyncClient(*CREDENTIALS, base_url=silent_server.base_url) as client:
            task = asyncio.create_task(client.rooms.list().to_parquet(tmp_path / "rooms.parquet"))
            while silent_server.asked == 0:
                await asyncio.sleep(0.01)
            [part] = os.listdir(tmp_path)
            assert part.startswith("rooms.parquet.")
            assert part.endswith(".part")
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(export())
    assert list(tmp_path.iterdir()) == []


INTERRUPTED = """
import signal, threading, time, sys, hundredms
client = hundredms.Client("key", "secret", base_url=sys.argv[1])
main = threading.get_ident()
threading.Timer(0.5, lambda: signal.pthread_kill(main, signal.SIGINT)).start()
client.rooms.list().to_parquet("rooms.parquet")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_an_export_that_is_interrupted_leaves_no_file(silent_server: Any, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, silent_server.base_url],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "KeyboardInterrupt" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_an_error_of_the_package(
    server: Pages, served: hundredms.Client, tmp_path: Path
) -> None:
    server.give(*pages_of_rooms(1))
    path = tmp_path / "nowhere" / "rooms.parquet"
    with pytest.raises(hundredms.FileError, match="No such file or directory") as failed:
        served.rooms.list().to_parquet(path)
    assert failed.value.path == failed.value.filename == str(path)
    assert isinstance(failed.value, OSError)
    assert failed.value.errno == 2
    assert str(path) in str(failed.value)
    folder = tmp_path / "folder"
    folder.mkdir()
    for wrong in (str(folder), f"{folder}{os.sep}", f"{tmp_path / 'new'}{os.sep}"):
        with pytest.raises(hundredms.FileError) as failed:
            served.rooms.list().to_parquet(wrong)
        assert failed.value.errno == errno.EISDIR
        assert failed.value.path == wrong
        assert wrong in str(failed.value)
    assert server.asked == 0
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.skipif(sys.platform == "win32", reason="it has neither modes nor links for everyone")
def test_a_file_that_is_replaced_keeps_its_mode_and_its_links(
    server: Pages, served: hundredms.Client, tmp_path: Path
) -> None:
    server.give(*pages_of_rooms(1))
    rooms = served.rooms.list()
    (tmp_path / "data").mkdir()
    path, link = tmp_path / "data" / "rooms.parquet", tmp_path / "link.parquet"
    link.symlink_to(path)
    mask = os.umask(0o027)
    try:
        rooms.to_parquet(link)  # which leads to nothing yet
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    for mode in (0o600, 0o664):
        path.write_bytes(b"")
        path.chmod(mode)
        assert rooms.to_parquet(link) == 1
        assert stat.S_IMODE(path.stat().st_mode) == mode
        assert link.is_symlink()
        assert pq.read_table(path).num_rows == 1
    asked = server.asked
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(hundredms.InvalidRequestError, match="must be a regular file"):
        rooms.to_parquet(tmp_path / "pipe")
    assert server.asked == asked
    assert sorted(os.listdir(tmp_path)) == ["data", "link.parquet", "pipe"]
    assert os.listdir(tmp_path / "data") == ["rooms.parquet"]


# Libraries


def test_polars_and_pandas_keep_the_types(server: Pages, served: hundredms.Client) -> None:
    import pandas as pd
    import polars as pl

    items = [room(1, size=5, created_at=TIMES[2], polls=["p"]), room(2)]

    async def read() -> list[Any]:
        async with hundredms.AsyncClient(*CREDENTIALS, **options(server)) as client:
            rooms = client.rooms.list()
            return [await rooms.to_polars(), await rooms.to_pandas()]

    server.give({"data": items, "last": ""})
    rooms = served.rooms.list()
    polars: Any
    pandas: Any
    for polars, pandas in ([rooms.to_polars(), rooms.to_pandas()], asyncio.run(read())):
        assert polars["size"].dtype == pl.Int64
        assert polars["size"].to_list() == [5, None]
        assert polars["created_at"].dtype == pl.Datetime("us", "UTC")
        assert polars["polls"].dtype == pl.List(pl.String)
        assert str(pandas["size"].dtype) == "int64[pyarrow]"
        assert pandas["size"][0] == 5
        assert pandas["size"].isna().tolist() == [False, True]
        assert pandas["created_at"][0] == pd.Timestamp(TIMES[2])
        assert str(pandas["polls"].dtype) == "list<item: string>[pyarrow]"
    server.give({"data": [], "last": ""})
    assert rooms.to_polars().schema == polars.schema
    assert rooms.to_pandas().dtypes.equals(pandas.dtypes)


def test_duckdb_reads_the_batches(hundredms_sandbox: hundredms.Sandbox) -> None:
    import duckdb

    def ask(reader: object, query: str) -> object:
        found = duckdb.sql(query)
        assert found is not None
        return found.fetchall()

    hundredms_sandbox.seed(rooms=2)
    hundredms_sandbox.seed(sessions=2_000, peers=2)
    with hundredms_sandbox.client() as client:
        finished = client.sessions.list(active=False)
        reader = finished.to_arrow_batches(batch_size=300)
        assert isinstance(reader, pa.RecordBatchReader)
        query = "select count(*), count(distinct id), sum(len(peers)) from reader"
        assert ask(reader, query) == [(2_000, 2_000, 4_000)]
        reader = finished.to_arrow_batches(explode="peers")
        query = "select count(*), count(distinct id), min(peers_joined_at) >= min(created_at) from reader"
        assert ask(reader, query) == [(4_000, 2_000, True)]


WITHOUT = """
import asyncio, sys, typing
for name in {names!r}:
    sys.modules[name] = None
import hundredms
client = hundredms.Client("key", "secret")
rooms = client.rooms.list()
assert "pyarrow" not in sys.modules or sys.modules["pyarrow"] is None
for kind in (hundredms.Pager, hundredms.AsyncPager):
    for name in dir(kind):
        if not name.startswith("_"):
            typing.get_type_hints(getattr(kind, name))
for method in {methods!r}:
    for rooms in (client.rooms.list(), hundredms.AsyncClient("key", "secret").rooms.list()):
        try:
            found = getattr(rooms, method)(*(["x.parquet"] if method == "to_parquet" else []))
            if hasattr(found, "__await__"):
                asyncio.run(found)
        except ModuleNotFoundError as error:
            print(error)
        else:
            raise AssertionError(method)
"""


def test_a_library_that_is_missing_is_named_with_the_command_that_installs_it(
    tmp_path: Path,
) -> None:
    every = ["arrow_schema", "to_arrow", "to_arrow_batches", "to_parquet", "to_polars", "to_pandas"]
    for names, methods, advice in [
        (["pyarrow"], every, "pyarrow, which is not installed: pip install"),
        (["polars"], ["to_polars"], 'pip install "hundredms[polars]"'),
        (["pandas"], ["to_pandas"], 'pip install "hundredms[pandas]"'),
    ]:
        script = WITHOUT.format(names=names, methods=methods)
        ran = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        lines = ran.stdout.splitlines()
        assert len(lines) == 2 * len(methods)
        assert all(advice in line for line in lines), lines
    assert list(tmp_path.iterdir()) == []


def test_annotations_name_the_classes_of_the_libraries() -> None:
    import typing

    hints = typing.get_type_hints(hundredms.Pager.to_arrow)
    assert hints["return"] is pa.Table
    hints = typing.get_type_hints(hundredms.AsyncPager.to_polars)
    assert hints["return"].__name__ == "DataFrame"


def test_lists_are_exported_without_pyarrow_being_loaded_before() -> None:
    script = (
        "import sys, hundredms\n"
        "client = hundredms.Client('key', 'secret')\n"
        "client.rooms.list()\n"
        "loaded = {'pyarrow', 'polars', 'pandas', 'hundredms._export', 'hundredms._columns'}\n"
        "assert not loaded & set(sys.modules), loaded & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_example_prints_what_its_comment_says(tmp_path: Path) -> None:
    example = Path(__file__).parents[1] / "examples" / "export" / "tables.py"
    ran = subprocess.run([sys.executable, example], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    patterns = promised(example.read_text())
    for pattern, line in zip(patterns, ran.stdout.splitlines(), strict=True):
        assert pattern.fullmatch(line), ran.stdout
    assert os.listdir(tmp_path) == ["sessions.parquet"]
    assert pq.read_table(tmp_path / "sessions.parquet").num_rows == 500
