"""Calls by operation name, which all resources of a client use."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Union, get_origin
from weakref import WeakKeyDictionary

import msgspec

from ._arguments import content, refused, request
from ._asking import Asking, refuse_within
from ._errors import AuthenticationError, HundredmsError, error_of
from ._green import green
from ._hooks import warn
from ._model import DECODERS
from ._native import Failure, JobProgress, TokenRequest, undecodable
from ._shared import Shared

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._hooks import Hooks
    from ._native import AssetReader, Core, PendingCall
    from ._pages import Listing
    from ._shared import Recipe

T = TypeVar("T")

_modules = sys.modules


class RawResponse(msgspec.Struct, frozen=True):
    """A raw response."""

    status: int
    """HTTP status, 2xx."""
    headers: list[tuple[str, str]]
    """Headers, their names in lower case."""
    body: bytes
    """Body, unchanged."""

    def json(self) -> Any:
        """Read the body as JSON."""
        return msgspec.json.decode(self.body)

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        names = [name for name, _ in self.headers]
        return [("status", self.status), ("headers", names), ("body", f"<{len(self.body)} bytes>")]

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.__rich_repr__())
        return f"RawResponse({shown})"


class Response(msgspec.Struct, Generic[T], frozen=True):
    """The value that a call returns, with status, headers and attempts."""

    parsed: T
    """The value that the call returns otherwise."""
    status: int
    """HTTP status, 2xx."""
    headers: list[tuple[str, str]]
    """Headers, their names in lower case."""
    attempts: int
    """How often the request was sent."""
    elapsed: float
    """Duration of the call in seconds, over all attempts."""

    def header(self, name: str) -> str | None:
        """Return the first header with this name, case-insensitively."""
        wanted = name.lower()
        return next((value for known, value in self.headers if known == wanted), None)

    @property
    def request_id(self) -> str | None:
        """The service's id of the request."""
        return self.header("x-request-id")

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        names = [name for name, _ in self.headers]
        beside = [("attempts", self.attempts), ("elapsed", self.elapsed)]
        return [("parsed", self.parsed), ("status", self.status), ("headers", names), *beside]

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"Response({shown})"


# Not in the errors themselves: their variables are shown, and what was sent may hold secrets.
_failed: WeakKeyDictionary[HundredmsError, tuple[type[Any], bytes]] = WeakKeyDictionary()


def keep(error: HundredmsError, type: type[Any], arguments: bytes) -> None:
    """Keep with an error what `reconcile` needs to find the effect of its call."""
    if error.may_have_applied:
        _failed[error] = (type, arguments)


UNCHANGED = "is of a call that has changed nothing, so there is nothing to find"


def failed(
    error: HundredmsError, model: type[Any] | None
) -> tuple[str, bytes, str | None, type[Any]]:
    """Return the call that failed with `error`, and check that it returns a `model`."""
    if not isinstance(error, HundredmsError):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise refused("reconcile", "error", "must be an error of this package")
    if not error.may_have_applied:
        raise refused("reconcile", "error", UNCHANGED)
    call = _failed.get(error)
    if call is None or error.operation is None:
        raise refused(
            "reconcile",
            "error",
            "does not belong to a method call of this process; after a job, make the call that "
            "check_with names, or run the job again",
        )
    if model is not None and (get_origin(model) or model) is not (get_origin(call[0]) or call[0]):
        reason = f"must be what {error.operation} returns, which is {_named(call[0])}"
        raise refused("reconcile", "model", f"{reason}, not {_named(model)}")
    since = error.check_with.since if error.check_with is not None else None
    return error.operation, call[1], None if since is None else since.isoformat(), call[0]


def _named(model: Any) -> str:
    name: str = getattr(model, "__name__", None) or repr(model)
    return name


def looks(error: HundredmsError) -> str:
    """Name the operation that `reconcile` calls."""
    return "reconcile" if error.check_with is None else error.check_with.operation


def found(json: bytes, type: type[Any]) -> Any:
    """Parse what was found as the result of the call."""
    if json == b"null":
        return None
    try:
        return DECODERS[type].decode(json)
    except msgspec.ValidationError:  # the list shows less of it
        return msgspec.json.decode(json)


def read(operation: str, json: bytes, type: type[T]) -> T:
    """Parse a response.

    The core has checked it, but Python cannot represent everything that the core can.
    """
    try:
        answer: T = DECODERS[type].decode(json)
    except Exception as error:
        reason, _, place = str(error).partition(" - at `")
        field = place.rstrip("`").removeprefix("$").removeprefix(".") or None
        raise error_of(undecodable(operation, field, reason)) from error
    return answer


