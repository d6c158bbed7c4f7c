"""Names for annotations that Python has only later."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

__all__ = ["NotRequired", "Self"]

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
