"""The rate limit that processes share, in a real Redis."""

from __future__ import annotations

import logging
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import hundredms

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def redis(port: int) -> Iterator[None]:
    words = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                assert server.poll() is None and time.monotonic() < until
        yield
    finally:
        server.kill()
        server.wait()


def limited(sandbox: hundredms.Sandbox, port: int) -> hundredms.Client:
    return hundredms.Client(
        sandbox.access_key,
        sandbox.secret,
        base_url=sandbox.base_url,
        rate_limit=100,
        rate_limit_redis=f"redis://127.0.0.1:{port}/2",
    )


def create(client: hundredms.Client, count: int) -> float:
    begun = time.monotonic()
    for done in client.map(lambda _: client.rooms.create(), range(count), ordered=False):
        assert done.error is None
    return time.monotonic() - begun


def test_clients_share_the_limit_and_go_on_alone(caplog: pytest.LogCaptureFixture) -> None:
    port = free_port()
    with hundredms.Sandbox() as sandbox, ThreadPoolExecutor() as threads:
        clients = [limited(sandbox, port), limited(sandbox, port)]

        def all_create(count: int) -> float:
            return max(threads.map(create, clients, (count, count)))

        with redis(port), caplog.at_level(logging.WARNING, "hundredms"):
            assert all_create(100) > 1.7
            assert not caplog.records
        with caplog.at_level(logging.WARNING, "hundredms"):
            assert all_create(50) > 0.7
            texts = [record.getMessage() for record in caplog.records]
            assert len(texts) == 2
            assert all("cannot be reached" in text for text in texts)