def unknown_fields(
    operation: str, body: Mapping[str, Any] | None, query: Mapping[str, Any] | None
) -> bytes | None:
    """Serialise the extra fields that an operation does not define."""
    if body is None and query is None:
        return None
    name, fields = ("extra_query", query) if body is None else ("extra_body", body)
    if not isinstance(fields, Mapping):
        raise refused(operation, name, f"must be a mapping, not {type(fields).__name__}")
    return content(operation, name, fields)


Settings = tuple["float | None", "int | None", "bytes | None"]
"""Timeout, number of retries, and extra fields of a call, as the core takes them."""

Report = Union["Callable[[bytes], object]", None]
"""Receives the progress of a job as JSON."""

NO_SETTINGS: Settings = (None, None, None)


def _ignore(_: bytes) -> None: ...


class MapClosed(BaseException):
    """Ends the calls of a run that is over."""


class _Run(threading.local):
    over: threading.Event | None = None


_run = _Run()


@contextmanager
def run_until(over: threading.Event) -> Generator[None, None, None]:
    """End the calls that this thread makes within it when `over` is set."""
    _run.over = over
    try:
        yield
    finally:
        _run.over = None


def _pass() -> None:
    over = _run.over
    if over is not None and over.is_set():
        raise MapClosed


class MapItem:
    """An item of `map`. While its function runs, waiting for their turn does not time calls out."""

    __slots__ = ("over",)

    def __init__(self) -> None:
        self.over = False


_item: ContextVar[MapItem | None] = ContextVar("hundredms_map_item", default=None)


@contextmanager
def map_item() -> Generator[None]:
    """Make the calls within it for an item of `map`."""
    item = MapItem()
    reset = _item.set(item)
    try:
        yield
    finally:
        # What the function has started and left runs on in this context.
        item.over = True
        _item.reset(reset)


def in_map() -> bool:
    """Return whether a call that begins now is one for an item of `map`."""
    item = _item.get()
    return item is not None and not item.over


