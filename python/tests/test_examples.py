"""The examples print what the comments at their top say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import hundredms

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.py"))
SERVICES = {"attendance"}  # has its own tests


def promised(source: str) -> list[re.Pattern[str]]:
    """Return a pattern for each line that an example prints; `…` stands for any text."""
    docstring = source.split('"""')[1]
    assert "Prints:\n" in docstring
    lines = docstring.split("Prints:\n")[1].split("\n")
    named = [line.strip() for line in lines if line.strip()]
    return [re.compile(re.escape(line).replace("…", ".+")) for line in named]


@pytest.mark.parametrize(
    "example", [file for file in EXAMPLES if file.stem not in SERVICES], ids=lambda file: file.stem
)
def test_an_example_prints_what_its_comment_says(
    example: Path, hundredms_sandbox: hundredms.Sandbox
) -> None:
    run = subprocess.run(
        [sys.executable, example],
        env={**os.environ, **hundredms_sandbox.env()},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    patterns = promised(example.read_text(encoding="utf-8"))
    printed = run.stdout.splitlines()
    assert len(printed) == len(patterns), run.stdout
    for pattern, line in zip(patterns, printed, strict=True):
        assert pattern.fullmatch(line), run.stdout


# What pytest runs, and the package that it needs.
UNDER_PYTEST = {
    "testing.py": "pytest",
    "guide/test_webhooks.py": "pytest",
    "guide/test_webhooks_async.py": "anyio",
    "guide/test_celery_tasks.py": "celery",
    "servers/test_fastapi_tokens.py": "fastapi.testclient",
    "servers/test_fastapi_webhooks.py": "fastapi",
    "servers/test_django_tokens.py": "django",
    "servers/test_flask_tokens.py": "flask",
}


def test_each_test_of_the_examples_is_run() -> None:
    folder = EXAMPLES[0].parent
    found = {file.relative_to(folder).as_posix() for file in folder.glob("*/test_*.py")}
    assert found == UNDER_PYTEST.keys() - {"testing.py"}


@pytest.mark.parametrize("name", UNDER_PYTEST)
def test_the_tests_in_an_example_pass_under_pytest(name: str) -> None:
    pytest.importorskip(UNDER_PYTEST[name])
    example = Path(__file__).parents[1] / "examples" / name
    options = ["-p", "no:cacheprovider", "-o", "filterwarnings=default"]  # those of a new project
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, example.name],
        cwd=example.parent,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert run.returncode == 0, run.stdout
    source = example.read_text(encoding="utf-8")
    # Each parameter list of the examples has two.
    tests = source.count("def test_") + source.count("@pytest.mark.parametrize")
    assert f"{tests} passed" in run.stdout
