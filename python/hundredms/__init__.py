"""Server SDK for 100ms, the live-video platform: every operation of its REST API.

client = hundredms.Client()
room = client.rooms.create(name="physics-7")
token = client.tokens.auth(room.id, "host", user_id="ada")
"""

from typing import TYPE_CHECKING, Any

from . import _process as _process
from ._calls import RawAnswer
from ._client import AsyncClient, Client
from ._errors import (
    AmbiguousOutcomeError,
    AuthenticationError,
    BadRequestError,
    CancelledError,
    ConfigurationError,
    ConflictError,
    ConnectionError,
    DecodeError,
    HundredMsError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    ServerError,
    TimeoutError,
)
from ._pages import AsyncPager, Pager
from ._tokens import Claims

if TYPE_CHECKING:
    from .sandbox import AsyncSandbox, Sandbox

__all__ = [
    "AmbiguousOutcomeError",
    "AsyncClient",
    "AsyncPager",
    "AsyncSandbox",
    "AuthenticationError",
    "BadRequestError",
    "CancelledError",
    "Claims",
    "Client",
    "ConfigurationError",
    "ConflictError",
    "ConnectionError",
    "DecodeError",
    "HundredMsError",
    "InvalidRequestError",
    "NotFoundError",
    "Pager",
    "PermissionDeniedError",
    "RateLimitedError",
    "RawAnswer",
    "Sandbox",
    "ServerError",
    "TimeoutError",
]

if not TYPE_CHECKING:  # it would hide typos from type checkers

    def __getattr__(name: str) -> Any:
        """Load the sandbox when it is first used: services never do."""
        if name in {"AsyncSandbox", "Sandbox"}:
            from . import sandbox  # noqa: PLC0415

            return getattr(sandbox, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
