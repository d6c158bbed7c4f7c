"""Tokens from a callback: asked for where the call waits, and no oftener than needed."""

from __future__ import annotations

import asyncio
import threading

import pytest

import hundredms


class Issuer:
    """Gives management tokens of a sandbox, and counts."""

    def __init__(self, sandbox: hundredms.Sandbox) -> None:
        self._tokens = sandbox.client().tokens
        self.given = 0
        self.valid_for: float | None = None
        self.threads: set[str] = set()

    def __call__(self) -> str:
        self.given += 1
        self.threads.add(threading.current_thread().name)
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


def test_many_threads_ask_once_and_the_answer_comes_from_one_that_waits(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    issuer = Issuer(hundredms_sandbox)
    client = blocking(hundredms_sandbox, issuer)
    threads = [
        threading.Thread(target=lambda: list(client.rooms.list()), name=f"user-{number}")
        for number in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert issuer.given == 1
    assert issuer.threads < {thread.name for thread in threads}


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
    assert "it gave int, not text" in str(failed.value)
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
