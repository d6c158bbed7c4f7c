"""pytest fixtures, available as soon as the package is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .sandbox import AsyncSandbox, Sandbox


@pytest.fixture
def hundredms_sandbox() -> Iterator[Sandbox]:
    """Return a new sandbox for each test. `.client()` creates clients for it."""
    from .sandbox import Sandbox  # noqa: PLC0415 - test runs that do not use it need not load it

    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def hundredms_async_sandbox() -> Iterator[AsyncSandbox]:
    """Return a new sandbox for async clients for each test, whatever runs its event loop."""
    from .sandbox import AsyncSandbox  # noqa: PLC0415

    sandbox = AsyncSandbox()
    try:
        yield sandbox
    finally:
        sandbox.stop_now()


@pytest.fixture
def hundredms_env(hundredms_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Point clients without arguments to a sandbox of this test, and return the sandbox."""
    for name, value in hundredms_sandbox.env().items():
        monkeypatch.setenv(name, value)
    return hundredms_sandbox


@pytest.fixture
def hundredms_async_env(
    hundredms_async_sandbox: AsyncSandbox, monkeypatch: pytest.MonkeyPatch
) -> AsyncSandbox:
    """Point clients without arguments to an async sandbox of this test, and return the sandbox."""
    for name, value in hundredms_async_sandbox.env().items():
        monkeypatch.setenv(name, value)
    return hundredms_async_sandbox
