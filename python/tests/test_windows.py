"""Windows: a range is cut into parts that cover it once, and each session is in one of them."""

from __future__ import annotations

import asyncio
import copy
import http.server
import json
import pickle
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import msgspec
import pytest

import hundredms
from hundredms import SessionWindow

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)
CASES = Path(__file__).parents[2] / "tests/conformance/windows.json"


def time_of(text: str) -> datetime:
    return msgspec.convert(text, datetime)


@contextmanager
def service(starts: list[datetime | None], bounds: str) -> Iterator[str]:
    """Serve sessions that start at these times, five to a page. Their ids are their positions."""

    def fits(start: datetime | None, after: datetime, before: datetime) -> bool:
        if start is None:
            return True
        if bounds == "excluded":
            return after < start < before
        if bounds == "rounded":
            after, start, before = (time.replace(microsecond=0) for time in (after, start, before))
        return after <= start <= before

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            after, before = (time_of(query[name][0]) for name in ("after", "before"))
            first = int(query.get("start", ["-1"])[0]) + 1
            found = [
                index
                for index, start in enumerate(starts)
                if index >= first and fits(start, after, before)
            ][:5]
            data = [
                {
                    "id": str(index),
                    "room_id": "r",
                    "customer_id": "c",
                    "active": False,
                    "created_at": start and start.isoformat(timespec="milliseconds"),
                }
                for index in found
                for start in [starts[index]]
            ]
            body = json.dumps({"data": data, "last": str(found[-1]) if found else None}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v2"
        finally:
            server.shutdown()
            thread.join()


def client_at(url: str) -> hundredms.Client:
    return hundredms.Client("key", "secret", base_url=url)


@pytest.mark.parametrize("bounds", ["included", "excluded", "rounded"])
def test_each_session_of_a_range_is_in_exactly_one_window(bounds: str) -> None:
    chance = random.Random(7)
    for round in range(8):
        after = EPOCH + chance.randrange(1_900_000_000_000) * MILLISECOND
        span = chance.randrange(8, 100) if round % 2 else chance.randrange(100, 1_000_000_000)
        before = after + span * MILLISECOND
        windows = SessionWindow.split(after, before, chance.randrange(1, 9))
        edges = [window.after for window in windows] + [before]
        starts = [edge + beside * MILLISECOND for edge in edges for beside in (-1, 0, 1)]
        starts += [after + chance.randrange(span) * MILLISECOND for _ in range(20)]
        expected = [str(index) for index, time in enumerate(starts) if after <= time < before]
        with service([*starts], bounds) as url, client_at(url) as client:
            found = [
                session.id
                for window in windows
                for session in client.sessions.list_window(window, active=False)
            ]
        assert sorted(found, key=int) == expected


def test_any_time_is_in_exactly_one_window() -> None:
    chance = random.Random(11)
    for _ in range(200):
        after = EPOCH + chance.randrange(10**12) * MILLISECOND
        span = chance.randrange(1, 10 ** chance.randrange(1, 13))
        before = after + span * MILLISECOND
        windows = SessionWindow.split(after, before, chance.randint(1, min(span, 50)))
        assert windows[0].after == after
        assert windows[-1].before == before
        assert all(one.before == other.after for one, other in pairwise(windows))
        times = [after, before - MILLISECOND, *(window.after for window in windows)]
        times += [after + timedelta(microseconds=chance.randrange(span * 1000)) for _ in range(20)]
        assert all(sum(time in window for window in windows) == 1 for time in times)
        assert not any(before in window for window in windows)


def test_pages_and_the_first_page_have_no_other_sessions_either() -> None:
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    starts = [start + index * 100 * MILLISECOND for index in range(12)]
    window = SessionWindow(starts[2], starts[7])

    async def read(url: str) -> list[str]:
        client = hundredms.AsyncClient("key", "secret", base_url=url)
        sessions = client.sessions.list_window(window)
        assert [it.id for it in (await sessions).data] == ["2", "3", "4"]
        return [session.id async for session in sessions]

    with service([*starts], "included") as url, client_at(url) as client:
        sessions = client.sessions.list_window(window)
        assert [session.id for session in sessions.first_page().data] == ["2", "3", "4"]
        pages = sessions.pages()
        next(pages)
        assert [session.id for session in sessions.resume(pages.cursor)] == ["5", "6"]
        assert [session.id for session in next(pages).data] == ["5", "6"]
        assert asyncio.run(read(url)) == ["2", "3", "4", "5", "6"]


def test_a_session_without_a_start_is_an_error() -> None:
    window = SessionWindow(EPOCH, EPOCH + MILLISECOND)
    with (
        service([None], "included") as url,
        client_at(url) as client,
        pytest.raises(hundredms.DecodeError, match="belongs to no window") as raised,
    ):
        list(client.sessions.list_window(window))
    assert raised.value.field == "data[0].created_at"
    assert raised.value.operation == "sessions.list"


@pytest.mark.parametrize("case", json.loads(CASES.read_text()))
def test_windows_are_those_of_the_other_languages(case: dict[str, object]) -> None:
    after, before = time_of(str(case["after"])), time_of(str(case["before"]))
    client = hundredms.Client("key", "secret")
    if "refused" in case:
        with pytest.raises(hundredms.InvalidRequestError) as raised:
            client.sessions.windows(after, before, case["n"])  # type: ignore[arg-type]
        assert raised.value.operation == "sessions.windows"
        assert raised.value.field == case["refused"]
        return
    windows = client.sessions.windows(after, before, case["n"])  # type: ignore[arg-type]
    edges = msgspec.convert(case["edges"], list[datetime])
    assert windows == [SessionWindow(*ends) for ends in pairwise(edges)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"after": datetime(2026, 1, 1)}, "after"),
        ({"before": datetime(2026, 1, 2)}, "before"),
        ({"after": "2026-01-01T00:00:00Z"}, "after"),
        ({"before": None}, "before"),
        ({"n": 1.5}, "n"),
        ({"n": "3"}, "n"),
        ({"n": -1}, "n"),
        ({"n": True}, "n"),
        ({"after": datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))}, "after"),
        ({"before": datetime.max.replace(tzinfo=timezone(-timedelta(hours=1)))}, "before"),
    ],
)
def test_other_arguments_are_refused(changed: dict[str, object], field: str) -> None:
    given: dict[str, object] = {"after": EPOCH, "before": EPOCH + timedelta(1), "n": 3}
    with pytest.raises(hundredms.InvalidRequestError) as raised:
        SessionWindow.split(**{**given, **changed})  # type: ignore[arg-type]
    assert raised.value.field == field


