"""Measures the export of sessions to a Parquet file, beside a loop written by hand with aiohttp and pyarrow.

Usage: python tests/bench/export/run.py [sessions] [rounds]. Needs the package with the extra `arrow`, and aiohttp, in this interpreter. Prints the
rows per second and the peak of the memory of each, and fails unless both files have the same rows.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import hundredms
import pyarrow.parquet as pq

HERE = Path(__file__).parent

SANDBOX = """
import json, sys, hundredms
with hundredms.Sandbox() as sandbox, sandbox.client() as client:
    sandbox.seed(rooms=100)
    sandbox.seed(sessions=int(sys.argv[1]), peers=2)
    token = client.tokens.management(valid_for=86400)
    print(json.dumps([sandbox.base_url, sandbox.access_key, sandbox.secret, token]), flush=True)
    sys.stdin.readline()
"""


def same(one: Path, other: Path) -> None:
    """Fail unless two files have the same rows."""
    files = [pq.ParquetFile(path) for path in (one, other)]
    if files[0].schema_arrow != files[1].schema_arrow:
        raise SystemExit("the files have other columns")
    batches = [file.iter_batches(batch_size=50_000) for file in files]
    for first, second in zip(*batches, strict=True):
        if not first.equals(second):
            raise SystemExit("the files have other rows")


def measured(program: str, path: Path, words: list[str]) -> dict[str, Any]:
    """Run a program, and return what it printed."""
    command = [sys.executable, str(HERE / program), str(path), *words]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(printed)
    return found


def main() -> None:
    """Export with both, one after the other."""
    sessions, rounds = (int(word) for word in (*sys.argv[1:], *("1000000", "1")[len(sys.argv) - 1 :]))
    print(f"hundredms {hundredms.__version__}: {sessions:,} sessions with 2 peers, pages of 100")
    command = [sys.executable, "-c", SANDBOX, str(sessions)]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sandbox,
    ):
        assert sandbox.stdout is not None
        assert sandbox.stdin is not None
        words = json.loads(sandbox.stdout.readline())
        for _ in range(rounds):
            for program in ("ours.py", "async_ours.py", "by_hand.py"):
                found = measured(program, Path(folder) / f"{program}.parquet", words)
                rate = found["rows"] / found["seconds"]
                print(
                    f"{program:12} {found['seconds']:7.1f} s {rate:9,.0f} rows/s "
                    f"{found['cpu']:7.1f} s of CPU, peak {found['peak'] / 1024:.0f} MB"
                )
                if found["rows"] != sessions:
                    raise SystemExit(f"{found['rows']} of {sessions}")
        same(Path(folder) / "ours.py.parquet", Path(folder) / "by_hand.py.parquet")
        same(Path(folder) / "ours.py.parquet", Path(folder) / "async_ours.py.parquet")
        print("the same rows in all files")
        sandbox.stdin.close()


if __name__ == "__main__":
    main()
