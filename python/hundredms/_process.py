"""Tells the native module when this process forks and ends."""

import atexit
import os
import sys


def _tell(event: str) -> None:
    native = sys.modules.get("hundredms._native")
    if native is not None:
        getattr(native, event)()


# Registered at import, so run after what the program registers: its own last calls still come back.
atexit.register(_tell, "leave")
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: _tell("after_fork"))