def test_what_is_no_window_is_refused_before_anything_is_sent() -> None:
    client = hundredms.Client("key", "secret", base_url="http://127.0.0.1:9/v2")
    naive = SessionWindow(datetime(2026, 1, 1), datetime(2026, 1, 2))
    unset: Any = None
    for wrong, field in [
        ((EPOCH, EPOCH), "window"),
        (naive, "window.after"),
        (SessionWindow(EPOCH, datetime(2026, 1, 2)), "window.before"),
        (SessionWindow(unset, EPOCH), "window.after"),
        (SessionWindow(EPOCH, unset), "window.before"),
        (SessionWindow(EPOCH, EPOCH), "window.before"),
        (SessionWindow(EPOCH + MILLISECOND, EPOCH), "window.before"),
    ]:
        with pytest.raises(hundredms.InvalidRequestError) as raised:
            client.sessions.list_window(wrong)  # type: ignore[arg-type]
        assert raised.value.field == field


def test_a_window_outside_of_the_times_of_python_is_refused() -> None:
    late = datetime.max.replace(tzinfo=timezone(-timedelta(hours=1)))
    with pytest.raises(hundredms.InvalidRequestError) as raised:
        SessionWindow(EPOCH, late)
    assert raised.value.field == "before"


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("after", "before", "hours"),
    [
        (datetime(2026, 3, 29, 3), datetime(2026, 3, 29, 5), 2),
        (datetime(2026, 3, 29, 1), datetime(2026, 3, 29, 3), 1),
        (datetime(2026, 10, 25, 1), datetime(2026, 10, 25, 2, 30, fold=1), 2.5),
        (datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 2, 15, fold=1), 0.75),
        (datetime(2026, 10, 25, 2, 30, fold=1), datetime(2026, 10, 25, 4), 1.5),
    ],
)
def test_a_window_has_all_its_sessions_when_the_clocks_change(
    after: datetime, before: datetime, hours: float
) -> None:
    after, before = after.replace(tzinfo=BERLIN), before.replace(tzinfo=BERLIN)
    first = after.astimezone(timezone.utc)
    starts = [first + index * timedelta(minutes=5) for index in range(-40, 60)]
    expected = [str(40 + index) for index in range(int(hours * 12))]
    window = SessionWindow(after, before)
    with service([*starts], "excluded") as url, client_at(url) as client:
        assert [session.id for session in client.sessions.list_window(window)] == expected
    assert window == SessionWindow.split(after, before, 1)[0]
    assert [
        str(at) for at, time in enumerate(starts) if time.astimezone(BERLIN) in window
    ] == expected


def test_the_first_and_the_last_time_of_python_can_bound_a_window() -> None:
    first, last = (it.replace(tzinfo=timezone.utc) for it in (datetime.min, datetime.max))
    windows = SessionWindow.split(first, last, 3)
    starts = [EPOCH, datetime(2026, 1, 1, tzinfo=timezone.utc)]
    with service([*starts], "included") as url, client_at(url) as client:
        found = [it.id for window in windows for it in client.sessions.list_window(window)]
    assert found == ["0", "1"]


def test_a_window_can_be_pickled_copied_compared_and_written_as_json() -> None:
    windows = SessionWindow.split(EPOCH, EPOCH + timedelta(days=1), 3)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(windows, protocol)) == windows
    assert copy.deepcopy(windows) == windows
    assert sorted([windows[2], windows[0], windows[1]]) == windows
    assert len({*windows, *windows}) == 3
    text = msgspec.json.encode(windows[0])
    assert text == b'{"after":"1970-01-01T00:00:00Z","before":"1970-01-01T08:00:00Z"}'
    assert msgspec.json.decode(text, type=SessionWindow) == windows[0]
    assert msgspec.convert(msgspec.to_builtins(windows), list[SessionWindow]) == windows
    with pytest.raises(AttributeError):
        windows[0].after = EPOCH  # type: ignore[misc]
