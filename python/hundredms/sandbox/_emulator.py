"""A running emulator, and how its controls are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakSet

import msgspec

from .. import _native
from .._arguments import Unsendable, encode
from .._errors import in_python
from .._frames import seal
from .._model import DECODERS

if TYPE_CHECKING:
    from .._client import AsyncClient, Client

T = TypeVar("T")


class SandboxError(Exception):
    """A control that was refused. `status` is the status of its HTTP response."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message, status)
        self.message = message
        self.status = status

    def __str__(self) -> str:
        return self.message


class Emulator:
    """An emulated workspace on the loopback interface."""

    def __init_subclass__(cls) -> None:
        seal(cls)

    def __init__(
        self,
        *,
        port: int = 0,
        access_key: str | None = None,
        secret: str | None = None,
        host: str | None = None,
        allow_hosts: Sequence[str] = (),
    ) -> None:
        """Start the sandbox on a separate thread.

        Args:
            port: Port to listen on. Between 0 and 65535; 0 selects a free one.
            access_key: Access key that tokens must contain. Generated if None.
            secret: Secret that tokens must be signed with. Generated if None.
            host: Address or name to listen at. Defaults to 127.0.0.1. Anyone who can reach it can
                control the sandbox.
            allow_hosts: Further names in the `Host` header that requests may use, such as that of a
                container.

        Raises:
            ValueError: The port is out of range, or a host is not a name or an address.
            OSError: The port is in use.
        """
        if not 0 <= port <= 65535:
            message = f"port must be between 0 and 65535, not {port}"
            raise ValueError(message)
        self._native = _native.Sandbox(port, access_key, secret, host, list(allow_hosts))
        self._clients: WeakSet[Client | AsyncClient] = WeakSet()
        self._advanced = 0
        self.base_url: str = self._native.base_url()
        """Base URL of its API: `http://127.0.0.1:41234/v2`."""
        self.auth_url: str = self._native.auth_url()
        """Base URL for the exchange of room codes."""
        self.dashboard_url: str = self._native.dashboard_url()
        """URL of a page that shows what happens. Anyone with it can control the sandbox."""
        self.access_key: str = self._native.access_key()
        """The access key that tokens must contain."""
        self.secret: str = self._native.secret()
        """The secret that tokens must be signed with."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.base_url!r})"

    def env(self) -> dict[str, str]:
        """Return the environment variables that make other clients use this sandbox.

        For `subprocess.run(..., env={**os.environ, **sandbox.env()})`, or `monkeypatch.setenv`.
        """
        return {
            "HMS_ACCESS_KEY": self.access_key,
            "HMS_SECRET": self.secret,
            "HMS_BASE_URL": self.base_url,
            "HMS_AUTH_URL": self.auth_url,
        }

    def control(self, name: str, arguments: Mapping[str, Any] | None = None) -> Any:
        """Run a control by name, as `POST /_sandbox/<name>` does.

        Raises:
            SandboxError: The arguments are invalid, or the state does not allow it.
        """
        return msgspec.json.decode(self._json(name, dict(arguments or {})))

    def _run(self, name: str, type: type[T], arguments: dict[str, Any]) -> T:
        answer: T = DECODERS[type].decode(self._json(name, arguments))
        return answer

    def _json(self, name: str, arguments: dict[str, Any]) -> str:
        given = {key: value for key, value in arguments.items() if value is not None}
        try:
            return self._native.control(name, encode(given).decode())
        except Unsendable as unsendable:
            raise SandboxError(f"{name}: {unsendable.place}: {unsendable.reason}", 400) from None
        except ValueError as refused:
            reason, status = refused.args
            raise SandboxError(in_python(reason), status) from None


seal(Emulator)
seal(Emulator, ("__init__",))
