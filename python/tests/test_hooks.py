"""What a program sees of its calls: hooks, the log, traces."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from subprocess import CompletedProcess
from typing import Any

import pytest

import hundredms
from hundredms import RequestView, ResponseView, RetryView


def hooks(seen: list[Any]) -> dict[str, Any]:
    return {"on_request": seen.append, "on_response": seen.append, "on_retry": seen.append}


def told(seen: list[Any]) -> list[tuple[Any, ...]]:
    short: list[tuple[Any, ...]] = []
    for one in seen:
        match one:
            case RequestView(attempt=attempt):
                short.append(("request", attempt))
            case ResponseView(attempt=attempt, status=status, error=error):
                short.append(("response", attempt, status, error))
            case RetryView(attempt=attempt, status=status):
                short.append(("retry", attempt, status))
    return short


STORY = [
    ("request", 1),
    ("response", 1, 503, "server"),
    ("retry", 1, 503),
    ("request", 2),
    ("response", 2, 200, None),
]


def test_hooks_see_every_try_of_a_call_before_it_ends(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    hundredms_sandbox.add_fault({"status": 503}, on={"nth": 1})
    seen: list[Any] = []
    client = hundredms.Client(
        hundredms_sandbox.access_key,
        hundredms_sandbox.secret,
        base_url=hundredms_sandbox.base_url,
        **hooks(seen),
    )
    client.rooms.create(name="physics-7")
    assert told(seen) == STORY
    first = seen[0]
    assert (first.operation, first.method, first.route) == ("rooms.create", "POST", "/rooms")
    assert {one.call for one in seen} == {first.call}
    assert seen[1].elapsed >= 0
    assert seen[2].pause >= 0
    client.request("GET", "/rooms")
    assert seen[-1].operation == "request"


def test_async_hooks_run_in_the_loop_and_each_call_has_its_own_number(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    seen: list[Any] = []
    threads: set[str] = set()

    async def main() -> None:
        async with hundredms.AsyncClient(
            hundredms_sandbox.access_key,
            hundredms_sandbox.secret,
            base_url=hundredms_sandbox.base_url,
            on_request=lambda _: threads.add(threading.current_thread().name),
            on_response=seen.append,
        ) as client:
            await asyncio.gather(*(client.rooms.list().first_page() for _ in range(20)))

    asyncio.run(main())
    assert threads == {"MainThread"}
    assert len({one.call for one in seen}) == len(seen) == 20


def test_a_hook_that_raises_changes_nothing(
    hundredms_sandbox: hundredms.Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> None:
        raise KeyError("in a hook")

    credentials = (hundredms_sandbox.access_key, hundredms_sandbox.secret)
    client = hundredms.Client(
        *credentials, base_url=hundredms_sandbox.base_url, on_request=broken, on_response=broken
    )
    assert client.rooms.create(name="physics-7").name == "physics-7"
    assert [record.exc_info is not None for record in caplog.records] == [True, True]


def test_the_log_has_lines_for_each_call_and_each_attempt_at_debug(
    hundredms_sandbox: hundredms.Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    hundredms_sandbox.add_fault({"status": 503}, match={"operation": "rooms.create"}, on={"nth": 1})
    with caplog.at_level(logging.DEBUG, "hundredms"), hundredms_sandbox.client() as client:
        room = client.rooms.create(name="a-secret-name")
        with pytest.raises(hundredms.NotFoundError):
            client.rooms.get("no-such-room")

        async def main() -> None:
            async with hundredms.AsyncClient(
                hundredms_sandbox.access_key,
                hundredms_sandbox.secret,
                base_url=hundredms_sandbox.base_url,
            ) as other:
                await other.rooms.get(room.id)

        asyncio.run(main())
    lines = [record.getMessage() for record in caplog.records]
    calls = [line for line in lines if "attempt " not in line]
    assert [line.split(":")[0] for line in calls] == ["rooms.create", "rooms.get", "rooms.get"]
    assert "not_found (status 404)" in calls[1]
    assert len(lines) - len(calls) == 9
    for secret in (hundredms_sandbox.secret, hundredms_sandbox.access_key, room.id, "a-secret"):
        assert secret not in caplog.text


def putting(**publish_params: Any) -> Callable[[hundredms.Client], object]:
    return lambda client: client.templates.put_role("t", "r", publish_params=publish_params)  # type: ignore[arg-type]


WORD = "word-of-tomorrow"


@pytest.mark.parametrize(
    ("call", "path"),
    [
        (putting(allowed=["audio", WORD]), "publishParams.allowed[1]"),
        (putting(allowed=[], video={"codec": WORD}), "publishParams.video.codec"),
        (
            lambda client: client.templates.create(
                destinations={"hlsDestinations": {"main": {"name": "main", "playlistType": WORD}}}
            ),
            "destinations.hlsDestinations.main.playlistType",
        ),
        (
            lambda client: client.templates.create(
                roles={"host": {"publishParams": {"allowed": [], "audio": {"codec": WORD}}}}
            ),
            "roles.host.publishParams.audio.codec",
        ),
        (
            lambda client: client.polls.create(title="t", questions=[{}, {"type": WORD}]),
            "questions[1].type",
        ),
    ],
)
def test_a_word_that_is_not_known_is_sent_with_one_hint_in_the_log_that_names_its_path(
    hundredms_sandbox: hundredms.Sandbox,
    caplog: pytest.LogCaptureFixture,
    call: Callable[[hundredms.Client], object],
    path: str,
) -> None:
    hundredms_sandbox.add_fault({"status": 404})
    with (
        caplog.at_level(logging.DEBUG, "hundredms"),
        hundredms_sandbox.client() as client,
        pytest.raises(hundredms.NotFoundError),
    ):
        call(client)
    hints = [
        one for record in caplog.records for one in record.getMessage().split("; ") if WORD in one
    ]
    assert len(hints) == 1
    assert f": {path}: `{WORD}` is not one of " in hints[0]


def test_words_that_are_known_are_sent_without_a_hint(
    hundredms_sandbox: hundredms.Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    hundredms_sandbox.add_fault({"status": 404})
    with (
        caplog.at_level(logging.DEBUG, "hundredms"),
        hundredms_sandbox.client() as client,
        pytest.raises(hundredms.NotFoundError),
    ):
        putting(allowed=["audio"], audio={"codec": "opus"}, video={"codec": "vp8"})(client)
    assert "is not" not in caplog.text


MISSPELT = (
    "publishParams.allowed[1]: `aduio` is not a value that this version knows; did you mean "
    "`audio`? It is sent as it is"
)


@pytest.mark.parametrize("observed", [False, True])
def test_a_word_that_is_misspelt_is_sent_with_one_warning_in_the_log(
    hundredms_sandbox: hundredms.Sandbox, caplog: pytest.LogCaptureFixture, observed: bool
) -> None:
    # An attempt that fails, and is retried.
    hundredms_sandbox.add_fault({"status": 503}, on={"nth": 1})
    seen: list[Any] = []
    client = hundredms.Client(
        hundredms_sandbox.access_key,
        hundredms_sandbox.secret,
        base_url=hundredms_sandbox.base_url,
        **(hooks(seen) if observed else {}),
    )
    with pytest.raises(hundredms.NotFoundError):
        putting(allowed=["video", "aduio"])(client)
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", f"templates.put_role: {MISSPELT}")
    ]
    warnings = [one.warning for one in seen if isinstance(one, RequestView)]
    assert warnings == ([MISSPELT, None] if observed else [])


def test_a_word_that_is_misspelt_is_one_warning_of_an_async_call_too(
    hundredms_sandbox: hundredms.Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        async with hundredms.AsyncClient(
            hundredms_sandbox.access_key,
            hundredms_sandbox.secret,
            base_url=hundredms_sandbox.base_url,
        ) as client:
            for name, word in enumerate(("aduio", "whiteboard", "audio", "aduio")):
                role: Any = {"name": "teacher", "publishParams": {"allowed": ["video", word]}}
                await client.templates.create(name=str(name), roles={"teacher": role})

    asyncio.run(main())
    messages = [record.getMessage() for record in caplog.records]
    assert messages == [f"templates.create: roles.teacher.{MISSPELT}"]


def test_a_log_that_fails_at_a_warning_still_has_the_attempt(
    hundredms_sandbox: hundredms.Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    def fail_at_warnings(record: logging.LogRecord) -> bool:
        if record.levelno == logging.WARNING:
            raise ValueError
        return True

    logger = logging.getLogger("hundredms")
    logger.addFilter(fail_at_warnings)
    try:
        with caplog.at_level(logging.DEBUG, "hundredms"):
            client = hundredms.Client(
                hundredms_sandbox.access_key,
                hundredms_sandbox.secret,
                base_url=hundredms_sandbox.base_url,
            )
            with pytest.raises(hundredms.NotFoundError):
                putting(allowed=["video", "aduio"])(client)
    finally:
        logger.removeFilter(fail_at_warnings)
    assert any(record.getMessage().endswith(", attempt 1") for record in caplog.records)


WARNED = """
import sys, hundredms
assert "logging" not in sys.modules
role = {"name": "teacher", "publishParams": {"allowed": ["video", "aduio"]}}
hundredms.Client().templates.create(name="class", roles={"teacher": role})
"""


def test_the_warning_is_on_stderr_of_a_program_that_does_not_log(
    run_script: Callable[..., CompletedProcess[str]],
) -> None:
    ended = run_script(WARNED)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == f"templates.create: roles.teacher.{MISSPELT}\n"


def test_a_program_that_logs_at_info_has_no_line_for_each_call(
    hundredms_sandbox: hundredms.Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), hundredms_sandbox.client() as client:
        for _ in range(3):
            client.rooms.list().first_page()
    assert [record for record in caplog.records if record.name.startswith("hundredms")] == []


SILENT = """
import sys, hundredms
client = hundredms.Client()
client.rooms.create(name="x")
assert not {"logging", "opentelemetry", "asyncio"} & set(sys.modules), "loaded for nothing"
import logging
client.rooms.create(name="y")
"""


def test_nothing_is_logged_or_loaded_unless_asked_for(
    run_script: Callable[..., CompletedProcess[str]],
) -> None:
    ended = run_script(SILENT)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


class Ends(BaseException):
    """What no `except Exception` catches, as the failure of a test."""


def failing(error: BaseException) -> Callable[[object], None]:
    def hook(_: object) -> None:
        raise error

    return hook


async def twenty_calls(sandbox: hundredms.Sandbox, **hooks: Any) -> list[Any]:
    async with hundredms.AsyncClient(
        sandbox.access_key, sandbox.secret, base_url=sandbox.base_url, **hooks
    ) as client:
        calls = (client.rooms.list().first_page() for _ in range(20))
        return await asyncio.wait_for(asyncio.gather(*calls), 20)


def twenty_threads(sandbox: hundredms.Sandbox, **hooks: Any) -> list[Any]:
    client = hundredms.Client(
        sandbox.access_key, sandbox.secret, base_url=sandbox.base_url, **hooks
    )
    with ThreadPoolExecutor(20) as pool:
        return list(pool.map(lambda _: client.rooms.list().first_page(), range(20)))


@pytest.mark.parametrize("error", [asyncio.CancelledError(), Ends(), GeneratorExit()])
def test_whatever_a_hook_raises_every_call_under_way_has_its_answer(
    hundredms_sandbox: hundredms.Sandbox, error: BaseException
) -> None:
    broken = {name: failing(error) for name in ("on_request", "on_response", "on_retry")}
    assert len(asyncio.run(twenty_calls(hundredms_sandbox, **broken))) == 20
    assert len(twenty_threads(hundredms_sandbox, **broken)) == 20


@pytest.mark.parametrize("error", [KeyError(), asyncio.CancelledError(), Ends()])
@pytest.mark.parametrize("level", [logging.INFO, logging.DEBUG])
def test_a_filter_of_the_log_that_raises_changes_nothing(
    hundredms_sandbox: hundredms.Sandbox, level: int, error: BaseException
) -> None:
    class Broken(logging.Filter):
        def filter(self, record: logging.LogRecord) -> bool:
            raise error

    logger = logging.getLogger("hundredms")
    before, broken = logger.level, Broken()
    logger.addFilter(broken)
    logger.setLevel(level)
    try:
        assert len(asyncio.run(twenty_calls(hundredms_sandbox, on_request=failing(error)))) == 20
        assert len(twenty_threads(hundredms_sandbox, on_request=failing(error))) == 20
    finally:
        logger.removeFilter(broken)
        logger.setLevel(before)


@pytest.mark.parametrize("ending", [SystemExit, KeyboardInterrupt])
def test_a_hook_can_end_the_program_and_no_other_call_is_lost(
    hundredms_sandbox: hundredms.Sandbox, ending: type[BaseException]
) -> None:
    client = hundredms.Client(
        hundredms_sandbox.access_key,
        hundredms_sandbox.secret,
        base_url=hundredms_sandbox.base_url,
        on_response=failing(ending()),
    )
    with pytest.raises(ending):
        client.rooms.list().first_page()
    ended: list[asyncio.Task[Any]] = []

    async def main() -> None:
        client = hundredms.AsyncClient(
            hundredms_sandbox.access_key,
            hundredms_sandbox.secret,
            base_url=hundredms_sandbox.base_url,
            on_response=once,
        )
        ended.extend(asyncio.create_task(client.rooms.list().first_page()) for _ in range(20))
        await asyncio.wait(ended)

    raised: list[int] = []

    def once(_: object) -> None:
        if not raised:
            raised.append(1)
            raise ending

    loop = asyncio.new_event_loop()
    try:
        waiting = loop.create_task(main())
        with pytest.raises(ending):
            loop.run_until_complete(waiting)
        loop.run_until_complete(asyncio.wait_for(waiting, 20))
        assert [len(task.result().data) for task in ended] == [0] * 20
    finally:
        loop.close()


HALF_IMPORTED = """
import sys, types, hundredms
class Broken:
    is_valid = True
    trace_id = span_id = 1
    trace_flags = 0
    class trace_state:
        def to_header():
            raise KeyError("in a propagator")
    def get_span_context(self):
        return self
