"""What belongs to a client: shared by its copies, and pickled as the recipe of the client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._typing import Self

if TYPE_CHECKING:
    from typing import TypeVar

    SharedT = TypeVar("SharedT", bound="Shared")


class Shared:
    """An object that copies share, as they share its connections."""

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class Recipe:
    """How to create a client again in another process."""

    __slots__ = ("kind", "options", "secret")

    def __init__(self, kind: type[Any], options: dict[str, Any], secret: str | None) -> None:
        """Note the options that were given, and the name of one that is never written down."""
        self.kind = kind
        self.options = {name: value for name, value in options.items() if value is not None}
        self.secret = secret

    def __repr__(self) -> str:
        return f"<recipe of {self.kind.__name__}>"

    def reduce(self) -> tuple[Any, ...]:
        """Return what pickle writes: a client that takes its credentials from the environment.

        Raises:
            TypeError: It was given credentials, which are never pickled.
        """
        if self.secret is None:
            return _make, (self.kind, self.options)
        name = self.kind.__name__
        message = (
            f"this {name} cannot be pickled: it was given `{self.secret}`, which is never written "
            f"down. Make a {name} in each process, or make it with credentials from the "
            "environment (HMS_ACCESS_KEY and HMS_SECRET), which each process reads for itself"
        )
        raise TypeError(message)

    def part(self, name: str) -> tuple[Any, ...]:
        """Return what pickle writes of a part of the client."""
        _, of = self.reduce()
        return _part, (name, *of)


def _make(kind: type[Any], options: dict[str, Any]) -> Any:
    return kind(**options)


def _part(name: str, kind: type[Any], options: dict[str, Any]) -> Any:
    return getattr(_make(kind, options), name)
