"""pytest fixtures, available as soon as the package is installed.

The report of a test that fails has the last requests of its sandbox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from pluggy import Result

    from .sandbox import AsyncSandbox, Sandbox

SHOWN = 20
"""How many requests a report shows."""

_running: list[tuple[object, Sandbox | AsyncSandbox]] = []
"""The sandboxes that run, each with the test that uses it."""  # older pytests have no stash


@pytest.fixture
def hundredms_sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """Return a new sandbox for each test. `.client()` creates clients for it."""
    from .sandbox import Sandbox  # noqa: PLC0415 - test runs that do not use it need not load it

    with Sandbox() as sandbox:
        running = (request.node, sandbox)
        _running.append(running)
        yield sandbox
        _running.remove(running)


@pytest.fixture
def hundredms_async_sandbox(request: pytest.FixtureRequest) -> Iterator[AsyncSandbox]:
    """Return a new sandbox for async clients for each test, whatever runs its event loop."""
    from .sandbox import AsyncSandbox  # noqa: PLC0415

    sandbox = AsyncSandbox()
    running = (request.node, sandbox)
    _running.append(running)
    try:
        yield sandbox
    finally:
        _running.remove(running)
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


@pytest.hookimpl(hookwrapper=True)  # `wrapper` is too new for some who have an older pytest
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, Result[pytest.TestReport]]:
    """Add the last requests of its sandbox to the report of a test that fails."""
    report = (yield).get_result()
    if report.failed and report.when != "teardown":  # then it has stopped
        for test, sandbox in _running:
            if test is item:
                report.sections.append(("hundredms sandbox", _requests(sandbox)))


def _requests(sandbox: Sandbox | AsyncSandbox) -> str:
    """Return the last requests, without what may contain secrets: queries, headers and bodies."""
    from .sandbox._models import Requests  # noqa: PLC0415

    try:
        run = sandbox._run  # pyright: ignore[reportPrivateUsage]
        requests = run("requests", Requests, {}).requests
    except Exception as error:  # the test has stopped it: the report must come all the same
        return f"the requests cannot be read: {error}"
    left_out = len(requests) - SHOWN
    lines = [f"({left_out} earlier requests are left out)"] if left_out > 0 else []
    for one in requests[-SHOWN:]:
        words = [one.method, one.path, str(one.status) if one.status else "no response"]
        if one.error:
            words.append(one.error)
        if one.faults:
            numbers = ", ".join(map(str, one.faults))
            words.append(f"(by fault {numbers})")
        lines.append(" ".join(words))
    return "\n".join(lines) if lines else "no requests"
