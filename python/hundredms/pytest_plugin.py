"""The pytest fixture `hundredms_sandbox`, there as soon as the package is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sandbox import Sandbox


@pytest.fixture
def hundredms_sandbox() -> Iterator[Sandbox]:
    """Give a sandbox of its own to each test; `.client()` makes clients of it."""
    from .sandbox import Sandbox  # noqa: PLC0415 - test runs that do not use it need not load it

    with Sandbox() as sandbox:
        yield sandbox
