"""Webhooks as they would be sent."""

from __future__ import annotations

from typing import Any

from .._model import Model


class WebhookRequest(Model, frozen=True, kw_only=True):
    """A webhook as it would be sent."""

    event_id: str
    """Id of the event."""
    url: str | None
    """The URL of the room's or the workspace's webhook. `None` if there is none, or if headers are
    given."""
    headers: dict[str, str]
    """The headers, their names in lower case; secrets are among them."""
    body: bytes
    """The body."""

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("headers", list(self.headers)), ("body", self.body)]

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"WebhookRequest({shown})"


class EncodedWebhookRequest(Model, frozen=True, kw_only=True):
    """The result of the control `webhook_request`."""

    event_id: str
    url: str | None
    headers: dict[str, str]
    body: str
