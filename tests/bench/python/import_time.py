"""How long imports take over the bare interpreter: medians of 20 runs each, taking turns.

`import hundredms` loads nothing but itself; `hundredms.Client` loads what a service needs. httpx, where
it is installed, is there to compare with.

python tests/bench/python/import_time.py
"""

from __future__ import annotations

import importlib.util
import statistics
import subprocess
import sys
import time

MOST = 0.045
BARE = "pass"
PACKAGE = "import hundredms"


def run(code: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - begun


def main() -> int:
    programs = [BARE, PACKAGE, "import hundredms; hundredms.Client"]
    if importlib.util.find_spec("httpx"):
        programs.append("import httpx")
    for code in programs:
        run(code)
    rounds = [[run(code) for code in programs] for _ in range(20)]
    medians = {code: statistics.median(times) for code, times in zip(programs, zip(*rounds), strict=True)}
    for code, median in medians.items():
        print(f"{median * 1000:6.1f} ms, over bare {(median - medians[BARE]) * 1000:5.1f} ms: {code}")
    return 0 if medians[PACKAGE] - medians[BARE] <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
