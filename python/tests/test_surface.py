"""The surface: every operation, in both colors; typos fail in the type checker."""

from __future__ import annotations

import importlib.metadata
import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import hundredms
from hundredms import models

CONTRACT = Path(__file__).parents[2] / "tests" / "contract" / "openapi.yaml"
INDEX = Path(__file__).parents[2] / "docs" / "api.md"


def test_every_operation_of_the_contract_is_there_in_both_colors() -> None:
    yaml = pytest.importorskip("yaml")
    text = CONTRACT.read_text()
    paths = yaml.safe_load(text)["paths"]
    operations = {
        operation["operationId"]
        for path in paths.values()
        for method, operation in path.items()
        if method in {"get", "post", "delete", "put", "patch"}
    }
    assert len(operations) == text.count("operationId: ")
    blocking = hundredms.Client("key", "secret")
    other = hundredms.AsyncClient("key", "secret")
    for operation in operations:
        resource, method = operation.split(".")
        ours = getattr(getattr(blocking, resource), method)
        theirs = getattr(getattr(other, resource), method)
        assert list(inspect.signature(ours).parameters) == list(
            inspect.signature(theirs).parameters
        )
        assert inspect.iscoroutinefunction(theirs) or "AsyncPager" in str(inspect.signature(theirs))
        assert {"timeout", "max_retries"} <= set(inspect.signature(ours).parameters)
        assert ours.__doc__


def documented() -> dict[str, list[str]]:
    """Return the arguments of each call of Python in the index, by the path to its method."""
    found = re.findall(r"\| `([\w.]+)\(([^)`]*)\)`(?:<br>| \|)", INDEX.read_text())
    calls = {path: arguments.split(", ") for path, arguments in found}
    # What only Rust has is alone in its cell.
    return {path: arguments for path, arguments in calls.items() if path not in RUST_ALONE}


RUST_ALONE = {"call", "send", "set_clock_offset", "Client"}


@pytest.mark.parametrize("client", [hundredms.Client, hundredms.AsyncClient])
def test_the_index_has_every_method_as_it_is_called(client: type[hundredms.Client]) -> None:
    made = client("key", "secret")
    calls = documented()
    assert len(calls) > 100
    for path, arguments in calls.items():
        method: object = made
        for name in path.split("."):
            method = getattr(method, name)
        assert callable(method)
        parameters = inspect.signature(method).parameters.values()
        by_place = [
            parameter.name
            for parameter in parameters
            if parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        ]
        alone = [name for name in arguments if name not in {"", "..."}]
        assert alone == by_place[: len(alone)], path
        rest = by_place[len(alone) :]
        defaults = {parameter.name: parameter.default for parameter in parameters}
        assert "..." in arguments or all(
            defaults[name] is not inspect.Parameter.empty for name in rest
        ), path
    missing = set()
    for name in dir(made):
        value = None if name.startswith("_") or name == "with_raw_response" else getattr(made, name)
        if inspect.ismethod(value) and name not in calls:
            missing.add(name)
        if type(value).__module__.startswith("hundredms"):
            missing |= {
                f"{name}.{method}"
                for method in dir(value)
                if method[0] != "_" and inspect.ismethod(getattr(value, method))
            }
    assert missing - calls.keys() == set()


def test_public_names_are_there_and_no_others() -> None:
    for name in hundredms.__all__:
        assert getattr(hundredms, name).__name__ == name
    for name in models.__all__:
        assert hasattr(models, name)
    with pytest.raises(AttributeError):
        _ = hundredms.Nothing  # type: ignore[attr-defined] # pyright: ignore


def test_the_version_is_that_of_the_distribution() -> None:
    assert hundredms.__version__ == importlib.metadata.version("hundredms")
    assert "__version__" in dir(hundredms)


def test_importing_the_package_loads_nothing_that_is_not_used() -> None:
    script = (
        "import sys, typing; bare = set(sys.modules)\n"
        "import hundredms\n"
        "assert set(sys.modules) - bare <= {'hundredms', 'hundredms._process', 'atexit'}, set(sys.modules) - bare\n"
        "assert set(hundredms.__all__) <= set(dir(hundredms))\n"
        "from hundredms import *\n"
        "assert Client is hundredms.Client and vars(hundredms)['Client'] is Client\n"
        "assert hundredms.models.Room.__name__ == 'Room'\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_test_run_that_does_not_use_the_sandbox_does_not_load_it(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text(
        "import sys\n"
        "def test_nothing_is_loaded(request):\n"
        "    assert request.config.pluginmanager.hasplugin('hundredms')\n"
        "    loaded = {name for name in sys.modules if name.startswith('hundredms')}\n"
        "    assert loaded == {'hundredms', 'hundredms._process', 'hundredms.pytest_plugin'}\n"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


TYPOS = """
import hundredms
client = hundredms.Client()
client.rooms.create(nmae="x")
client.rooms.create(webhook={"url": "x", "heders": {}})
client.rooms.get("1").nmae
hundredms.Clinet()
good: str = client.rooms.get("1").name
pages: hundredms.Pages[hundredms.models.RoomList] = client.rooms.list().pages()
read = client.templates.get("1")
client.templates.apply(read)
client.templates.diff("1", {**read.to_dict(), "roles": {"guest": None}})
described: hundredms.inputs.TemplateDescription = {"name": "workshops"}
client.templates.apply(described)
client.templates.apply("1")
"""


@pytest.mark.parametrize(
    "checker", [["mypy", "--strict"], ["pyright", "--pythonpath", sys.executable]]
)
def test_typos_fail_in_the_type_checker(checker: list[str], tmp_path: Path) -> None:
    pytest.importorskip(checker[0])
    (tmp_path / "typo.py").write_text(TYPOS)
    checked = subprocess.run(
        [sys.executable, "-m", *checker, "typo.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = {line.split(":")[1] for line in checked.stdout.splitlines() if " error:" in line}
    assert lines == {"4", "5", "6", "7", "15"}, checked.stdout


def test_errors_name_operations_and_arguments_as_python_does(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    client = hundredms_sandbox.client(max_retries=0)
    foreign = re.compile(r"\b(?:[a-z]+[A-Z]\w*\.[a-z]\w*|[a-z]+\.[a-z]+[A-Z]\w*|[a-z]+Id)\b")
    count = 0
    for path, arguments in documented().items():
        if path == "close":
            continue
        method: Any = client
        for name in path.split("."):
            method = getattr(method, name)
        alone = [name for name in arguments if name not in {"", "..."}]
        values: tuple[Any, ...] = ("", "nope", 7, {}, None)
        for value in values:
            try:
                method(*[value for _ in alone])
            except hundredms.HundredmsError as error:
                count += 1
                said = "\n".join([str(error), error.message, error.field or "", *error.details])
                assert not foreign.search(said), said
            except TypeError:
                pass
    assert count > 100
