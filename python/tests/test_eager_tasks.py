"""Tasks that begin at once (`asyncio.eager_task_factory`, since Python 3.12): as with other tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

import hundredms
from hundredms import webhooks

from . import test_context as context

traced = context.traced


def eager(main: Callable[[], Awaitable[None]]) -> None:
    async def begin() -> None:
        factory: Any = asyncio.eager_task_factory  # type: ignore[attr-defined,unused-ignore]
        asyncio.get_running_loop().set_task_factory(factory)
        await main()

    asyncio.run(begin())


def test_eager_tasks_call_cancel_and_handle_webhooks_as_others_do(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    receiver = webhooks.Receiver(headers={"x-s": "k"})
    handled: list[str] = []

    @receiver.fallback(background=True)
    async def handle(event: webhooks.Event[Any]) -> None:
        await asyncio.sleep(0)
        handled.append(event.id)

    async def main() -> None:
        async with hundredms_sandbox.async_client() as client:
            calls = [asyncio.create_task(client.rooms.list().first_page()) for _ in range(100)]
            given_up = [asyncio.create_task(client.rooms.list().first_page()) for _ in range(20)]
            for call in given_up:
                call.cancel()
            pages = await asyncio.gather(*calls)
            assert [len(page.data) for page in pages] == [0] * 100
            ended = await asyncio.gather(*given_up, return_exceptions=True)
            assert all(isinstance(one, asyncio.CancelledError) for one in ended)
        answers = await asyncio.gather(
            *(receiver.handle_async(context.EVENT % number, {"x-s": "k"}) for number in range(50))
        )
        assert {answer.status for answer in answers} == {200}
        await receiver.drain_async()

    eager(main)
    assert len(handled) == 50


def test_hooks_and_log_see_the_context_of_their_call(
    traced: tuple[hundredms.Sandbox, list[str]],
) -> None:
    context.test_hooks_and_log_of_an_async_call_see_the_context_of_that_call(traced, eager)


@pytest.mark.parametrize("waits", [False, True])
def test_a_token_callback_sees_the_context_of_its_call(
    hundredms_sandbox: hundredms.Sandbox, waits: bool
) -> None:
    context.test_a_token_callback_sees_the_context_of_the_call_that_needs_the_token(
        hundredms_sandbox, eager, waits
    )


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("background", [False, True])
def test_webhook_handlers_see_the_context_of_their_request(waits: bool, background: bool) -> None:
    context.test_async_webhook_handlers_see_the_context_of_their_request(eager, background, waits)
