"""Download a file with the Python package: `download.py ASSET PATH`. Prints the peak memory."""

import sys
from pathlib import Path

import hundredms

hundredms.Client().recording_assets.download(sys.argv[1], sys.argv[2])
status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
print(next(line for line in status if line.startswith("VmHWM")))
