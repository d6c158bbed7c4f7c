"""Server SDK for 100ms, the live-video platform: every operation of its REST API, blocking and async.

client = hundredms.Client()
room = client.rooms.create(name="physics-7")
token = client.tokens.auth(room.id, "host", user_id="ada")
"""

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
