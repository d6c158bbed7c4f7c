"""Measures the shared rate limit: 10,000 rooms at 500 per second, from 1, 2 and 4 processes of Python and Node, and `map` over a million items.

Usage: python tests/bench/limit/run.py [rooms per second] [rooms]. Needs `redis-server`, the package of Python that is installed for this interpreter, and the package of
Node that `node` finds from `node/`. Prints the time beside the ideal, how many requests the service refused, and the slowest process over the fastest.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hundredms

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
NODE = HERE.parents[2] / "node"

PYTHON_WORKER = [sys.executable, str(HERE / "worker.py")]
# Beside the package, so that Node finds it.
NODE_WORKER = ["node", "--input-type=module", "--eval", (HERE / "worker.mjs").read_text()]


@contextmanager
def redis() -> Iterator[str]:
    """Start a server, and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    words = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.01)
        yield f"redis://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


SANDBOX = """
import json, sys, hundredms
with hundredms.Sandbox() as sandbox:
    sandbox.rate_limit(int(sys.argv[1]))
    print(json.dumps([sandbox.base_url, sandbox.auth_url, sandbox.access_key, sandbox.secret]), flush=True)
    sys.stdin.readline()
    with hundredms.Client(sandbox.access_key, sandbox.secret, base_url=sandbox.base_url) as client:
        print(json.dumps([sandbox.stats().rooms, sandbox.stats().requests]), flush=True)
"""


def run(processes: list[list[str]], most: int, count: int, limit: Any) -> dict[str, float]:
    """Create rooms from several processes."""
    words = [sys.executable, "-c", SANDBOX, str(most)]
    service = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert service.stdin is not None and service.stdout is not None
    base_url, auth_url, access_key, secret = json.loads(service.stdout.readline())
    options = {
        "access_key": access_key,
        "secret": secret,
        "base_url": base_url,
        "auth_url": auth_url,
    }
    with redis() as address:
        options |= {"rate_limit": limit}
        if len(processes) > 1:
            options |= {"rate_limit_redis": address}
        workers = [
            subprocess.Popen(
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=NODE,
                env=os.environ,
            )
            for words in processes
        ]
        for worker in workers:
            assert worker.stdin is not None and worker.stdout is not None
            plan = {"client": options, "count": count // len(workers)}
            print(json.dumps(plan), file=worker.stdin, flush=True)
            assert worker.stdout.readline() == "ready\n"
        begun = time.monotonic()
        for worker in workers:
            print(file=worker.stdin, flush=True)
        results = []
        for worker in workers:
            assert worker.stdout is not None
            results.append(json.loads(worker.stdout.readline()))
        took = time.monotonic() - begun
        for worker in workers:
            worker.wait()
    print(file=service.stdin, flush=True)
    rooms, requests = json.loads(service.stdout.readline())
    service.wait()
    assert not any(result["failed"] for result in results) and rooms == count, (results, rooms)
    seconds = [result["seconds"] for result in results]
    return {"took": took, "refused": requests - rooms, "spread": max(seconds) / min(seconds)}


def main() -> None:
    """Print the table."""
    most, count = [*map(int, sys.argv[1:]), *(500, 10_000)[len(sys.argv) - 1 :]]
    ideal = count / most
    print(f"hundredms {hundredms.__version__}: {count} rooms at {most}/s, ideal {ideal:.1f} s")
    two, four = [PYTHON_WORKER, NODE_WORKER], 2 * [PYTHON_WORKER, NODE_WORKER]
    for name, processes, limit in (
        ("1 Python", [PYTHON_WORKER], most),
        ("1 Node", [NODE_WORKER], most),
        ("1 Python, adaptive", [PYTHON_WORKER], "adaptive"),
        ("1 Python, twice the limit", [PYTHON_WORKER], 2 * most),
        ("2, shared", two, most),
        ("4, shared", four, most),
    ):
        result = run(processes, most, count, limit)
        share = 100 * (result["took"] / ideal - 1)
        print(
            f"{name:26} {result['took']:6.2f} s, {share:+5.1f} %, {result['refused']} refused,"
            f" slowest/fastest {result['spread']:.3f}",
            flush=True,
        )
    for words in (
        [sys.executable, str(HERE / "memory.py"), "blocking"],
        [sys.executable, str(HERE / "memory.py"), "async"],
        ["node", "--input-type=module", "--eval", (HERE / "memory.mjs").read_text()],
    ):
        ran = subprocess.run(words, check=True, capture_output=True, text=True, cwd=NODE)
        early, late = map(float, ran.stdout.split())
        print(
            f"map, a million items, {Path(words[0]).name} {words[-1][:8]:8} peak {early:.0f} MB after a tenth, {late:.0f} MB at the end"
        )


main()
