"""Servers that never stop sending hold up no call to another server."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import hundredms

from .conftest import SilentServer

CALLS = 6

FLOOD = """
import socket, threading
listener = socket.create_server(("127.0.0.1", 0), backlog=64)
print(listener.getsockname()[1], flush=True)
heads = b"HTTP/1.1 103 Early\\r\\n\\r\\n" * 4000
def serve(connection):
    connection.recv(65536)
    try:
        while True:
            connection.sendall(heads)
    except OSError:
        connection.close()
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
"""


def test_heads_of_1xx_without_end_hold_up_no_call_to_another_server(
    silent_server: SilentServer,
) -> None:
    def client(url: str, timeout: float) -> hundredms.Client:
        return hundredms.Client(
            token="t", base_url=url, auth_url=url, max_retries=0, timeout=timeout, proxy=False
        )

    with subprocess.Popen([sys.executable, "-c", FLOOD], stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            bad = client(f"http://127.0.0.1:{int(server.stdout.readline())}/v2", 0.5)
            ended: list[str] = []

            def call() -> None:
                try:
                    bad.rooms.get("a")
                except (hundredms.TimeoutError, hundredms.ConnectionError) as error:
                    ended.append(error.kind)

            threads = [threading.Thread(target=call) for _ in range(CALLS)]
            for thread in threads:
                thread.start()
            quiet = client(silent_server.base_url, 0.05)
            late = 0.0
            until = time.perf_counter() + 0.8
            while time.perf_counter() < until:
                begun = time.perf_counter()
                try:
                    quiet.rooms.get("a")
                except hundredms.TimeoutError:
                    late = max(late, time.perf_counter() - begun - 0.05)
        finally:
            # What holds up its own calls ends with it.
            server.kill()
        for thread in threads:
            thread.join()
    # On one thread these are several seconds.
    assert late < 0.7
    assert len(ended) == CALLS
