"""What the tests share: servers that never answer or answer as told, and scripts in processes of their own."""

from __future__ import annotations

import http.server
import os
import selectors
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import hundredms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# `cargo xtask test` runs them with the newest Python, too.
collect_ignore = [] if sys.version_info >= (3, 12) else ["test_eager_tasks.py"]

CREDENTIALS = ("key", "secret-secret-secret-secret")


def memory() -> int:
    """Give the resident memory of this process in KiB, as Linux tells it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError


class SilentServer:
    """Takes connections and requests, never answers, and counts what it sees."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self._selector = selectors.DefaultSelector()
        self._listener.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._ended = False
        self.accepted = 0
        self.asked = 0
        self.closed = 0
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/v2"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._ended:
            for key, _ in self._selector.select(0.05):
                found = key.fileobj
                assert isinstance(found, socket.socket)
                if found is self._listener:
                    connection, _ = self._listener.accept()
                    connection.setblocking(False)
                    self._selector.register(connection, selectors.EVENT_READ)
                    self.accepted += 1
                    continue
                try:
                    received = found.recv(65536)
                except OSError:
                    received = b""
                if received:
                    self.asked += 1
                else:
                    self._selector.unregister(found)
                    found.close()
                    self.closed += 1

    def wait_for(self, condition: Callable[[SilentServer], bool], seconds: float = 10) -> None:
        until = time.monotonic() + seconds
        while not condition(self):
            assert time.monotonic() < until, f"{self.accepted=} {self.asked=} {self.closed=}"
            time.sleep(0.002)

    def stop(self) -> None:
        self._ended = True
        self._thread.join()
        for key in list(self._selector.get_map().values()):
            found = key.fileobj
            assert isinstance(found, socket.socket)
            found.close()
        self._selector.close()


class ToldServer:
    """Answers each request with the next of `replies`, and keeps what was asked: method, target and headers."""

    def __init__(self) -> None:
        told = self
        self.replies: list[tuple[int, dict[str, str], bytes]] = []
        self.asked: list[tuple[str, str, dict[str, str]]] = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("content-length", 0)))
                told.asked.append((self.command, self.path, dict(self.headers)))
                status, headers, body = told.replies.pop(0)
                self.send_response_only(status)
                for name, value in {**headers, "content-length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self) -> None:
                self.answer()

            def do_POST(self) -> None:
                self.answer()

            def log_message(self, format: str, *args: Any) -> None: ...

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.base_url = f"{self.url}/v2"

    def will_answer(
        self, status: int, body: str | bytes, headers: dict[str, str] | None = None
    ) -> None:
        body = body.encode() if isinstance(body, str) else body
        self.replies.append((status, headers or {}, body))

    def client(self, **options: Any) -> hundredms.Client:
        """Give a client of this server that goes past every proxy."""
        told = {"base_url": self.base_url, "auth_url": self.base_url, "proxy": False, **options}
        return hundredms.Client(*CREDENTIALS, **told)

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def told_server() -> Iterator[ToldServer]:
    server = ToldServer()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run tests elsewhere: processes started here would take the sources for the package."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def silent_server() -> Iterator[SilentServer]:
    server = SilentServer()
    yield server
    server.stop()


@pytest.fixture
def client(hundredms_sandbox: hundredms.Sandbox) -> Iterator[hundredms.Client]:
    with hundredms_sandbox.client() as client:
        yield client


def environment(sandbox: hundredms.Sandbox) -> dict[str, str]:
    """Give the environment of a script that uses the sandbox."""
    return {**os.environ, **sandbox.env()}


@pytest.fixture
def run_script(
    hundredms_sandbox: hundredms.Sandbox, tmp_path: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a script against the sandbox, in a process of its own."""

    def run(script: str, *, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
        path = tmp_path / "script.py"
        path.write_text(script)
        return subprocess.run(
            [python, str(path)],
            env=environment(hundredms_sandbox),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run
