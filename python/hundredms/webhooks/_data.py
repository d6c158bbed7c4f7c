"""Data of events that has no model."""

from __future__ import annotations

from typing import Any, ClassVar

from .._model import SecretModel


class Unknown(SecretModel, frozen=True, kw_only=True):
    """The data of an event of a type that this version does not know."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"fields"})

    fields: dict[str, Any]
    """The data as it came."""


class Malformed(SecretModel, frozen=True, kw_only=True):
    """The data of an event that does not match its type."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"data"})

    problem: str
    """Where it does not match, and why."""
    data: Any = None
    """The data as it came."""
