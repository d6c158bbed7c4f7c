"""Server SDK for 100ms, the live-video platform: every operation of its REST API.

    client = hundredms.Client()
    room = client.rooms.create(name="physics-7")
    token = client.tokens.auth(room.id, "host", user_id="ada")

Modules are loaded when they are first used, so importing this package is fast.
"""

from sys import modules
from typing import TYPE_CHECKING

from . import _process as _process

if TYPE_CHECKING:
    from . import inputs as inputs
    from . import models as models
    from . import sandbox as sandbox
    from . import webhooks as webhooks
    from ._asset_stream import AssetStream, AsyncAssetStream
    from ._bulk_types import Journal, MapProgress, MapResult
    from ._calls import RawResponse, Response
    from ._client import AsyncClient, Cassette, Client
    from ._errors import (
        AmbiguousOutcomeError,
        AuthenticationError,
        BadRequestError,
        CancelledError,
        CheckWith,
        ConfigurationError,
        ConflictError,
        ConnectionError,
        DecodeError,
        FileError,
        HundredmsError,
        InvalidRequestError,
        JobFailedError,
        NotFoundError,
        PermissionDeniedError,
        RateLimitedError,
        ServerError,
        TimeoutError,
    )
    from ._hooks import RequestView, ResponseView, RetryView
    from ._pages import AsyncItems, AsyncPager, AsyncPages, Items, Pager, Pages
    from ._session_windows import SessionWindow
    from ._tokens import Claims
    from .sandbox import AsyncSandbox, Sandbox

    __version__: str
__all__ = [
    "AmbiguousOutcomeError",
    "AssetStream",
    "AsyncAssetStream",
    "AsyncClient",
    "AsyncItems",
    "AsyncPager",
    "AsyncPages",
    "AsyncSandbox",
    "AuthenticationError",
    "BadRequestError",
    "CancelledError",
    "Cassette",
    "CheckWith",
    "Claims",
    "Client",
    "ConfigurationError",
    "ConflictError",
    "ConnectionError",
    "DecodeError",
    "FileError",
    "HundredmsError",
    "InvalidRequestError",
    "Items",
    "JobFailedError",
    "Journal",
    "MapProgress",
    "MapResult",
    "NotFoundError",
    "Pager",
    "Pages",
    "PermissionDeniedError",
    "RateLimitedError",
    "RawResponse",
    "RequestView",
    "Response",
    "ResponseView",
    "RetryView",
    "Sandbox",
    "ServerError",
    "SessionWindow",
    "TimeoutError",
]

if not TYPE_CHECKING:  # it would hide typos from type checkers
    _MODULES = frozenset({"inputs", "models", "sandbox", "webhooks"})
    _PLACES = {
        "AssetStream": "_asset_stream",
        "AsyncAssetStream": "_asset_stream",
        "AsyncClient": "_client",
        "AsyncItems": "_pages",
        "AsyncPager": "_pages",
        "AsyncPages": "_pages",
        "AsyncSandbox": "sandbox",
        "Cassette": "_client",
        "Claims": "_tokens",
        "Client": "_client",
        "Items": "_pages",
        "Journal": "_bulk_types",
        "MapProgress": "_bulk_types",
        "MapResult": "_bulk_types",
        "Pager": "_pages",
        "Pages": "_pages",
        "RawResponse": "_calls",
        "RequestView": "_hooks",
        "Response": "_calls",
        "ResponseView": "_hooks",
        "RetryView": "_hooks",
        "Sandbox": "sandbox",
        "SessionWindow": "_session_windows",
    }

    def _import(module: str) -> object:  # noqa: PLR0912 - one for each module
        """Import a module of this package, in words that packagers such as Nuitka find."""
        from ._loaded import __name__ as name  # noqa: PLC0415

        match module:
            case "inputs":
                from .inputs import __name__ as name  # noqa: PLC0415
            case "models":
                from .models import __name__ as name  # noqa: PLC0415
            case "sandbox":
                from .sandbox import __name__ as name  # noqa: PLC0415
            case "webhooks":
                from .webhooks import __name__ as name  # noqa: PLC0415
            case "_asset_stream":
                from ._asset_stream import __name__ as name  # noqa: PLC0415
            case "_bulk_types":
                from ._bulk_types import __name__ as name  # noqa: PLC0415
            case "_calls":
                from ._calls import __name__ as name  # noqa: PLC0415
            case "_client":
                from ._client import __name__ as name  # noqa: PLC0415
            case "_hooks":
                from ._hooks import __name__ as name  # noqa: PLC0415
            case "_native":
                from ._native import __name__ as name  # noqa: PLC0415
            case "_pages":
                from ._pages import __name__ as name  # noqa: PLC0415
            case "_session_windows":
                from ._session_windows import __name__ as name  # noqa: PLC0415
            case "_tokens":
                from ._tokens import __name__ as name  # noqa: PLC0415
            case _:
                from ._errors import __name__ as name  # noqa: PLC0415
        return modules[name]

    def __getattr__(name: str) -> object:
        """Load a name when it is first used."""
        if name in _MODULES:
            return _import(name)
        if name == "__version__":
            return _import("_native").__version__
        if name not in __all__ and not name.startswith("Ambiguous"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(_import(_PLACES.get(name, "_errors")), name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        """Return the names that are loaded and those that can be."""
        return sorted({*globals(), *__all__, *_MODULES, "__version__"})
