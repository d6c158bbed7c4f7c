"""After some blocking calls that run alone, the thread that waits for a call runs it."""

from __future__ import annotations

import http.server
import signal
import ssl
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

import hundredms

from .conftest import CREDENTIALS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]

SETTLED = 40
"""More calls than are needed for that."""


class Answering:
    """Answers so many requests, and no more, or the next one `slow` seconds late."""

    def __init__(
        self,
        answers: int = sys.maxsize,
        *,
        closes_after: float | None = None,
        slow: float | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        told = self
        self.asked = 0
        self.closed = 0
        self._ended = threading.Event()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                told.asked += 1
                if slow is not None and told.asked == answers + 1:
                    time.sleep(slow)
                elif slow is None and told.asked > answers:
                    self.rfile.read(1)  # until the client closes the connection
                    self.close_connection = True
                    return
                self.send_response_only(200)
                self.send_header("content-length", "2")
                self.end_headers()
                self.wfile.write(b"{}")
                if closes_after is not None:
                    time.sleep(closes_after)
                    self.close_connection = True

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                self.do_GET()

            def finish(self) -> None:
                super().finish()
                told.closed += 1

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        scheme = "http"
        if tls is not None:
            scheme = "https"
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.base_url = f"{scheme}://localhost:{self._server.server_port}/v2"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def client(self, **options: int) -> hundredms.Client:
        return hundredms.Client(*CREDENTIALS, base_url=self.base_url, proxy=False, **options)  # type: ignore[arg-type]

    def wait_until(self, condition: Callable[[Answering], bool]) -> None:
        until = time.monotonic() + 10
        while not condition(self):
            assert time.monotonic() < until, f"{self.asked=} {self.closed=}"
            time.sleep(0.002)


def settle(client: hundredms.Client) -> None:
    for _ in range(SETTLED):
        client.call_raw("rooms.get", {"room_id": "r"})


COUNTED = """
import hundredms
from pathlib import Path

def switches():
    for task in Path("/proc/self/task").iterdir():
        if (task / "comm").read_text() == "hundredms\\n":
            status = dict(line.split(":", 1) for line in (task / "status").read_text().splitlines())
            return int(status["voluntary_ctxt_switches"])

client = hundredms.Client()
room = client.rooms.create(name="alone")
for _ in range(40):
    client.rooms.get(room.id)
before = switches()
for _ in range(400):
    client.rooms.get(room.id)
print(switches() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted as Linux tells of them")
def test_the_thread_in_the_background_sleeps_meanwhile(run_script: Run) -> None:
    ended = run_script(COUNTED)
    assert ended.returncode == 0, ended.stderr
    # Two for each call before.
    assert int(ended.stdout) < 200


def test_ctrl_c_ends_such_a_call_and_closes_its_connection() -> None:
    server = Answering(SETTLED)
    client = server.client()
    settle(client)
    sent: list[float] = []

    def interrupt() -> None:
        server.wait_until(lambda server: server.asked == SETTLED + 1)
        time.sleep(0.33)
        sent.append(time.monotonic())
        signal.raise_signal(signal.SIGINT)

    interrupting = threading.Thread(target=interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        interrupting.start()
        with pytest.raises(KeyboardInterrupt):
            client.rooms.get("r")
        assert time.monotonic() - sent[0] < 0.2
    finally:
        signal.signal(signal.SIGINT, before)
        interrupting.join()
    server.wait_until(lambda server: server.closed == 1)


@pytest.mark.parametrize("timeout", [0.04, 0.35])
def test_such_a_call_ends_at_its_deadline(timeout: float) -> None:
    client = (server := Answering(SETTLED)).client(max_retries=0)
    settle(client)
    begun = time.monotonic()
    with pytest.raises(hundredms.TimeoutError) as raised:
        client.rooms.get("r", timeout=timeout)
    assert timeout <= time.monotonic() - begun < timeout + 0.2
    assert raised.value.phase == "wait"
    server.wait_until(lambda server: server.closed == 1)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="signals of a timer are of Unix")
def test_such_a_call_goes_on_while_a_signal_handler_runs() -> None:
    server = Answering(SETTLED, slow=0.4)
    client = server.client(timeout=1, max_retries=0, max_connections=1)
    settle(client)
    handled: list[float] = []

    def handle(*_: object) -> None:
        begun = time.monotonic()
        # On the only connection, which the interrupted call has until it ends.
        client.call_raw("rooms.get", {"room_id": "r"}, timeout=5)
        handled.append(time.monotonic() - begun)
        time.sleep(1.5)

    before = signal.signal(signal.SIGALRM, handle)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        client.call_raw("rooms.get", {"room_id": "r"})
    finally:
        signal.signal(signal.SIGALRM, before)
    assert len(handled) == 1
    assert handled[0] < 1


@pytest.mark.parametrize("closes_after", [0, 0.002, 0.15])
def test_connections_that_the_server_has_closed_meanwhile_are_not_used(closes_after: float) -> None:
    client = (server := Answering(closes_after=closes_after)).client(max_retries=0)
    for number in range(SETTLED):
        client.call_raw("rooms.create", {"name": "closed"})
        server.wait_until(lambda server, closed=number + 1: server.closed == closed)  # type: ignore[misc]
    assert server.asked == SETTLED


def test_closing_the_client_closes_its_connection() -> None:
    client = (server := Answering()).client()
    settle(client)
    client.close()
    server.wait_until(lambda server: server.closed == 1)


def test_a_thread_with_a_small_stack_makes_calls_over_tls(tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    making = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    making += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    making += ["-addext", "basicConstraints=critical,CA:FALSE"]
    making += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(making, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    server = Answering(closes_after=0, tls=tls)
    script = f"""
import hundredms, threading
keys = {CREDENTIALS!r}
client = hundredms.Client(*keys, base_url="{server.base_url}", proxy=False, ca_file="{certificate}")
def calls():
    for _ in range({SETTLED}):
        client.call_raw("rooms.get", {{"room_id": "r"}})
    print("done")
before = threading.stack_size(48 * 1024)
thread = threading.Thread(target=lambda: (ready.wait(), calls()))
ready = threading.Event()
thread.start()
threading.stack_size(before)
ready.set()
thread.join()
"""
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "done\n", "")
    assert server.asked == SETTLED


TOGETHER = """
import asyncio, hundredms, os, random, threading, time, warnings
warnings.simplefilter("ignore", DeprecationWarning)  # threads and forks
until = time.monotonic() + 3
seen = []
client = hundredms.Client()
hooked = hundredms.Client(on_response=seen.append)
room = client.rooms.create(name="together")
made = [0] * 4

def blocking(number, client):
    while time.monotonic() < until:
        for _ in range(random.choice((1, 1, 50, 200))):
            assert client.rooms.get(room.id) == room
            made[number] += 1
        time.sleep(random.choice((0, 0.0001, 0.02, 0.15, 0.3)))

async def loop():
    async with hundredms.AsyncClient() as client:
        while time.monotonic() < until:
            calls = [client.rooms.get(room.id) for _ in range(random.choice((1, 3, 30)))]
            assert await asyncio.gather(*calls) == [room] * len(calls)
            made[3] += len(calls)
            await asyncio.sleep(random.choice((0, 0.001, 0.15, 0.4)))

clients = enumerate((client, client, hooked))
threads = [threading.Thread(target=blocking, args=each) for each in clients]
threads.append(threading.Thread(target=lambda: asyncio.run(loop())))
for thread in threads:
    thread.start()
while hasattr(os, "fork") and time.monotonic() < until:
    child = os.fork()
    if child == 0:
        for _ in range(40):
            assert client.rooms.get(room.id) == room
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    time.sleep(0.05)
for thread in threads:
    thread.join()
assert all(made), made
assert len(seen) == made[2], (len(seen), made)
print("done")
"""


def test_threads_loops_hooks_and_forked_children_together(run_script: Run) -> None:
    ended = run_script(TOGETHER)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "done\n", "")
