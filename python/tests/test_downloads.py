"""Downloads of the files of assets, and streams of them."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import hundredms
from hundredms.models import DownloadProgress
from hundredms.sandbox import FaultEffect, FaultMatch

from .conftest import environment

SIZE = 3_000_000


@pytest.fixture
def asset_id(client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox) -> str:
    """Record a room, and return an asset of a few million bytes."""
    room = client.rooms.create(name="physics-7")
    hundredms_sandbox.join_peer(room_id=room.id, role="host")
    recording = client.recordings.start(room.id, meeting_url="https://meet.example/stage")
    hundredms_sandbox.advance_clock(60)
    client.recordings.stop(recording.id)
    hundredms_sandbox.advance_clock(60)
    asset = next(iter(client.recording_assets.list(type="room-composite")))
    hundredms_sandbox.resize_asset(asset.id, SIZE)
    return asset.id


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def cut(sandbox: hundredms.Sandbox, size: int, nth: int = 1) -> None:
    match: FaultMatch = {"operation": "storage.get"}
    sandbox.add_fault({"cut_body": size}, match=match, on={"nth": nth})


def test_a_download_that_breaks_has_the_same_bytes(
    client: hundredms.Client,
    hundredms_sandbox: hundredms.Sandbox,
    asset_id: str,
    tmp_path: Path,
) -> None:
    seen: list[DownloadProgress] = []
    whole, path = tmp_path / "whole.mp4", tmp_path / "a.mp4"
    client.recording_assets.download(asset_id, str(whole))
    cut(hundredms_sandbox, 1_234_567)
    done = client.recording_assets.download(asset_id, path, on_progress=seen.append)
    assert (done.path, done.size, done.received) == (str(path), SIZE, SIZE)
    assert digest(path) == digest(whole)
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.mp4", "whole.mp4"]
    assert (seen[-1].bytes_done, seen[-1].bytes_total, seen[-1].path) == (SIZE, SIZE, str(path))


def test_an_async_download_and_stream_have_the_same_bytes(
    hundredms_sandbox: hundredms.Sandbox, asset_id: str, tmp_path: Path
) -> None:
    path, read = tmp_path / "a.mp4", hashlib.sha256()

    async def main() -> None:
        async with hundredms_sandbox.async_client() as client:
            await client.recording_assets.download(asset_id, path)
            cut(hundredms_sandbox, 1_234_567)
            async with client.recording_assets.stream(asset_id) as pieces:
                async for piece in pieces:
                    read.update(piece)

    asyncio.run(main())
    assert read.hexdigest() == digest(path)


def test_a_stream_that_breaks_has_the_same_bytes(
    client: hundredms.Client,
    hundredms_sandbox: hundredms.Sandbox,
    asset_id: str,
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.mp4"
    client.recording_assets.download(asset_id, path)
    cut(hundredms_sandbox, 1_234_567)
    read = hashlib.sha256()
    with client.recording_assets.stream(asset_id) as pieces:
        for piece in pieces:
            read.update(piece)
    assert read.hexdigest() == digest(path)
    assert list(pieces) == []
    with pytest.raises(hundredms.NotFoundError):
        next(client.recording_assets.stream("0123456789abcdef01234567"))


def test_a_stream_that_is_closed_ends_at_once(
    client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox, asset_id: str
) -> None:
    drip: FaultEffect = {"drip": {"bytes": 100_000, "every_ms": 100}}
    hundredms_sandbox.add_fault(drip, match={"operation": "storage.get"})
    began = time.monotonic()
    with client.recording_assets.stream(asset_id) as pieces:
        assert len(next(pieces)) <= SIZE
    assert next(pieces, None) is None
    assert time.monotonic() - began < 2


class EndlessStorage:
    """Sends bytes without end, and notes when the connection is closed."""

    def __init__(self) -> None:
        self.closed = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/file"
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        connection, _ = self._listener.accept()
        with connection, self._listener:
            connection.recv(65536)
            head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000000\r\n\r\n"
            try:
                connection.sendall(head)
                while True:
                    connection.sendall(bytes(65536))
            except OSError:
                self.closed.set()


def test_closing_a_stream_closes_its_connection(
    client: hundredms.Client, hundredms_sandbox: hundredms.Sandbox, asset_id: str
) -> None:
    def linked() -> EndlessStorage:
        storage = EndlessStorage()
        link = {"id": asset_id, "path": "s3://b/a.mp4", "url": storage.url, "expiry": 60}
        operation = "recording_assets.presigned_url"
        hundredms_sandbox.clear_faults()
        hundredms_sandbox.add_fault({"body": link}, match={"operation": operation})
        return storage

    storage = linked()
    with client.recording_assets.stream(asset_id) as pieces:
        assert next(pieces)
        assert not storage.closed.wait(0.2)
    assert storage.closed.wait(5)

    async def main() -> None:
        async with (
            hundredms_sandbox.async_client() as client,
            client.recording_assets.stream(asset_id) as pieces,
        ):
            assert await anext(pieces)

    storage = linked()
    asyncio.run(main())
    assert storage.closed.wait(5)


def test_the_errors_of_files_are_those_of_the_system(
    client: hundredms.Client, asset_id: str, tmp_path: Path
) -> None:
    with pytest.raises(hundredms.FileError) as raised:
        client.recording_assets.download(asset_id, tmp_path / "none" / "a.mp4")
    error = raised.value
    assert isinstance(error, OSError)
    assert (error.kind, error.errno) == ("file", errno.ENOENT)
    assert error.filename == error.path == str(tmp_path / "none")
    with pytest.raises(OSError, match="is a folder"):
        client.recording_assets.download(asset_id, tmp_path)
    with pytest.raises(hundredms.InvalidRequestError, match="path: must be a path, not int"):
        client.recording_assets.download(asset_id, 5)  # type: ignore[arg-type]


def test_what_a_killed_process_left_behind_is_continued(
    client: hundredms.Client,
    hundredms_sandbox: hundredms.Sandbox,
    asset_id: str,
    tmp_path: Path,
) -> None:
    whole, path, part = (tmp_path / name for name in ("whole.mp4", "a.mp4", "a.mp4.part"))
    client.recording_assets.download(asset_id, whole)
    drip: FaultEffect = {"drip": {"bytes": 100_000, "every_ms": 50}}
    hundredms_sandbox.add_fault(drip, match={"operation": "storage.get"}, on={"nth": 1})
    script = (
        "import hundredms\nclient = hundredms.Client()\n"
        f"client.recording_assets.download({asset_id!r}, {str(path)!r})\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script], env=environment(hundredms_sandbox))
    try:
        until = time.monotonic() + 60
        while not part.exists() or part.stat().st_size < 1_000_000:
            assert time.monotonic() < until, "it has not begun"
            time.sleep(0.005)
    finally:
        child.kill()
        child.wait()
    assert not path.exists()
    done = client.recording_assets.download(asset_id, path)
    assert 0 < done.received < SIZE
    assert digest(path) == digest(whole)


def test_all_files_of_a_session_are_downloaded(
    client: hundredms.Client, asset_id: str, tmp_path: Path
) -> None:
    session_id = client.recording_assets.get(asset_id).session_id
    threads = threading.active_count()
    first = client.recording_assets.download_all(tmp_path / "files", session_id=session_id)
    assert sorted(file.type for file in first.files) == ["chat", "room-composite"]
    assert all(Path(file.path).stat().st_size == file.size for file in first.files)
    again = client.recording_assets.download_all(tmp_path / "files", session_id=session_id)
    assert [file.received for file in again.files] == [0, 0]
    assert threading.active_count() == threads
