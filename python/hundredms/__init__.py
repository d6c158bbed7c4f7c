"""Server SDK for 100ms, the live-video platform: every operation of its REST API.

client = hundredms.Client()
room = client.rooms.create(name="physics-7")
token = client.tokens.auth(room.id, "host", user_id="ada")

Everything is loaded when it is first used, so that importing this package costs next to nothing.
"""

from typing import TYPE_CHECKING

from . import _process as _process

if TYPE_CHECKING:
    from . import inputs as inputs
    from . import models as models
    from . import sandbox as sandbox
    from . import webhooks as webhooks
    from ._calls import RawAnswer
    from ._client import AsyncClient, Cassette, Client
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
        LookAt,
        NotFoundError,
        PermissionDeniedError,
        RateLimitedError,
        ServerError,
        TimeoutError,
    )
    from ._hooks import RequestView, ResponseView, RetryView
    from ._pages import AsyncItems, AsyncPager, AsyncPages, Items, Pager, Pages
    from ._tokens import Claims
    from .sandbox import AsyncSandbox, Sandbox

    __version__: str
__all__ = [
    "AmbiguousOutcomeError",
    "AsyncClient",
    "AsyncItems",
    "AsyncPager",
    "AsyncPages",
    "AsyncSandbox",
    "AuthenticationError",
    "BadRequestError",
    "CancelledError",
    "Cassette",
    "Claims",
    "Client",
    "ConfigurationError",
    "ConflictError",
    "ConnectionError",
    "DecodeError",
    "HundredMsError",
    "InvalidRequestError",
    "Items",
    "LookAt",
    "NotFoundError",
    "Pager",
    "Pages",
    "PermissionDeniedError",
    "RateLimitedError",
    "RawAnswer",
    "RequestView",
    "ResponseView",
    "RetryView",
    "Sandbox",
    "ServerError",
    "TimeoutError",
]

if not TYPE_CHECKING:  # it would hide typos from type checkers
    _MODULES = frozenset({"inputs", "models", "sandbox", "webhooks"})
    _PLACES = {
        "AsyncClient": "_client",
        "AsyncItems": "_pages",
        "AsyncPager": "_pages",
        "AsyncPages": "_pages",
        "AsyncSandbox": "sandbox",
        "Cassette": "_client",
        "Claims": "_tokens",
        "Client": "_client",
        "Items": "_pages",
        "Pager": "_pages",
        "Pages": "_pages",
        "RawAnswer": "_calls",
        "RequestView": "_hooks",
        "ResponseView": "_hooks",
        "RetryView": "_hooks",
        "Sandbox": "sandbox",
    }

    def __getattr__(name: str) -> object:
        """Load what is used for the first time."""
        from importlib import import_module  # noqa: PLC0415

        if name in _MODULES:
            return import_module(f".{name}", __name__)
        if name == "__version__":
            return import_module("._native", __name__).__version__
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f".{_PLACES.get(name, '_errors')}", __name__), name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        """Name what is loaded and what will be."""
        return sorted({*globals(), *__all__, *_MODULES, "__version__"})
