"""Loads the native module and msgspec in one interpreter. The error in another says what to use."""

from __future__ import annotations

import sys
from importlib import import_module

_ELSEWHERE = (
    "hundredms cannot be used in this sub-interpreter, since it is loaded in another one of the "
    "process, or this one is isolated. Under mod_wsgi set `WSGIApplicationGroup %{GLOBAL}`, "
    "with one application in each process group. In place of `concurrent.interpreters` and "
    "`InterpreterPoolExecutor` use threads, or processes (`ProcessPoolExecutor`)"
)


def _is_main() -> bool:
    """Return whether this interpreter is the first of its process."""
    for name in ("_interpreters", "_xxsubinterpreters"):  # since Python 3.13, and before
        try:
            interpreters = import_module(name)
        except ImportError:
            continue
        # A number, or a tuple that begins with it.
        return str(interpreters.get_current()) == str(interpreters.get_main())
    return True


try:
    from . import _native as _native  # noqa: PLC0414
except ImportError as error:
    if _is_main():
        raise
    raise ImportError(_ELSEWHERE) from error

# Before msgspec is loaded, which crashes there in Python 3.12.
if not _native.claim(id(sys)):
    raise ImportError(_ELSEWHERE)

import msgspec as msgspec  # noqa: E402, PLC0414
