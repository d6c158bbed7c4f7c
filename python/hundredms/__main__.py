"""The command `hundredms`, also as `python -m hundredms`."""

from __future__ import annotations

import signal
import sys

from ._native import run_command


def main() -> int:
    """Run the command with the arguments of the process, and return its exit code."""
    # Ctrl-C ends the command, unless the command handles it. Python would only take note of it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_command(["hundredms", *sys.argv[1:]])


if __name__ == "__main__":
    raise SystemExit(main())
