"""The clients: blocking and async."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from ._calls import Calls, RawAnswer, encode
from ._native import Core
from ._tokens import Tokens
from .resources import AsyncResources, Resources

if TYPE_CHECKING:
    import os
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from typing_extensions import Self


def _core(
    access_key: str | None,
    secret: str | None,
    *,
    token: str | TokenCallback | None,
    base_url: str | None,
    auth_url: str | None,
    timeout: float | None,
    connect_timeout: float | None,
    max_retries: int | None,
    proxy: str | bool | None,
    ca_file: str | os.PathLike[str] | None,
    user_agent: str | None,
) -> Core:
    return Core(
        encode(
            {
                "access_key": access_key,
                "secret": secret,
                "token": "" if callable(token) else token,
                "base_url": base_url,
                "auth_url": auth_url,
                "timeout": timeout,
                "connect_timeout": connect_timeout,
                "max_retries": max_retries,
                "proxy": proxy,
                "ca_file": None if ca_file is None else str(ca_file),
                "user_agent": user_agent,
            }
        ),
        token if callable(token) else None,
    )


TokenCallback: TypeAlias = "Callable[[], str | Awaitable[str]]"
Query = Mapping[str, "str | int | float | bool | Sequence[str]"]


def _pairs(query: Query | None) -> list[tuple[str, str]]:
    """Give each value of a query as text; a sequence once for each item."""
    pairs: list[tuple[str, str]] = []
    for name, value in (query or {}).items():
        if isinstance(value, bool):
            pairs.append((name, "true" if value else "false"))
        elif isinstance(value, (str, int, float)):
            pairs.append((name, str(value)))
        else:
            pairs.extend((name, item) for item in value)
    return pairs


class Client(Resources):
    """A blocking client of the service. Safe to share between threads, and good in a forked child.

    Use it as a context manager, or not at all: a client that is never closed holds up nothing.
    """

    tokens: Tokens
    """Mint, read and check tokens."""

    def __init__(
        self,
        access_key: str | None = None,
        secret: str | None = None,
        *,
        token: str | Callable[[], str] | None = None,
        base_url: str | None = None,
        auth_url: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int | None = None,
        proxy: str | bool | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        user_agent: str | None = None,
    ) -> None:
        """Make a client. Nothing connects before the first call.

        Args:
            access_key: Access key; from HMS_ACCESS_KEY or APP_ACCESS_KEY when None.
            secret: Its secret; from HMS_SECRET or APP_SECRET when None.
            token: Instead of both, a ready management token, which is not renewed, or what gives
                one when it is called: at the first call, 5 minutes before the token ends, and
                after a 401. It is called in the thread that makes the call.
            base_url: Where the API is; from HMS_BASE_URL when None, else the service itself.
            auth_url: Where room codes are exchanged; from HMS_AUTH_URL when None, else
                the service itself.
            timeout: Seconds for a whole call, over all tries; 30 when None.
            connect_timeout: Seconds for making a connection; 5 when None.
            max_retries: How often a failed try is repeated; 2 when None.
            proxy: Address of a proxy, or False for none; as the environment says when None.
            ca_file: PEM file with certificates to trust beside those of the system.
            user_agent: A word of your own in the user agent.

        Raises:
            ConfigurationError: No credentials, a bad URL, an unreadable CA file.
        """
        self._core = _core(
            access_key,
            secret,
            token=token,
            base_url=base_url,
            auth_url=auth_url,
            timeout=timeout,
            connect_timeout=connect_timeout,
            max_retries=max_retries,
            proxy=proxy,
            ca_file=ca_file,
            user_agent=user_agent,
        )
        self.tokens = Tokens(self._core)
        super().__init__(Calls(self._core))

    def call_raw(
        self,
        operation: str,
        arguments: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RawAnswer:
        """Call an operation by its name and give the answer as it came: status, headers, bytes.

        Args:
            operation: Name of the operation: `rooms.get`.
            arguments: Its arguments, under the names that the service has for them.
            timeout: Seconds for the whole call, over all tries; as the client has it when None.
            max_retries: How often a failed try is repeated; as the client has it when None.
        """
        return RawAnswer(
            *self._core.call_raw(operation, encode(arguments or {}), timeout, max_retries)
        )

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Any = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RawAnswer:
        """Send a request that this version has no operation for, with the management token.

        Args:
            method: HTTP method.
            path: Path below the base URL, sent as it is: encode what you put into it.
            query: Query parameters.
            body: Body, sent as JSON unless None.
            timeout: Seconds for the whole call, over all tries; as the client has it when None.
            max_retries: How often a failed try is repeated; as the client has it when None.
        """
        content = None if body is None else encode(body)
        return RawAnswer(
            *self._core.request(method, path, _pairs(query), content, timeout, max_retries)
        )

    def close(self) -> None:
        """Close the connections; calls under way go on, later ones fail."""
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncClient(AsyncResources):
    """An async client of the service, good in any event loop, and in several at once."""

    tokens: Tokens
    """Mint, read and check tokens."""

    def __init__(
        self,
        access_key: str | None = None,
        secret: str | None = None,
        *,
        token: str | TokenCallback | None = None,
        base_url: str | None = None,
        auth_url: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int | None = None,
        proxy: str | bool | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        user_agent: str | None = None,
    ) -> None:
        """Make a client. Nothing connects before the first call.

        Args:
            access_key: Access key; from HMS_ACCESS_KEY or APP_ACCESS_KEY when None.
            secret: Its secret; from HMS_SECRET or APP_SECRET when None.
            token: Instead of both, a ready management token, which is not renewed, or what gives
                one when it is called, at once or to be awaited: at the first call, 5 minutes
                before the token ends, and after a 401. It is called in the loop of the call.
            base_url: Where the API is; from HMS_BASE_URL when None, else the service itself.
            auth_url: Where room codes are exchanged; from HMS_AUTH_URL when None, else
                the service itself.
            timeout: Seconds for a whole call, over all tries; 30 when None.
            connect_timeout: Seconds for making a connection; 5 when None.
            max_retries: How often a failed try is repeated; 2 when None.
            proxy: Address of a proxy, or False for none; as the environment says when None.
            ca_file: PEM file with certificates to trust beside those of the system.
            user_agent: A word of your own in the user agent.

        Raises:
            ConfigurationError: No credentials, a bad URL, an unreadable CA file.
        """
        self._core = _core(
            access_key,
            secret,
            token=token,
            base_url=base_url,
            auth_url=auth_url,
            timeout=timeout,
            connect_timeout=connect_timeout,
            max_retries=max_retries,
            proxy=proxy,
            ca_file=ca_file,
            user_agent=user_agent,
        )
        self.tokens = Tokens(self._core)
        from ._async_calls import AsyncCalls  # noqa: PLC0415 - asyncio is slow to import

        super().__init__(AsyncCalls(self._core, token if callable(token) else None))

    async def call_raw(
        self,
        operation: str,
        arguments: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RawAnswer:
        """Call an operation by its name and give the answer as it came: status, headers, bytes.

        Args:
            operation: Name of the operation: `rooms.get`.
            arguments: Its arguments, under the names that the service has for them.
            timeout: Seconds for the whole call, over all tries; as the client has it when None.
            max_retries: How often a failed try is repeated; as the client has it when None.
        """
        return await self._calls.raw(operation, encode(arguments or {}), timeout, max_retries)

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Any = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RawAnswer:
        """Send a request that this version has no operation for, with the management token.

        Args:
            method: HTTP method.
            path: Path below the base URL, sent as it is: encode what you put into it.
            query: Query parameters.
            body: Body, sent as JSON unless None.
            timeout: Seconds for the whole call, over all tries; as the client has it when None.
            max_retries: How often a failed try is repeated; as the client has it when None.
        """
        content = None if body is None else encode(body)
        return await self._calls.request(method, path, _pairs(query), content, timeout, max_retries)

    async def close(self) -> None:
        """Close the connections; calls under way go on, later ones fail."""
        self._core.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()
