"""The report of a test that fails has what its sandbox saw."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TESTS = """
import asyncio
import hundredms
import pytest

def test_many(hundredms_sandbox):
    client = hundredms_sandbox.client()
    for number in range(23):
        client.rooms.create(name=f"room-{number}")
    hundredms_sandbox.add_fault({"status": 404}, match={"operation": "rooms.get"})
    with pytest.raises(hundredms.NotFoundError):
        client.rooms.get("0123456789abcdef01234567")
    client.rooms.list(name="a-secret-query").first_page()
    assert False

def test_without_requests(hundredms_env):
    assert False

def test_that_stops_it(hundredms_sandbox):
    hundredms_sandbox.stop()
    assert False

def test_async(hundredms_async_env):
    async def main():
        async with hundredms.AsyncClient(max_retries=0) as client:
            await client.rooms.get("f" * 24)
    asyncio.run(main())

def test_that_passes(hundredms_sandbox):
    hundredms_sandbox.client().rooms.create(name="of-the-test-that-passes")

def test_without_a_sandbox():
    assert False
"""


def sections(printed: str) -> dict[str, str]:
    """Return the part of each failed test."""
    parts = printed.split("\n____")[1:]
    return {part.split()[1]: f"{part}\n" for part in parts}


def test_a_failed_test_shows_the_last_requests_of_its_sandbox(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "."]
    ran = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    of = sections(ran.stdout)
    assert ran.returncode == 1, ran.stdout
    many = of["test_many"]
    assert "hundredms sandbox" in many
    assert "(5 earlier requests are left out)\nPOST /v2/rooms 200\n" in many
    assert many.count("POST /v2/rooms 200\n") == 18
    assert "GET /v2/rooms/0123456789abcdef01234567 404 " in many
    assert "(by fault 1)\nGET /v2/rooms 200\n" in many
    assert "a-secret-query" not in many.split("hundredms sandbox")[1]
    assert "\nno requests\n" in of["test_without_requests"]
    assert "the requests cannot be read" in of["test_that_stops_it"]
    assert f"GET /v2/rooms/{'f' * 24} 404 Room not found\n" in of["test_async"]
    assert "hundredms sandbox" not in of["test_without_a_sandbox"]
    assert "of-the-test-that-passes" not in ran.stdout


RERUNS = """
from _pytest.runner import runtestprotocol

def pytest_runtest_protocol(item, nextitem):
    runtestprotocol(item, log=False, nextitem=nextitem)
    item._initrequest()
"""


def test_a_test_that_runs_again_shows_its_last_sandbox_only(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(RERUNS)
    (tmp_path / "test_it.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "."]
    ran = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    of = sections(ran.stdout)
    for name in ("test_without_requests", "test_async"):
        assert of[name].count("hundredms sandbox") == 1
        assert "the requests cannot be read" not in of[name]