half = types.ModuleType("opentelemetry.trace")
sys.modules["opentelemetry.trace"] = half
client = hundredms.Client()
client.rooms.create(name="x")
half.get_current_span = Broken
client.rooms.create(name="y")
"""


def test_a_trace_that_cannot_be_read_is_none(
    run_script: Callable[..., CompletedProcess[str]],
) -> None:
    ended = run_script(HALF_IMPORTED)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


FAILING = """
import asyncio, logging, hundredms
from hundredms import webhooks
def broken(_):
    raise KeyError("in a hook")
client = hundredms.Client(on_request=broken)
client.rooms.create(name="x")
async def main():
    async with hundredms.AsyncClient(on_request=broken) as other:
        await other.rooms.list().first_page()
asyncio.run(main())
receiver = webhooks.Receiver(allow_unverified=True)
receiver.fallback(broken)
assert receiver.handle(b'{"id":"1","type":"new","data":{}}', {}).status == 500
closed = webhooks.Receiver(headers={"x-secret": "k"})
assert closed.handle(b"{}", {}).status == 401
"""


def test_a_program_without_logging_sees_what_hooks_and_handlers_raised(
    run_script: Callable[..., CompletedProcess[str]],
) -> None:
    ended = run_script(FAILING)
    assert (ended.returncode, ended.stdout) == (0, "")
    assert ended.stderr.count("a hook or a log handler failed") == 2
    assert "the handler of webhook 1 (new) failed" in ended.stderr
    assert ended.stderr.count('raise KeyError("in a hook")') == 3
    assert "a webhook was refused" in ended.stderr
