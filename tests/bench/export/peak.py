"""What a program took, as `run.py` reads it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path


def report(export: Callable[[], int]) -> None:
    """Run an export, and print its rows, its time, and the peak of the memory in kB."""
    begun, cpu = time.perf_counter(), time.process_time()
    rows = export()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert peak is not None
    found = {"rows": rows, "seconds": seconds, "cpu": cpu, "peak": int(peak[1])}
    print(json.dumps(found))
