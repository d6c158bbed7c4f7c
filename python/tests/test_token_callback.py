"""Tokens from a callback: asked for where the call waits, and no oftener than needed."""

from __future__ import annotations

import asyncio
import threading
import time
from contextvars import ContextVar

import pytest

import hundredms

_user: ContextVar[str] = ContextVar("user", default="nobody")


class Issuer:
    """Gives management tokens of a sandbox, and counts."""

    def __init__(self, sandbox: hundredms.Sandbox) -> None:
        self._tokens = sandbox.client().tokens
        self.given = 0
        self.valid_for: float | None = None
        self.threads: set[str] = set()
        self.users: set[str] = set()

    def __call__(self) -> str:
        self.given += 1
        self.threads.add(threading.current_thread().name)
        self.users.add(_user.get())
        return self._tokens.management(valid_for=self.valid_for)

    async def later(self) -> str:
        await asyncio.sleep(0)
        return self()


def blocking(sandbox: hundredms.Sandbox, issuer: Issuer) -> hundredms.Client:
    return hundredms.Client(token=issuer, base_url=sandbox.base_url, auth_url=sandbox.auth_url)


def test_a_token_is_asked_for_once_and_again_when_it_is_refused(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    issuer = Issuer(hundredms_sandbox)
    client = blocking(hundredms_sandbox, issuer)
    assert issuer.given == 0
    for number in range(3):
        client.rooms.create(name=f"physics-{number}")
    assert issuer.given == 1
    hundredms_sandbox.advance_clock(2 * 86400)
    issuer.valid_for = 4 * 86400
    assert len(list(client.rooms.list())) == 3
    assert issuer.given == 2


def test_many_threads_ask_once_and_the_callback_sees_the_context_of_one_that_waits(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    issuer = Issuer(hundredms_sandbox)
    client = blocking(hundredms_sandbox, issuer)

    def call(name: str) -> None:
        _user.set(name)
        list(client.rooms.list())

    threads = [
        threading.Thread(target=call, args=(f"user-{number}",), name=f"user-{number}")
        for number in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert issuer.given == 1
    assert issuer.users < {thread.name for thread in threads}


def test_async_clients_take_callbacks_of_both_kinds(hundredms_sandbox: hundredms.Sandbox) -> None:
    issuer = Issuer(hundredms_sandbox)

    async def main() -> None:
        for callback in (issuer, issuer.later):
            async with hundredms.AsyncClient(
                token=callback, base_url=hundredms_sandbox.base_url
            ) as client:
                await asyncio.gather(*(client.rooms.list().first_page() for _ in range(16)))

    asyncio.run(main())
    assert issuer.given == 2
    assert issuer.threads == {"MainThread"}


def test_what_the_callback_raises_is_the_cause_and_its_text_is_not_shown(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    def broken() -> str:
        raise KeyError("a secret")

    blocking = hundredms.Client(token=broken, base_url=hundredms_sandbox.base_url)
    with pytest.raises(hundredms.AuthenticationError, match="token callback failed") as failed:
        list(blocking.rooms.list())
    assert isinstance(failed.value.__cause__, KeyError)
    assert "a secret" not in f"{failed.value} {failed.value.cause}"

    async def main() -> None:
        client = hundredms.AsyncClient(token=broken, base_url=hundredms_sandbox.base_url)
        with pytest.raises(hundredms.AuthenticationError) as failed:
            await client.rooms.list().first_page()
        assert isinstance(failed.value.__cause__, KeyError)

    asyncio.run(main())


def test_no_text_is_no_token_and_keys_beside_a_callback_are_refused(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    client = hundredms.Client(
        token=lambda: 7,  # type: ignore[arg-type,return-value]
        base_url=hundredms_sandbox.base_url,
    )
    with pytest.raises(hundredms.AuthenticationError) as failed:
        list(client.rooms.list())
    assert "it returned int, not text" in str(failed.value)
    with pytest.raises(hundredms.ConfigurationError):
        hundredms.Client("key", "secret", token=lambda: "t")


def test_a_cancelled_call_stops_the_callback_that_it_waits_for(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    issuer = Issuer(hundredms_sandbox)
    asked = 0
    ended: list[str] = []

    async def main() -> None:
        async def token() -> str:
            nonlocal asked
            asked += 1
            if asked > 1:
                return issuer()
            try:
                await asyncio.Event().wait()
            finally:
                ended.append("cancelled")
            raise AssertionError

        client = hundredms.AsyncClient(token=token, base_url=hundredms_sandbox.base_url)
        first = asyncio.ensure_future(client.rooms.list().first_page())
        second = asyncio.ensure_future(client.rooms.list().first_page())
        while not asked:
            await asyncio.sleep(0.001)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        await second

    asyncio.run(main())
    assert (asked, ended) == (2, ["cancelled"])


def test_a_callback_that_ends_the_program_ends_the_call(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    def interrupted() -> str:
        raise KeyboardInterrupt

    client = hundredms.Client(token=interrupted, base_url=hundredms_sandbox.base_url)
    with pytest.raises(KeyboardInterrupt):
        list(client.rooms.list())


class Held:
    """A callback that gives a token that is no JWT, once it is let go."""

    def __init__(self) -> None:
        self.called = 0
        self.entered = threading.Event()
        self.let_go = threading.Event()

    def __call__(self) -> str:
        self.called += 1
        self.entered.set()
        assert self.let_go.wait(30)
        return "opaque"


def test_a_callback_that_blocks_does_not_outlast_the_timeout_and_is_not_called_again(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    held = Held()
    client = hundredms.Client(token=held, base_url=hundredms_sandbox.base_url, timeout=0.2)
    start = time.monotonic()
    for _ in range(2):
        with pytest.raises(hundredms.TimeoutError) as failed:
            list(client.rooms.list())
        assert failed.value.phase == "queue"
    assert time.monotonic() - start < 5
    assert held.called == 1
    held.let_go.set()


def test_one_answer_that_is_no_jwt_goes_to_all_threads_that_wait(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    held = Held()
    client = hundredms.Client(token=held, base_url=hundredms_sandbox.base_url, max_retries=0)
    refused: list[hundredms.HundredmsError] = []

    def call() -> None:
        try:
            list(client.rooms.list())
        except hundredms.AuthenticationError as error:  # the sandbox knows no such token
            refused.append(error)

    threads = [threading.Thread(target=call) for _ in range(50)]
    for thread in threads:
        thread.start()
    assert held.entered.wait(30)
    held.let_go.set()
    for thread in threads:
        thread.join()
    assert [error.status for error in refused] == [401] * 50
    # For all that waited, and for those that were refused and came back: not for each.
    assert held.called < 50


def test_a_callback_that_calls_its_own_client_is_refused_at_once(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    called: list[str] = []

    def token() -> str:
        called.append("blocking")
        return next(iter(client.rooms.list())).id

    client = hundredms.Client(token=token, base_url=hundredms_sandbox.base_url)
    with pytest.raises(hundredms.AuthenticationError) as failed:
        list(client.rooms.list())
    assert isinstance(failed.value.__cause__, hundredms.ConfigurationError)
    assert "let it use another client" in str(failed.value.__cause__)

    async def main() -> None:
        async def token() -> str:
            called.append("async")
            return (await client.rooms.list().first_page()).data[0].id

        client = hundredms.AsyncClient(token=token, base_url=hundredms_sandbox.base_url)
        with pytest.raises(hundredms.AuthenticationError) as failed:
            await client.rooms.list().first_page()
        assert isinstance(failed.value.__cause__, hundredms.ConfigurationError)

    asyncio.run(main())
    assert called == ["blocking", "async"]


def test_a_client_may_be_called_once_its_callback_is_over(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    issuer = Issuer(hundredms_sandbox)
    later: list[asyncio.Task[object]] = []

    async def main() -> None:
        async def use() -> object:
            await given.wait()
            return await client.rooms.list().first_page()

        async def token() -> str:
            later.append(asyncio.create_task(use()))
            return issuer()

        given = asyncio.Event()
        client = hundredms.AsyncClient(token=token, base_url=hundredms_sandbox.base_url)
        await client.rooms.list().first_page()
        given.set()
        await later[0]

    asyncio.run(main())
    assert issuer.given == 1
