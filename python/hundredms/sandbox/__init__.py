"""The sandbox: a local emulator of the service, in this process.

    with hundredms.Sandbox() as sandbox:
        client = sandbox.client()
        room = client.rooms.create(name="physics-7")
        sandbox.join_peer(room_id=room.id, role="host", user_id="ada")
        sandbox.advance_clock(3600)

It listens on the loopback interface, keeps all state in memory, and responds as the service's
documentation says. Its methods drive what otherwise depends on a media server or on time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .. import _loaded as _loaded
from .._client import AsyncClient, Client
from .._typing import Self
from ._controls import Controls
from ._emulator import SandboxError
from ._faults import FaultReport
from ._models import (
    Clock,
    FaultEffect,
    FaultMatch,
    Job,
    LoggedRequest,
    Message,
    Peer,
    PollAnswered,
    PollRun,
    RtmpIn,
    Snapshot,
    Stats,
    Track,
    WebhookAttempt,
    WebhookDelivery,
    WebhookFault,
    WebhookQueue,
)
from ._webhook_request import WebhookRequest

if TYPE_CHECKING:
    from ..webhooks import Receiver
    from ._delivery import AsyncDelivery, Delivery
else:  # annotations can be read without them
    AsyncDelivery = Delivery = Receiver = Any

__all__ = [
    "AsyncSandbox",
    "Clock",
    "Controls",
    "FaultEffect",
    "FaultMatch",
    "FaultReport",
    "Job",
    "LoggedRequest",
    "Message",
    "Peer",
    "PollAnswered",
    "PollRun",
    "RtmpIn",
    "Sandbox",
    "SandboxError",
    "Snapshot",
    "Stats",
    "Track",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookFault",
    "WebhookQueue",
    "WebhookRequest",
]


class Sandbox(Controls):
    """An emulated workspace for blocking clients. It stops at the end of the `with` block."""

    def client(
        self,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Client:
        """Create a client for this sandbox.

        Args:
            timeout: Seconds for a whole call, over all attempts. Defaults to 30.
            max_retries: How often a failed attempt is retried. Defaults to 2.
        """
        client = Client(
            self.access_key,
            self.secret,
            base_url=self.base_url,
            auth_url=self.auth_url,
            timeout=timeout,
            max_retries=max_retries,
        )
        return self._known(client)

    def async_client(
        self,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncClient:
        """Create an async client for this sandbox.

        Args:
            timeout: Seconds for a whole call, over all attempts. Defaults to 30.
            max_retries: How often a failed attempt is retried. Defaults to 2.
        """
        client = AsyncClient(
            self.access_key,
            self.secret,
            base_url=self.base_url,
            auth_url=self.auth_url,
            timeout=timeout,
            max_retries=max_retries,
        )
        return self._known(client)

    def deliver_to(
        self,
        app: Receiver | Callable[..., Any],
        *,
        path: str = "/",
        headers: Mapping[str, str] | None = None,
        signing_key: str | None = None,
        allow_refusals: bool = False,
        allow_failures: bool = False,
        lifespan: bool = False,
    ) -> Delivery:
        """Deliver the workspace's webhooks to a receiver or an app in this process.

            with sandbox.deliver_to(receiver, headers={"x-secret": SECRET}):
                sandbox.join_peer(room_id=room.id, role="host")

        Use it as a context manager. Webhooks are delivered to a thread over a loopback port, with
        the sandbox's retries and faults. The end of the block waits until all due webhooks were
        attempted, then at most 10 seconds for requests and for background handlers of the receivers
        that the app uses. What runs for longer is cancelled, and is an error; a handler that blocks
        runs on in its thread. Replaces earlier settings of `set_webhook`.

        Args:
            app: A `webhooks.Receiver`, an ASGI app, or a WSGI app.
            path: Path at which the app expects them, such as `/webhooks/100ms`. Defaults to `/`. A
                receiver and `receiver.asgi()` take any.
            headers: Headers sent with every webhook.
            signing_key: Key of the signature in `x-100ms-signature`. Not signed if None.
            allow_refusals: Whether the app may refuse every webhook, for a test of that. Defaults
                to False.
            allow_failures: Whether handlers may fail, for a test of that. Defaults to False. An
                event that fails and is handled when it is sent again counts as handled.
            lifespan: Whether to run the lifespan of an ASGI app: its start before the block, its
                end after it. Defaults to False, for an app whose lifespan a test client runs.

        Raises:
            SandboxError: At the end of the block, the app has answered 401, 403, 404 or 405 to
                every webhook, so that its handlers were not called. Or an event was not answered
                with 200 the last time that it was sent, or its background handler failed, or either
                took too long, or the store of handled webhooks failed: the message has the event,
                the status and the exception, which is the `__cause__`. At the start or the end, the
                lifespan failed, or took longer than 30 seconds.
        """
        from ._delivery import Delivery  # noqa: PLC0415 - asyncio is slow to import

        return Delivery(
            self, app, path, headers, signing_key, allow_refusals, allow_failures, lifespan
        )

    def settle_webhooks(self, timeout: float | None = None) -> WebhookQueue:
        """Wait until no delivery is due or running, and count those that wait for a retry.

        Args:
            timeout: Seconds of real time. Defaults to 10.

        Raises:
            SandboxError: Some deliveries are still due or running.
        """
        return self._run("settle_webhooks", WebhookQueue, {"timeout_seconds": timeout})

    def stop(self) -> None:
        """Stop listening, and wait at most 2 seconds for running requests to finish."""
        self._native.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


class AsyncSandbox(Controls):
    """An emulated workspace for async clients. Its controls do not block."""

    def client(
        self,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncClient:
        """Create a client for this sandbox.

        Args:
            timeout: Seconds for a whole call, over all attempts. Defaults to 30.
            max_retries: How often a failed attempt is retried. Defaults to 2.
        """
        client = AsyncClient(
            self.access_key,
            self.secret,
            base_url=self.base_url,
            auth_url=self.auth_url,
            timeout=timeout,
            max_retries=max_retries,
        )
        return self._known(client)

    def advance_clock(self, seconds: float | timedelta) -> Clock:
        """Advance the virtual clock. Runs everything that is due except webhooks, then returns.

        `settle_webhooks` waits until they were attempted, including due retries.
        `advanced_seconds` of the result is the sum of all advances.
        """
        return self._advance(seconds, deliver=False)

    def deliver_to(
        self,
        app: Receiver | Callable[..., Any],
        *,
        path: str = "/",
        headers: Mapping[str, str] | None = None,
        signing_key: str | None = None,
        allow_refusals: bool = False,
        allow_failures: bool = False,
        lifespan: bool = False,
    ) -> AsyncDelivery:
        """Deliver the workspace's webhooks to a receiver or an app in this process.

            async with sandbox.deliver_to(receiver, headers={"x-secret": SECRET}):
                sandbox.join_peer(room_id=room.id, role="host")

        Use it as an async context manager. Webhooks are delivered in this event loop over a
        loopback port, with the sandbox's retries and faults. The end of the block waits until all
        due webhooks were attempted, then at most 10 seconds for requests and for background
        handlers of the receivers that the app uses. What runs for longer is cancelled, and is an
        error; a handler that blocks runs on in its thread. Replaces earlier settings of
        `set_webhook`.

        Args:
            app: A `webhooks.Receiver`, an ASGI app, or a WSGI app.
            path: Path at which the app expects them, such as `/webhooks/100ms`. Defaults to `/`. A
                receiver and `receiver.asgi()` take any.
            headers: Headers sent with every webhook.
            signing_key: Key of the signature in `x-100ms-signature`. Not signed if None.
            allow_refusals: Whether the app may refuse every webhook, for a test of that. Defaults
                to False.
            allow_failures: Whether handlers may fail, for a test of that. Defaults to False. An
                event that fails and is handled when it is sent again counts as handled.
            lifespan: Whether to run the lifespan of an ASGI app: its start before the block, its
                end after it. Defaults to False, for an app whose lifespan a test client runs.

        Raises:
            SandboxError: At the end of the block, the app has answered 401, 403, 404 or 405 to
                every webhook, so that its handlers were not called. Or an event was not answered
                with 200 the last time that it was sent, or its background handler failed, or either
                took too long, or the store of handled webhooks failed: the message has the event,
                the status and the exception, which is the `__cause__`. At the start or the end, the
                lifespan failed, or took longer than 30 seconds.
        """
        from ._delivery import AsyncDelivery  # noqa: PLC0415 - asyncio is slow to import

        return AsyncDelivery(
            self, app, path, headers, signing_key, allow_refusals, allow_failures, lifespan
        )

    async def settle_webhooks(self, timeout: float | None = None) -> WebhookQueue:
        """Wait until no delivery is due or running, and count those that wait for a retry.

        Args:
            timeout: Seconds of real time. Defaults to 10.

        Raises:
            SandboxError: Some deliveries are still due or running.
        """
        import asyncio  # noqa: PLC0415

        arguments = {"timeout_seconds": timeout}
        return await asyncio.to_thread(self._run, "settle_webhooks", WebhookQueue, arguments)

    def stop_now(self) -> None:
        """Stop as `stop` does, and wait for it in this thread."""
        self._native.stop()

    async def stop(self) -> None:
        """Stop listening, and wait at most 2 seconds for running requests to finish."""
        import asyncio  # noqa: PLC0415 - not at import: blocking programs do without it

        await asyncio.to_thread(self._native.stop)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()
