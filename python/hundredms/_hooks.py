"""What a program can see of its calls: hooks, the log, and the trace that a call belongs to."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from ._arguments import not_configured
from ._errors import HundredMsError

if TYPE_CHECKING:
    from collections.abc import Callable

Context: TypeAlias = "tuple[bool, str | None, str | None]"


class RequestView(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag="request"):
    """A try that is about to be sent."""

    call: int
    """Number of the call within its client, the same for all its tries."""
    operation: str
    """Name of the operation, `rooms.create`; `request` for `client.request`."""
    method: str
    """HTTP method."""
    route: str
    """Template of the path, `/rooms/{room_id}`."""
    attempt: int
    """Number of the try, from 1."""
    hint: str | None = None
    """What is unusual about the arguments: words and fields that this version does not know."""


class ResponseView(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag="response"):
    """A try that ended, with an answer or without one."""

    call: int
    """Number of the call within its client, the same for all its tries."""
    operation: str
    """Name of the operation."""
    method: str
    """HTTP method."""
    route: str
    """Template of the path."""
    attempt: int
    """Number of the try, from 1."""
    status: int | None = None
    """HTTP status; None when no answer came."""
    error: str | None = None
    """Kind of error that this try is; None for a 2xx. The call may still succeed."""
    elapsed: float
    """Seconds that this try took."""


class RetryView(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag="retry"):
    """The pause before another try."""

    call: int
    """Number of the call within its client, the same for all its tries."""
    operation: str
    """Name of the operation."""
    method: str
    """HTTP method."""
    route: str
    """Template of the path."""
    attempt: int
    """Number of the try that failed."""
    status: int | None = None
    """Its HTTP status; None when no answer came."""
    error: str | None = None
    """What kind of error it was."""
    pause: float
    """Seconds that the call waits now."""


_decode = msgspec.json.Decoder(RequestView | ResponseView | RetryView).decode
_modules = sys.modules


DEBUG, INFO = 10, 20
_found: Any = None


def log() -> Any:
    """Give the log, which is silent until the program gives it a handler."""
    global _found
    if _found is None:
        import logging  # noqa: PLC0415 - slow to import, and most calls are not logged

        logger = logging.getLogger("hundredms")
        logger.addHandler(logging.NullHandler())
        _found = logger
    return _found


def _logger(level: int) -> Any:
    """Give the log if it takes this level. A program that has not loaded logging reads none."""
    if _found is None and "logging" not in _modules:
        return None
    try:
        logger = log()
        return logger if logger.isEnabledFor(level) else None
    except Exception:
        return None


_ENDINGS = (KeyboardInterrupt, SystemExit)


class _Apart:
    """Keeps from a call what looking at it raises; only what ends the program goes on."""

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> bool:
        if error is None:
            return True
        if isinstance(error, _ENDINGS):
            return False
        try:
            log().error("what looks at a call failed", exc_info=error)
        except _ENDINGS:
            raise
        except BaseException:  # noqa: S110 - the log itself fails
            pass
        return True


_apart = _Apart()


def _trace() -> tuple[str, str | None] | None:
    """Give the trace that a call belongs to: `traceparent` and `tracestate`."""
    trace: Any = _modules.get("opentelemetry.trace")
    if trace is None:
        return None
    try:
        span = trace.get_current_span().get_span_context()
        if not span.is_valid:
            return None
        parent = f"00-{span.trace_id:032x}-{span.span_id:016x}-{int(span.trace_flags):02x}"
        return parent, span.trace_state.to_header() or None
    except Exception:  # it is being imported, or something of another make stands in its place
        return None


def _check(name: str, hook: object) -> None:
    import inspect  # noqa: PLC0415 - slow to import, and most have no hooks

    if not callable(hook):
        raise not_configured(name, f"must be callable, not {type(hook).__name__}")
    if inspect.iscoroutinefunction(hook) or inspect.iscoroutinefunction(type(hook).__call__):
        raise not_configured(name, "must not be async: hooks are called, not awaited")


class Hooks:
    """The hooks of a client."""

    __slots__ = ("_hooked", "_on_request", "_on_response", "_on_retry")

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
        self._hooked = any((on_request, on_response, on_retry))

    def context(self) -> Context | None:
        """Give what a call is to know: whether somebody looks, and its trace."""
        watched = self._hooked or _logger(DEBUG) is not None
        trace = _trace()
        if trace is not None:
            return (watched, *trace)
        return (True, None, None) if watched else None

    def observe(self, json: bytes) -> None:
        """Tell hooks and log of one moment of a call. What they raise changes nothing."""
        with _apart:
            seen = _decode(json)
            with _apart:
                self._tell(seen)
            logger = _logger(DEBUG)
            if logger is not None:
                _log(logger, seen)

    def _tell(self, seen: RequestView | ResponseView | RetryView) -> None:
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


def _log(logger: Any, seen: RequestView | ResponseView | RetryView) -> None:
    known = (seen.operation, seen.method, seen.route, seen.attempt)
    match seen:
        case RequestView():
            logger.debug("%s: %s %s, try %d", *known)
            if seen.hint is not None:
                logger.debug("%s: %s", seen.operation, seen.hint)
        case ResponseView():
            ended = seen.status or seen.error
            logger.debug("%s: %s %s, try %d: %s in %.3f s", *known, ended, seen.elapsed)
        case RetryView():
            logger.debug("%s: %s %s, try %d: again in %.3f s", *known, seen.pause)


class Timed:
    """Writes one line of the log for a call, however it ends."""

    __slots__ = ("_begun", "_logger", "_operation")

    def __init__(self, logger: Any, operation: str) -> None:
        self._logger = logger
        self._operation = operation
        self._begun = 0.0

    def __enter__(self) -> None:
        self._begun = time.perf_counter()

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        with _apart:
            self._write(error)

    def _write(self, error: BaseException | None) -> None:
        took = time.perf_counter() - self._begun
        if error is None:
            self._logger.info("%s: answered in %.3f s", self._operation, took)
        elif isinstance(error, HundredMsError):
            told = (self._operation, error.kind, error.status, error.attempts, took)
            self._logger.info("%s: %s (status %s) after %d tries, %.3f s", *told)
        else:
            self._logger.info("%s: %s after %.3f s", self._operation, type(error).__name__, took)


def timed(operation: str) -> Timed | None:
    """Give what logs a call; None when nobody reads it."""
    logger = _logger(INFO)
    return None if logger is None else Timed(logger, operation)
