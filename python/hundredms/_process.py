"""What the native module is told of the life of this process."""

from __future__ import annotations

import atexit
import os

from . import _native

# Registered at import, so run after what the program registers: its own last calls still come back.
atexit.register(_native.leave)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_native.after_fork)
