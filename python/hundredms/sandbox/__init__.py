"""The sandbox: a local emulator of the service, in this process.

    with hundredms.Sandbox() as sandbox:
        client = sandbox.client()
        room = client.rooms.create(name="physics-7")
        sandbox.join_peer(room_id=room.id, role="host", user_id="ada")
        sandbox.advance_clock(3600)

It listens on the loopback interface, keeps everything in memory, and answers as the service
documents it. What only a media server or the passing of time would do is driven by its methods.
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
from ._models import (
    Clock,
    ControlError,
    FaultEffect,
    FaultMatch,
    FaultReport,
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
    WebhookRequest,
)

if TYPE_CHECKING:
    from ..webhooks import Receiver
    from ._delivery import AsyncDelivery, Delivery
else:  # annotations can be read without them
    AsyncDelivery = Delivery = Receiver = Any

__all__ = [
    "AsyncSandbox",
    "Clock",
    "ControlError",
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
    """An emulated workspace for blocking clients. It is stopped at the end of the `with` block."""

    def client(
        self,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Client:
        """Make a client of this sandbox.

        Args:
            timeout: Seconds for a whole call, over all tries; 30 when None.
            max_retries: How often a failed try is repeated; 2 when None.
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
        """Make an async client of this sandbox.

        Args:
            timeout: Seconds for a whole call, over all attempts; 30 when None.
            max_retries: How often a failed attempt is repeated; 2 when None.
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
    ) -> Delivery:
        """Deliver the webhooks of the workspace to a receiver or an app of this process.

            with sandbox.deliver_to(receiver, headers={"x-secret": SECRET}):
                sandbox.join_peer(room_id=room.id, role="host")

        Use it as a context manager. Webhooks go to a thread over a loopback port, with
        retries and all else that the sandbox does; at its end it waits until those that are due
        were attempted. The lifespan of an ASGI app is not run. What `set_webhook` was told before
        is forgotten.

        Args:
            app: A `webhooks.Receiver`, an ASGI app, or a WSGI app.
            path: Path that the app expects them at.
            headers: Headers sent with every webhook.
            signing_key: Key of the signature in `x-100ms-signature`; not signed when None.
        """
        from ._delivery import Delivery  # noqa: PLC0415 - asyncio is slow to import

        return Delivery(self, app, path, headers, signing_key)

    def settle_webhooks(self, timeout: float | None = None) -> WebhookQueue:
        """Wait until no delivery is due or under way, and count those that wait for a retry.

        Args:
            timeout: Seconds of real time; 10 when None.

        Raises:
            ControlError: Some are still due or under way.
        """
        return self._run("settle_webhooks", WebhookQueue, {"timeout_seconds": timeout})

    def stop(self) -> None:
        """Stop listening, let requests under way end, and wait for that, for 2 seconds at most."""
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
    """An emulated workspace for async clients. Its controls wait for nothing."""

    def client(
        self,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncClient:
        """Make a client of this sandbox.

        Args:
            timeout: Seconds for a whole call, over all tries; 30 when None.
            max_retries: How often a failed try is repeated; 2 when None.
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
        """Move the virtual clock on. Runs everything that is due but webhooks, then returns.

        `settle_webhooks` waits until they were attempted, retries that are due by then included.
        """
        return self._advance(seconds, deliver=False)

    def deliver_to(
        self,
        app: Receiver | Callable[..., Any],
        *,
        path: str = "/",
        headers: Mapping[str, str] | None = None,
        signing_key: str | None = None,
    ) -> AsyncDelivery:
        """Deliver the webhooks of the workspace to a receiver or an app of this process.

            async with sandbox.deliver_to(receiver, headers={"x-secret": SECRET}):
                sandbox.join_peer(room_id=room.id, role="host")

        Use it as an async context manager. Webhooks go through this event loop over a loopback
        port, with retries and all else that the sandbox does; at its end it waits until those that
        are due were attempted. The lifespan of an ASGI app is not run. What `set_webhook` was told
        before is forgotten.

        Args:
            app: A `webhooks.Receiver`, an ASGI app, or a WSGI app.
            path: Path that the app expects them at.
            headers: Headers sent with every webhook.
            signing_key: Key of the signature in `x-100ms-signature`; not signed when None.
        """
        from ._delivery import AsyncDelivery  # noqa: PLC0415 - asyncio is slow to import

        return AsyncDelivery(self, app, path, headers, signing_key)

    async def settle_webhooks(self, timeout: float | None = None) -> WebhookQueue:
        """Wait until no delivery is due or under way, and count those that wait for a retry.

        Args:
            timeout: Seconds of real time; 10 when None.

        Raises:
            ControlError: Some are still due or under way.
        """
        import asyncio  # noqa: PLC0415

        arguments = {"timeout_seconds": timeout}
        return await asyncio.to_thread(self._run, "settle_webhooks", WebhookQueue, arguments)

    def stop_now(self) -> None:
        """Stop as `stop` does, and wait for it in this thread."""
        self._native.stop()

    async def stop(self) -> None:
        """Stop listening, let requests under way end, and wait for that, for 2 seconds at most."""
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
