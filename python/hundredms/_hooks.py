"""What a program can observe of its calls: hooks, the log, and the trace of a call."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from ._arguments import not_configured
from ._errors import HundredmsError
from ._spans import TRACES, begin_span

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self

    from ._native import Core
    from ._spans import CallSpan

Context: TypeAlias = "tuple[bool, str | None, str | None]"


class RequestView(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag="request"):
    """An attempt that is about to be sent."""

    call: int
    """Number of the call within its client, the same for all its attempts."""
    operation: str
    """Name of the operation, `rooms.create`; `request` for `client.request`."""
    method: str
    """HTTP method."""
    route: str
    """Path template, `/rooms/{room_id}`."""
    attempt: int
    """Number of the attempt, starting at 1."""
    hint: str | None = None
    """What is unusual about the arguments: values and fields that this version does not know."""
    warning: str | None = None
    """What the log says: a value of an argument is probably misspelt, or the Redis of the rate
    limit cannot be reached, or can be again. A client says the same of an operation's arguments
    once, with the first attempt of a call, and at most 64 such things."""


class ResponseView(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag="response"):
    """An attempt that ended, with or without a response."""

    call: int
    """Number of the call within its client, the same for all its attempts."""
    operation: str
    """Name of the operation."""
    method: str
    """HTTP method."""
    route: str
    """Path template."""
    attempt: int
    """Number of the attempt, starting at 1."""
    status: int | None = None
    """HTTP status. None if there was no response."""
    error: str | None = None
    """Error kind of this attempt. None for a 2xx. The call may still succeed."""
    elapsed: float
    """Duration of this attempt in seconds."""


class RetryView(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag="retry"):
    """The pause before a retry."""

    call: int
    """Number of the call within its client, the same for all its attempts."""
    operation: str
    """Name of the operation."""
    method: str
    """HTTP method."""
    route: str
    """Path template."""
    attempt: int
    """Number of the attempt that failed."""
    status: int | None = None
    """Its HTTP status. None if there was no response."""
    error: str | None = None
    """Its error kind."""
    pause: float
    """Duration of the pause in seconds."""


View: TypeAlias = "RequestView | ResponseView | RetryView"

_decode = msgspec.json.Decoder(RequestView | ResponseView | RetryView).decode
_modules = sys.modules


DEBUG = 10
_found: Any = None


def log() -> Any:
    """Return the logger. Programs without handlers get its warnings and errors on stderr."""
    global _found
    if _found is None:
        import logging  # noqa: PLC0415 - slow to import, and most calls are not logged

        _found = logging.getLogger("hundredms")
    return _found


def _logger(level: int) -> Any:
    """Return the logger if it is enabled for this level. None if logging is not loaded."""
    if _found is None and "logging" not in _modules:
        return None
    try:
        logger = _found or log()
        return logger if logger.isEnabledFor(level) else None
    except Exception:
        return None


_EXITS = (KeyboardInterrupt, SystemExit)


class _Isolated:
    """Logs exceptions of hooks and log handlers. Only those that end the program propagate."""

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> bool:
        if error is None:
            return True
        if isinstance(error, _EXITS):
            return False
        try:
            log().error("a hook or a log handler failed", exc_info=error)
        except _EXITS:
            raise
        except BaseException:  # noqa: S110 - logging itself fails
            pass
        return True


_isolated = _Isolated()


def _check(name: str, hook: object) -> None:
    import inspect  # noqa: PLC0415 - slow to import, and most have no hooks

    if not callable(hook):
        raise not_configured(name, f"must be callable, not {type(hook).__name__}")
    if inspect.iscoroutinefunction(hook) or inspect.iscoroutinefunction(type(hook).__call__):
        raise not_configured(name, "must not be async: hooks are called, not awaited")


class Hooks:
    """The hooks of a client."""

    __slots__ = ("_on_request", "_on_response", "_on_retry", "hooked")

    hooked: bool
    """Whether there are any."""

    def __init__(
        self,
        on_request: Callable[[RequestView], object] | None,
        on_response: Callable[[ResponseView], object] | None,
        on_retry: Callable[[RetryView], object] | None,
    ) -> None:
        for name, hook in (
            ("on_request", on_request),
            ("on_response", on_response),
            ("on_retry", on_retry),
        ):
            if hook is not None:
                _check(name, hook)
        self._on_request = on_request
        self._on_response = on_response
        self._on_retry = on_retry
        self.hooked = any((on_request, on_response, on_retry))

    def watch(self, core: Core, operation: str, method: str | None = None) -> Watch | _Unwatched:
        """Start to observe a call. A call of `client.request` is named by its method."""
        logger = _logger(DEBUG)
        span = begin_span(core, operation, method) if TRACES in _modules else None
        if logger is None and span is None and not self.hooked:
            return _unwatched
        return Watch(self, operation, logger, span)

    def call(self, seen: View) -> None:
        """Call the hook for one event of a call."""
        match seen:
            case RequestView():
                if self._on_request is not None:
                    self._on_request(seen)
            case ResponseView():
                if self._on_response is not None:
                    self._on_response(seen)
            case RetryView():
                if self._on_retry is not None:
                    self._on_retry(seen)


class _Unwatched:
    """A call that is not observed."""

    __slots__ = ()
    context: None = None
    observe: None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None: ...


_unwatched = _Unwatched()


class Watch:
    """Reports one call to hooks and log, and writes its span. Their exceptions change nothing."""

    __slots__ = ("_begun", "_hooks", "_logger", "_operation", "_span", "context", "observe")

    context: Context
    """What the core needs: whether each attempt is observed, and the trace."""
    observe: Callable[[bytes], None] | None
    """Receives each event of the call."""

    def __init__(
        self, hooks: Hooks, operation: str, logger: Any | None, span: CallSpan | None
    ) -> None:
        self._hooks = hooks
        self._operation = operation
        self._logger = logger
        self._span = span
        watched = bool(hooks.hooked or logger is not None or (span and span.recording))
        self.observe = self._observe if watched else None
        parent, state = (None, None) if span is None else span.headers
        self.context = (watched, parent, state)
        self._begun = 0.0

    def _observe(self, json: bytes) -> None:
        with _isolated:
            seen = _decode(json)
            with _isolated:
                self._hooks.call(seen)
            with _isolated:
                _warn(seen)
            if self._logger is not None:
                with _isolated:
                    _log(self._logger, seen)
            if self._span is not None:
                self._span.observe(seen)

    def __enter__(self) -> Self:
        self._begun = time.perf_counter()
        return self

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        with _isolated:
            if self._logger is not None:
                self._write(self._logger, error)
        if self._span is not None:
            with _isolated:
                self._span.end(error)

    def _write(self, logger: Any, error: BaseException | None) -> None:
        took = time.perf_counter() - self._begun
        if error is None:
            logger.debug("%s: answered in %.3f s", self._operation, took)
        elif isinstance(error, HundredmsError):
            fields = (self._operation, error.kind, error.status, error.attempts, took)
            logger.debug("%s: %s (status %s) after %d attempts, %.3f s", *fields)
        else:
            logger.debug("%s: %s after %.3f s", self._operation, type(error).__name__, took)


def warn(json: bytes) -> None:
    """Log the warning of an event of a call that nobody observes."""
    with _isolated:
        _warn(_decode(json))


def _warn(seen: View) -> None:
    if isinstance(seen, RequestView) and seen.warning is not None:
        log().warning("%s: %s", seen.operation, seen.warning)


def _log(logger: Any, seen: View) -> None:
    known = (seen.operation, seen.method, seen.route, seen.attempt)
    match seen:
        case RequestView():
            logger.debug("%s: %s %s, attempt %d", *known)
            if seen.hint is not None and seen.hint != seen.warning:
                logger.debug("%s: %s", seen.operation, seen.hint)
        case ResponseView():
            ended = seen.status or seen.error
            logger.debug("%s: %s %s, attempt %d: %s in %.3f s", *known, ended, seen.elapsed)
        case RetryView():
            logger.debug("%s: %s %s, attempt %d: again in %.3f s", *known, seen.pause)