class Calls(Shared):
    """The calls of a blocking client."""

    __slots__ = ("_asking", "_begin", "_core", "_hooks", "_recipe")

    def __init__(
        self, core: Core, hooks: Hooks, token: Callable[[], object] | None, recipe: Recipe
    ) -> None:
        self._begin: Callable[..., PendingCall] = core.begin_call
        self._core = core
        self._hooks = hooks
        self._asking = None if token is None else Asking(token)
        self._recipe = recipe

    def __reduce__(self) -> tuple[Any, ...]:
        return self._recipe.part("_calls")

    def call(
        self,
        operation: str,
        type: type[T],
        arguments: dict[str, Any],
        timeout: float | None,
        max_retries: int | None,
        extra_body: Mapping[str, Any] | None = None,
        extra_query: Mapping[str, Any] | None = None,
    ) -> T:
        """Call an operation and parse its response."""
        given = request(operation, arguments)
        extra = unknown_fields(operation, extra_body, extra_query)
        try:
            answer = self._answer(operation, given, (timeout, max_retries, extra))
        except HundredmsError as error:
            keep(error, type, given)
            raise
        return self._made(operation, answer, type)

    def json(
        self,
        operation: str,
        arguments: dict[str, Any],
        timeout: float | None,
        max_retries: int | None,
    ) -> bytes:
        """Call an operation and return its result as JSON."""
        given = request(operation, arguments)
        json: bytes = self._answer(operation, given, (timeout, max_retries, None))[0]
        return json

    def page(self, listing: Listing[T]) -> tuple[T, str | None]:
        """Fetch the first page of a list, and its cursor."""
        operation = listing.operation
        given = request(operation, listing.arguments)
        extra = unknown_fields(operation, None, listing.extra_query)
        settings = (listing.timeout, listing.max_retries, extra)
        answer = self._answer(operation, given, settings)
        return self._made(operation, answer, listing.type), answer[1]

    def responding(self) -> Calls:
        """Return the calls that return a `Response`."""
        return RespondingCalls(self)

    def _made(self, operation: str, answer: Any, type: type[T]) -> T:
        return read(operation, answer[0], type)

    def _answer(self, operation: str, arguments: bytes, settings: Settings) -> Any:
        return self._outcome(operation, None, settings, self._begin, operation, arguments)

    def reconcile(self, error: HundredmsError, model: type[Any] | None) -> Any:
        """Find what a failed call made."""
        operation, arguments, since, type = failed(error, model)
        begin = self._core.begin_reconcile
        given = (operation, arguments, since)
        json, _ = self._outcome(looks(error), None, NO_SETTINGS, begin, *given)
        return found(json, type)

    def run(
        self,
        job: str,
        type: type[T],
        arguments: dict[str, Any],
        report: Report,
        timeout: float | None,
        max_retries: int | None,
        check: Callable[[], object] | None = None,
    ) -> T:
        """Run a job and parse its result. What `check` raises, called every 100 ms, ends it."""
        begin = self._core.begin_job
        settings = (timeout, max_retries, None)
        given = (job, request(job, arguments), report is not None)
        json = self._outcome(job, None, settings, begin, *given, report=report, check=check)[0]
        return read(job, json, type)

    def reader(self, asset_id: str, timeout: float | None, max_retries: int | None) -> AssetReader:
        """Open the file of an asset, to be read piece by piece."""
        return self._core.asset_reader((None, (timeout, max_retries, None), None, False), asset_id)

    def read(self, name: str, reader: AssetReader) -> bytes | None:
        """Read the next piece of the file of an asset. None at its end."""
        piece: bytes | None = self._outcome(name, None, NO_SETTINGS, reader.begin_next)[0]
        return piece

    def raw(
        self, operation: str, arguments: bytes, timeout: float | None, max_retries: int | None
    ) -> RawResponse:
        """Call an operation and return the raw response."""
        begin = self._core.begin_call_raw
        settings = (timeout, max_retries, None)
        try:
            return RawResponse(
                *self._outcome(operation, None, settings, begin, operation, arguments)
            )
        except HundredmsError as error:
            keep(error, dict[str, Any], arguments)
            raise

    def request(
        self,
        method: str,
        path: str,
        query: list[tuple[str, str]],
        body: bytes | None,
        timeout: float | None,
        max_retries: int | None,
    ) -> RawResponse:
        """Send a request without an operation."""
        begin = self._core.begin_request
        settings = (timeout, max_retries, None)
        given = (method, path, query, body)
        return RawResponse(*self._outcome("request", method, settings, begin, given))

    def _outcome(
        self,
        operation: str,
        method: str | None,
        settings: Settings,
        begin: Callable[..., PendingCall],
        *given: Any,
        report: Report = None,
        check: Callable[[], object] | None = None,
    ) -> Any:
        greens = "gevent.monkey" in _modules or "eventlet.patcher" in _modules
        bridge = green() if greens else None
        with self._hooks.watch(self._core, operation, method) as watch:
            if bridge is None:
                pending = begin((None, settings, watch.context, in_map()), *given)
                return self._wait(pending, pending.next, watch.observe, report, check)
            ticket, following = bridge.open()
            try:
                waiting = (bridge.queue, ticket)
                pending = begin((waiting, settings, watch.context, in_map()), *given)
                return self._wait(pending, following, watch.observe, report, check)
            finally:
                bridge.close(ticket)

    def _wait(
        self,
        pending: PendingCall,
        following: Callable[[], Any],
        observe: Callable[[bytes], None] | None,
        report: Report,
        check: Callable[[], object] | None,
    ) -> Any:
        """Wait for the outcome of a call, and call hooks and callbacks meanwhile."""
        asking = self._asking
        try:
            if asking is not None:
                refuse_within(asking.callback)
            while True:
                match following():
                    case None:  # Python sees to signals
                        (check or _pass)()
                    case bytes() as seen:
                        (observe or warn)(seen)
                    case JobProgress() as progress:
                        (report or _ignore)(progress.json)
                    case TokenRequest() as question:
                        if asking is None:  # pragma: no cover - only a client with a callback asks
                            question.fail("there is no callback")
                        else:
                            asking.ask(question)
                    case Failure() as failure:
                        error = error_of(failure)
                        raise error from self._cause(error)
                    case BaseException() as error:
                        raise error
                    case answer:
                        return answer
        except BaseException:
            pending.cancel()
            raise

    def _cause(self, error: HundredmsError) -> BaseException | None:
        """Return what the callback raised, where the call failed for it."""
        asking = self._asking
        if asking is None or not isinstance(error, AuthenticationError) or error.status is not None:
            return None
        raised = asking.raised
        if raised is not None and not isinstance(raised, Exception):
            raise raised
        return raised


class RespondingCalls(Calls):
    """The calls of a blocking client that return a `Response`."""

    __slots__ = ()

    def __init__(self, calls: Calls) -> None:
        super().__init__(calls._core, calls._hooks, None, calls._recipe)
        self._begin = calls._core.begin_call_with_response
        self._asking = calls._asking

    def __reduce__(self) -> tuple[Any, ...]:
        return _responding, super().__reduce__()

    def _made(self, operation: str, answer: Any, type: type[T]) -> T:
        return responded(operation, answer, type)  # type: ignore[no-any-return]


def responded(operation: str, answer: Any, type: type[Any]) -> Any:
    """Parse a response, and return it with status, headers and attempts."""
    json, _, beside = answer
    return Response(read(operation, json, type), *beside)


def _responding(make: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    return make(*given).responding()
