"""Time that is frozen for tests: what freezes it puts a subclass in the place of `datetime`."""

from __future__ import annotations

import datetime
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator

# In a tuple, since every name in every module is replaced.
DATETIME: tuple[Any, ...] = tuple(
    one for one in datetime.datetime.__mro__ if one.__name__ == "datetime"
)[-1:]
"""The class of times as Python has it."""


@contextmanager
def thawed() -> Generator[None]:
    """Let the annotations of this package mean the class of times as Python has it."""
    replaced: list[tuple[dict[str, Any], Any]] = []
    for name, module in list(sys.modules.items()):
        if name.startswith("hundredms."):
            found = vars(module).get("datetime")
            if isinstance(found, type) and found is not DATETIME[0]:
                replaced.append((vars(module), found))
                vars(module)["datetime"] = DATETIME[0]
    try:
        yield
    finally:
        for names, found in replaced:
            names["datetime"] = found
