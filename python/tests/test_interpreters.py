"""Sub-interpreters, as mod_wsgi and `concurrent.interpreters` have: it works there, or says what to use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import os, sys
try:
    import _interpreters as interpreters
    make = lambda isolated: interpreters.create("isolated" if isolated else "legacy")
except ImportError:
    import _xxsubinterpreters as interpreters
    make = lambda isolated: interpreters.create(isolated=isolated)

USE = '''
import os
try:
    import hundredms
    sandbox = hundredms.Sandbox()
    client = sandbox.client()
    said = client.rooms.create(name="physics-7").name
    sandbox.stop()
except ImportError as error:
    said = "ImportError: " + str(error)
except BaseException as error:
    said = repr(error)
os.write(1, (said + "\\\\n").encode())
'''

first, isolated = sys.argv[1:]
if first == "main":
    exec(USE)
interpreters.run_string(make(isolated == "isolated"), USE)
os._exit(0)  # msgspec alone aborts at the end of a process with an isolated interpreter
"""


def told(tmp_path: Path, *how: str) -> list[str]:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    ran = subprocess.run(
        [sys.executable, str(script), *how],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_it_works_in_one_sub_interpreter(tmp_path: Path) -> None:
    assert told(tmp_path, "alone", "legacy") == ["physics-7"]


@pytest.mark.parametrize("isolated", ["legacy", "isolated"])
def test_a_second_interpreter_is_told_what_to_use(tmp_path: Path, isolated: str) -> None:
    first, second = told(tmp_path, "main", isolated)
    assert first == "physics-7"
    assert second.startswith("ImportError: hundredms cannot be used in this sub-interpreter")
    assert "WSGIApplicationGroup %{GLOBAL}" in second and "ProcessPoolExecutor" in second
