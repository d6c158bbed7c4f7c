"""Names for annotations that Python has only later, or that are in libraries."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["NotRequired", "Optional", "Self"]


class Optional:
    """A module that need not be installed, for annotations: it is imported when they are read."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        """Return a class of the module, or `Any` without the module."""
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            module = import_module(self._name)
        except ImportError:
            return Any
        return getattr(module, name)


if sys.version_info >= (3, 11):
    from typing import NotRequired, Self
elif TYPE_CHECKING:
    from typing_extensions import NotRequired, Self
else:
    Self = Any

    class NotRequired:
        """Stands for what Python has since 3.11."""

        def __class_getitem__(cls, item: Any) -> Any:
            """Return the type of the value."""
            return item
