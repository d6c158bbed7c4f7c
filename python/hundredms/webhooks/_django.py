"""A receiver as a view of Django, 4.2 and later."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from .._frames import sealed
from ._host import Host
from ._log import hung_up, read_before, refuse
from ._response import NOT_POST, Response
from ._verification_error import WebhookVerificationError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

    from ._receiver import Receiver

# Django has no types of its own.
_http: Any = import_module("django.http")
_requests: Any = import_module("django.http.request")
_db: Any = import_module("django.db")
_sync: Any = import_module("asgiref.sync")

ViewT = TypeVar("ViewT", bound="Callable[[Any], Any]")

_READ_BEFORE = "read `request.body` there, which Django keeps, and not `request.read()`"


class DjangoHost(Host):
    """Runs handlers where Django's database connections are looked after.

    Those that block run in the thread of the request, which the transaction of a `TestCase` covers.
    Those in the background have a thread of their own, outside of requests and their signals.
    """

    def wait(self, result: Awaitable[object]) -> None:
        """Await an async handler. Its queries use the database connections of this thread."""

        async def wait() -> None:
            await result

        _sync.async_to_sync(wait)()

    def background(self, work: Callable[[], Response]) -> Response:
        """Run a handler, and close the connections that have become old."""
        answer: Response = _between_connections(work)
        return answer

    def begin(
        self, run: Callable[[], tuple[object, BaseException | None]], *, background: bool
    ) -> asyncio.Future[tuple[object, BaseException | None]]:
        """Begin to run something that blocks."""
        if background:
            return super().begin(lambda: _between_connections(run), background=True)
        import asyncio  # noqa: PLC0415

        running: asyncio.Future[Any]
        running = asyncio.ensure_future(_sync.sync_to_async(run, thread_sensitive=True)())
        return running

    async def ended(self) -> None:
        """Close the connections that have become old."""
        await _sync.sync_to_async(_db.close_old_connections, thread_sensitive=True)()


def _between_connections(work: Callable[[], Any]) -> Any:
    _db.close_old_connections()
    try:
        return work()
    finally:
        _db.close_old_connections()


_host = DjangoHost()


def _headers(request: Any) -> tuple[list[tuple[str, str]], str | None]:
    return list(request.headers.items()), request.META.get("REMOTE_ADDR") or None


def _body(receiver: Receiver, request: Any) -> bytes | Response:
    """Read the body so that middleware can still read it, or say why that is impossible."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    try:
        too_large = length > receiver.max_bytes
        body: bytes = request.read(receiver.max_bytes + 1) if too_large else request.body
    except _requests.UnreadablePostError:
        return hung_up()
    except _requests.RawPostDataException:
        body = _left(request)
    if len(body) < min(length, receiver.max_bytes):
        return read_before(_READ_BEFORE)
    return bytes(body)


def _left(request: Any) -> bytes:
    """Return what is left of a body that was read as a stream: all of it if it can be rewound."""
    stream: Any = getattr(request, "_stream", None)
    with suppress(AttributeError, OSError, ValueError):
        stream.seek(0)
    try:
        left: bytes = request.read()
    except (OSError, ValueError):
        left = b""
    return left


def _answer(response: Response) -> Any:
    return _http.HttpResponse(response.body, status=response.status, headers=response.all_headers)


def _begin(receiver: Receiver, request: Any) -> tuple[bytes, Any, str | None] | Response:
    """Verify the sender, and only then read the body."""
    if request.method != "POST":
        return NOT_POST
    headers, peer = _headers(request)
    try:
        receiver.verify_sender(headers, peer)
    except WebhookVerificationError as refusal:
        return refuse(refusal)
    body = _body(receiver, request)
    return body if isinstance(body, Response) else (body, headers, peer)


def view(receiver: Receiver) -> Callable[[Any], Any]:
    """Return the view."""

    def hundredms_webhooks(request: Any) -> Any:
        begun = _begin(receiver, request)
        if isinstance(begun, Response):
            return _answer(begun)
        return _answer(receiver.handle(*begun, host=_host))

    return _exempt(sealed(hundredms_webhooks))


def async_view(receiver: Receiver) -> Callable[[Any], Awaitable[Any]]:
    """Return the async view."""

    async def hundredms_webhooks(request: Any) -> Any:
        begun = _begin(receiver, request)
        if isinstance(begun, Response):
            return _answer(begun)
        return _answer(await receiver.handle_async(*begun, host=_host))

    return _exempt(sealed(hundredms_webhooks))


def _exempt(view: ViewT) -> ViewT:
    # The decorator would make an async view a blocking one before Django 5.
    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view
