"""The exceptions: one class for each kind of error.

::

    HundredmsError
    ├── ConfigurationError       the client cannot be built
    ├── InvalidRequestError      refused before anything was sent; also a ValueError
    ├── BadRequestError          400, 422, and any other 4xx
    ├── AuthenticationError      401; or a token callback failed
    ├── PermissionDeniedError    403
    ├── NotFoundError            404
    ├── ConflictError            409
    ├── RateLimitedError         429
    ├── ServerError              5xx
    ├── TimeoutError             the deadline passed; also the builtin TimeoutError
    ├── ConnectionError          no connection, or it broke; also the builtin ConnectionError
    ├── AmbiguousOutcomeError    the call failed and may have taken effect
    ├── DecodeError              a 2xx whose body does not match its type
    ├── JobFailedError           what a job waited for ended in another state
    ├── FileError                a file cannot be written; also an OSError
    └── CancelledError           the call was cancelled

Every error of a call that may have taken effect, so that `may_have_applied` is true, is an
`AmbiguousOutcomeError`. It also has its usual class: a 500 is a `ServerError`, an unreadable
response a `DecodeError`, a timeout a `TimeoutError`, a broken connection a `ConnectionError`. One
clause catches all of them.
"""

import builtins
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from ._frozen import DATETIME
from ._typing import Self

if TYPE_CHECKING:
    from ._native import Failure

__all__ = [
    "AmbiguousOutcomeError",
    "AuthenticationError",
    "BadRequestError",
    "CancelledError",
    "CheckWith",
    "ConfigurationError",
    "ConflictError",
    "ConnectionError",
    "DecodeError",
    "FileError",
    "HundredmsError",
    "InvalidRequestError",
    "JobFailedError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitedError",
    "ServerError",
    "TimeoutError",
]


class CheckWith(msgspec.Struct, frozen=True, kw_only=True):
    """The operation that shows whether a call took effect."""

    operation: str
    """Its name: `recordings.list`."""
    arguments: dict[str, Any]
    """Its arguments, under the service's names."""
    since: "datetime | None" = None
    """When the failed call began, by this machine's clock. Its effect is not older."""


def _check_with(known: Mapping[str, Any]) -> CheckWith:
    since = known.get("since")
    return CheckWith(
        operation=known["operation"],
        arguments=known["arguments"],
        since=None if since is None else msgspec.convert(since, DATETIME[0]),
    )


class HundredmsError(Exception):
    """The base class of all errors of calls. Its text contains no secret, path argument or body."""

    kind: str = ""
    """Kind of the error, the same in every language: `not_found`."""

    message: str
    """What happened, without operation and status."""
    operation: str | None
    """Name of the operation: `rooms.create`."""
    method: str | None
    """HTTP method."""
    route: str | None
    """Path template: `/rooms/{room_id}`."""
    status: int | None
    """HTTP status, if the service answered."""
    code: int | None
    """Code in the body of the response."""
    details: tuple[str, ...]
    """More specific causes in the body of the response."""
    request_id: str | None
    """The service's id of the request."""
    field: str | None
    """Argument that was refused, or the path of the response field that does not match."""
    phase: str | None
    """The phase in which the call timed out or the connection broke: `queue`, `connect`, `send`,
    `wait`, `body`.
    """
    state: str | None
    """The last state that a job saw of what it waited for: `post_processing`."""
    path: str | None
    """The file that could not be written."""
    attempts: int
    """How often the request was sent. 0 if never."""
    elapsed: float
    """Seconds since the start of the call."""
    retry_after: float | None
    """Seconds that the service asked to wait."""
    may_have_applied: bool
    """Whether the request may have taken effect although the call failed."""
    check_with: CheckWith | None
    """The operation that shows whether the request took effect, if it may have.

    `client.reconcile` calls it.
    """
    cause: str | None
    """The causes, outermost first."""

    def __new__(
        cls, text: str = "", fields: Mapping[str, Any] | None = None, /, **others: Any
    ) -> Self:
        """Create an error: an `AmbiguousOutcomeError` too if its call may have taken effect."""
        unsure = others.get("may_have_applied") or (fields or {}).get("may_have_applied")
        return super().__new__(_AMBIGUOUS.get(cls, cls) if unsure else cls)  # type: ignore[return-value]

    def __init__(
        self, text: str = "", fields: Mapping[str, Any] | None = None, /, **others: Any
    ) -> None:
        super().__init__(text)
        known = {**(fields or {}), **others}
        if "kind" in known:
            self.kind = known["kind"]
        # Queues that write JSON, as Celery's, keep nothing of an exception but these.
        self.args = (text, known) if known else (text,)
        self.message = known.get("message", text)
        self.operation = known.get("operation")
        self.method = known.get("method")
        self.route = known.get("route")
        self.status = known.get("status")
        self.code = known.get("code")
        self.details = tuple(known.get("details", ()))
        self.request_id = known.get("request_id")
        self.field = known.get("field")
        self.phase = known.get("phase")
        self.state = known.get("state")
        self.path = known.get("path")
        self.attempts = known.get("attempts", 0)
        self.elapsed = known.get("elapsed", 0.0)
        self.retry_after = known.get("retry_after")
        self.may_have_applied = known.get("may_have_applied", False)
        check_with = known.get("check_with")
        self.check_with = None if check_with is None else _check_with(check_with)
        self.cause = known.get("cause")

    def __str__(self) -> str:
        return str(self.args[0])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.args, self.__dict__


class ConfigurationError(HundredmsError):
    """The client cannot be built: missing credentials, invalid base URL, unreadable CA file."""

    kind = "configuration"


