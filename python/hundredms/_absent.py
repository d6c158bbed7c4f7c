"""The value of an argument that is not given, where None is not taken for that."""

from __future__ import annotations

from typing import Any


class _Absent:
    """Not given."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"

    def __copy__(self) -> _Absent:
        return self

    def __deepcopy__(self, memo: object) -> _Absent:
        return self

    def __reduce__(self) -> str:
        return "ABSENT"


ABSENT: Any = _Absent()
"""Not given. A filter or a recipient that is None is refused: the call would reach more."""
