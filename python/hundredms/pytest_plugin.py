"""Fixtures of pytest, there as soon as the package is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sandbox import AsyncSandbox, Sandbox


@pytest.fixture
def hundredms_sandbox() -> Iterator[Sandbox]:
    """Give a sandbox of its own to each test; `.client()` makes clients of it."""
    from .sandbox import Sandbox  # noqa: PLC0415 - test runs that do not use it need not load it

    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def hundredms_async_sandbox() -> Iterator[AsyncSandbox]:
    """Give a sandbox for async clients to each test, whatever runs its event loop."""
    from .sandbox import AsyncSandbox  # noqa: PLC0415

    sandbox = AsyncSandbox()
    try:
        yield sandbox
    finally:
        sandbox.stop_now()


@pytest.fixture
def hundredms_env(hundredms_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Let clients made without arguments use a sandbox of this test, and give the sandbox."""
    for name, value in hundredms_sandbox.env().items():
        monkeypatch.setenv(name, value)
    return hundredms_sandbox