class InvalidRequestError(HundredmsError, ValueError):
    """The call was refused before anything was sent; `field` names the argument."""

    kind = "invalid_request"


class BadRequestError(HundredmsError):
    """The service answered 400 or 422, or another 4xx without its own class."""

    kind = "bad_request"


class AuthenticationError(HundredmsError):
    """The service answered 401: the token is missing, expired, or signed with another secret.

    Or, without a status, a token callback failed, so that nothing was sent, or a token that was
    checked is not valid.
    """

    kind = "authentication"


class PermissionDeniedError(HundredmsError):
    """The service answered 403: the credentials do not allow this, or the room is disabled."""

    kind = "permission_denied"


class NotFoundError(HundredmsError):
    """The service answered 404."""

    kind = "not_found"


class ConflictError(HundredmsError):
    """The service answered 409, or somebody else changed what was edited."""

    kind = "conflict"


class RateLimitedError(HundredmsError):
    """429 on every attempt. `retry_after` says how long to wait."""

    kind = "rate_limited"


class ServerError(HundredmsError):
    """The service answered 5xx, or sent an unrecognised response."""

    kind = "server"


class TimeoutError(HundredmsError, builtins.TimeoutError):
    """The deadline passed, or a connection could not be opened in time. `phase` says where."""

    kind = "timeout"


class ConnectionError(HundredmsError, builtins.ConnectionError):
    """No connection, or a broken one: DNS, refused, TLS, reset."""

    kind = "connection"


class AmbiguousOutcomeError(HundredmsError):
    """The call failed and may have taken effect. Check before you repeat it.

    Every error with `may_have_applied` is one, in addition to its usual class.
    """

    kind = "ambiguous_outcome"


class DecodeError(HundredmsError):
    """A 2xx response whose body does not match its type. `field` says where."""

    kind = "decode"


class JobFailedError(HundredmsError):
    """A job cannot reach its end: what it waited for ended in another state. `state` says which."""

    kind = "job_failed"


class FileError(HundredmsError, OSError):
    """A file cannot be written: the disk is full, the folder is missing, no permission.

    `path` and `filename` name it, and `errno` says why, where the system has a number for it.
    """

    kind = "file"

    def __init__(
        self, text: str = "", fields: Mapping[str, Any] | None = None, /, **others: Any
    ) -> None:
        super().__init__(text, fields, **others)
        self.errno = {**(fields or {}), **others}.get("errno")
        self.filename = self.path
        self.strerror = self.cause


class CancelledError(HundredmsError):
    """The call was cancelled. Cancelled tasks raise `asyncio.CancelledError` instead."""

    kind = "cancelled"


CLASSES: dict[str, type[HundredmsError]] = {
    error.kind: error
    for error in (
        ConfigurationError,
        InvalidRequestError,
        BadRequestError,
        AuthenticationError,
        PermissionDeniedError,
        NotFoundError,
        ConflictError,
        RateLimitedError,
        ServerError,
        TimeoutError,
        ConnectionError,
        AmbiguousOutcomeError,
        DecodeError,
        JobFailedError,
        FileError,
        CancelledError,
    )
}

_AMBIGUOUS: dict[type[HundredmsError], type[HundredmsError]] = {}
"""The variant of each class for calls that may have taken effect: `AmbiguousServerError`."""

for _plain in CLASSES.values():
    if _plain is not AmbiguousOutcomeError:
        _name = f"Ambiguous{_plain.__name__}"
        _namespace = {"__doc__": f"A `{_plain.__name__}` of a call that may have taken effect."}
        _make: Any = type
        _made = _make(_name, (_plain, AmbiguousOutcomeError), _namespace)
        _AMBIGUOUS[_plain] = globals()[_name] = _made

for _error in (HundredmsError, *CLASSES.values(), *_AMBIGUOUS.values()):
    _error.__module__ = "hundredms"  # where users find it, and what tracebacks say


def _nearer(known: Mapping[str, Any]) -> type[HundredmsError]:
    """Return the class that says what made the outcome ambiguous."""
    if known["timed_out"]:
        return TimeoutError
    if known["phase"] is not None:
        return ConnectionError
    return ServerError if (known["status"] or 0) >= 500 else AmbiguousOutcomeError


_OF_ARGUMENTS = frozenset({ConfigurationError.kind, InvalidRequestError.kind})
"""The kinds of errors about what the caller gave. Other errors are about JSON."""

_KINDS = {
    "null": "None",
    "an object": "a dict",
    "a boolean": "a bool",
    "true or false": "True or False",
}
"""Kinds of values as the core names them, which are those of JSON, and as Python does."""

_NAMED = re.compile(rf"\b(found|expected|be|or) ({'|'.join(_KINDS)})\b")


def in_python(reason: str) -> str:
    """Return why an argument is refused with Python's names for kinds of values."""
    return _NAMED.sub(lambda named: f"{named[1]} {_KINDS[named[2]]}", reason)


def error_of(failure: "Failure") -> HundredmsError:
    """Create the exception for a failure."""
    return from_native(failure.text, failure.json)


def from_native(text: str, json: str) -> HundredmsError:
    """Create the exception for an error of the core."""
    known: dict[str, Any] = msgspec.json.decode(json)
    kind = known.pop("kind")
    if kind in _OF_ARGUMENTS:
        said = in_python(known["message"])
        text = text.replace(known["message"], said)
        known["message"] = said
    error = CLASSES.get(kind, HundredmsError)
    if error is AmbiguousOutcomeError and known["may_have_applied"]:
        error = _nearer(known)
        known["kind"] = kind
    known.pop("timed_out", None)
    return error(text, known)
