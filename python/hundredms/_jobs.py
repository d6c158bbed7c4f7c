"""The progress of a job."""

from __future__ import annotations

import inspect
import os
from typing import TYPE_CHECKING, TypeVar

from ._arguments import refused
from ._model import DECODERS

if TYPE_CHECKING:
    from collections.abc import Callable

ProgressT = TypeVar("ProgressT")


def file_path(job: str, field: str, path: str | os.PathLike[str]) -> str:
    """Return a path as text."""
    try:
        return os.fsdecode(path)
    except TypeError:
        reason = f"must be a path, not {type(path).__name__}"
        raise refused(job, field, reason) from None


def reporting(
    job: str, progress: type[ProgressT], on_progress: Callable[[ProgressT], object] | None
) -> Callable[[bytes], object] | None:
    """Return what decodes the progress of a job and calls the callback."""
    if on_progress is None:
        return None
    if not callable(on_progress):
        reason = f"must be callable, not {type(on_progress).__name__}"
        raise refused(job, "on_progress", reason)
    if inspect.iscoroutinefunction(on_progress):
        raise refused(job, "on_progress", "must not be async: it is called, not awaited")
    decode = DECODERS[progress].decode
    return lambda json: on_progress(decode(json))
