"""A receiver as a view of Django."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ._receiver import Receiver
    from ._response import Response

# Django has no types of its own.
_http: Any = import_module("django.http")
_csrf: Any = import_module("django.views.decorators.csrf")
_methods: Any = import_module("django.views.decorators.http")


def _parts(receiver: Receiver, request: Any) -> tuple[bytes, list[tuple[str, str]], str | None]:
    headers = list(request.headers.items())
    return request.read(receiver.max_bytes + 1), headers, request.META.get("REMOTE_ADDR") or None


def _answer(response: Response) -> Any:
    return _http.HttpResponse(response.body, status=response.status, headers=response.all_headers)


def view(receiver: Receiver) -> Callable[[Any], Any]:
    """Make the view."""

    def hundredms_webhooks(request: Any) -> Any:
        return _answer(receiver.handle(*_parts(receiver, request)))

    made: Callable[[Any], Any] = _csrf.csrf_exempt(_methods.require_POST(hundredms_webhooks))
    return made


def async_view(receiver: Receiver) -> Callable[[Any], Awaitable[Any]]:
    """Make the async view."""

    async def hundredms_webhooks(request: Any) -> Any:
        return _answer(await receiver.handle_async(*_parts(receiver, request)))

    made: Callable[[Any], Awaitable[Any]] = _csrf.csrf_exempt(
        _methods.require_POST(hundredms_webhooks)
    )
    return made
