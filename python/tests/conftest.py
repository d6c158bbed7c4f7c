"""What the tests share: a server that never answers, and scripts in processes of their own."""

from __future__ import annotations

import os
import selectors
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import hundredms

# `cargo xtask test` runs them with the newest Python, too.
collect_ignore = [] if sys.version_info >= (3, 12) else ["test_eager_tasks.py"]

CREDENTIALS = ("key", "secret-secret-secret-secret")


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
    return {
        **os.environ,
        "HMS_BASE_URL": sandbox.base_url,
        "HMS_AUTH_URL": sandbox.auth_url,
        "HMS_ACCESS_KEY": sandbox.access_key,
        "HMS_SECRET": sandbox.secret,
    }


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
