"""Fault rules: which requests they affect, and how often they did."""

from __future__ import annotations

from typing import Any, TypedDict

from .._model import Model


class Nth(TypedDict):
    """A single one of the matching requests."""

    nth: int
    """Which one, starting at 1."""


class First(TypedDict):
    """The first of the matching requests."""

    first: int
    """How many."""


class Share(TypedDict):
    """A random share of the matching requests. The same seed selects the same ones."""

    share: float
    """The probability for each, from 0 to 1."""
    seed: int
    """Seed of the random selection."""


class FaultReport(Model, frozen=True, kw_only=True):
    """A fault rule, with how often it matched and took effect."""

    id: int
    """Its number, as in the log of requests."""
    fault: dict[str, Any]
    """The fault: `match`, `on`, `effect`."""
    matched: int
    """How many requests matched."""
    fired: int
    """How many of those it affected."""


class Faults(Model, frozen=True, kw_only=True):
    """The result of the control `faults`."""

    faults: list[FaultReport]


class AddedFault(Model, frozen=True, kw_only=True):
    """The result of the control `add_fault`."""

    id: int
