"""Download a file with the Python package: `download.py ASSET PATH`. Prints the seconds it took, and the peak memory."""

import sys
import time
from pathlib import Path

import hundredms

client = hundredms.Client()
began = time.perf_counter()
client.recording_assets.download(sys.argv[1], sys.argv[2])
seconds = time.perf_counter() - began
status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
print(seconds, next(line for line in status if line.startswith("VmHWM")))
