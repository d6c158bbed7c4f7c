"""The span of a call, where the program has loaded OpenTelemetry."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from ._errors import HundredmsError

if TYPE_CHECKING:
    from ._hooks import View
    from ._native import Core

TRACES = "opentelemetry.trace"
_modules = sys.modules


class CallSpan:
    """A span of kind CLIENT, a child of the span that is current where the call is made.

    The span of a job is of kind INTERNAL. Its calls have none of their own.

    It has the names of the semantic conventions for HTTP clients, as the spans of the Rust package.
    """

    __slots__ = ("_attempts", "_span", "_status", "_trace", "headers", "recording")

    headers: tuple[str | None, str | None]
    """What names it to the service: `traceparent` and `tracestate`."""
    recording: bool
    """Whether anything that is noted of the call is kept."""

    def __init__(self, trace: Any, span: Any) -> None:
        self._trace = trace
        self._span = span
        self._status: int | None = None
        self._attempts = 0
        self.recording = span.is_recording() is True
        self.headers = _headers(span.get_span_context())

    def observe(self, seen: View) -> None:
        """Note one moment of the call."""
        self._attempts = seen.attempt
        self._status = getattr(seen, "status", self._status)
        pause = getattr(seen, "pause", None)
        if pause is not None:
            noted = {
                "attempt": seen.attempt,
                "http.response.status_code": self._status,
                "error.type": getattr(seen, "error", None),
                "pause": pause,
            }
            known = {name: value for name, value in noted.items() if value is not None}
            self._span.add_event("trying again", known)

    def end(self, error: BaseException | None) -> None:
        """End the span as the call ended."""
        span = self._span
        try:
            if not self.recording:
                return
            status, attempts = self._status, self._attempts
            if isinstance(error, HundredmsError):
                status, attempts = error.status, error.attempts
                span.set_attribute("error.type", error.kind)
                span.set_status(self._trace.Status(self._trace.StatusCode.ERROR))
            elif error is not None:  # given up, which says nothing of the service
                span.set_attribute("error.type", type(error).__name__)
            if status is not None:
                span.set_attribute("http.response.status_code", status)
            if attempts > 1:
                span.set_attribute("http.request.resend_count", attempts - 1)
        finally:
            span.end()


def begin_span(core: Core, operation: str, method: str | None) -> CallSpan | None:
    """Begin the span of a call; None where there is no OpenTelemetry to keep it."""
    trace: Any = _modules.get(TRACES)
    try:
        target = core.target(operation)
        if target is None:
            return None
        fixed, route, base_url = target
        tracer = trace.get_tracer("hundredms")
        if base_url is None:  # a job: its calls follow
            attributes = {"hundredms.operation": operation}
            return CallSpan(trace, tracer.start_span(operation, attributes=attributes))
        verb = fixed or method or "_OTHER"
        span = tracer.start_span(
            f"{verb} {route}",
            kind=trace.SpanKind.CLIENT,
            attributes={
                "hundredms.operation": operation,
                "http.request.method": verb,
                "url.template": route,
                **_server(base_url),
            },
        )
        return CallSpan(trace, span)
    except Exception:  # it is being imported, or something of another make stands in its place
        return None


def _headers(span: Any) -> tuple[str | None, str | None]:
    if not span.is_valid:
        return None, None
    parent = f"00-{span.trace_id:032x}-{span.span_id:016x}-{int(span.trace_flags):02x}"
    return parent, span.trace_state.to_header() or None


def _server(base_url: str) -> dict[str, str | int]:
    from urllib.parse import urlsplit  # noqa: PLC0415 - most programs trace nothing

    parts = urlsplit(base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return {
        "url.scheme": parts.scheme,
        "server.address": parts.hostname or "",
        "server.port": port,
    }
