"""How long `import hundredms` takes over the bare interpreter: medians of 20 runs each, taking turns.

python tests/bench/python/import_time.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

MOST = 0.045


def run(code: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - begun


def main() -> int:
    run("import hundredms")
    pairs = [(run("pass"), run("import hundredms")) for _ in range(20)]
    bare = statistics.median(one for one, _ in pairs)
    loaded = statistics.median(other for _, other in pairs)
    over = loaded - bare
    print(f"bare {bare * 1000:.1f} ms, with hundredms {loaded * 1000:.1f} ms, over {over * 1000:.1f} ms")
    return 0 if over <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
