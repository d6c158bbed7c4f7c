"""The results of the sandbox's controls."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypedDict

import msgspec

from .._model import Model


class ControlError(Exception):
    """A control that was refused. `status` is the status of its HTTP response."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message, status)
        self.message = message
        self.status = status

    def __str__(self) -> str:
        return self.message


class Clock(Model, frozen=True, kw_only=True):
    """The virtual time."""

    now: datetime
    """The time by the virtual clock."""
    advanced_seconds: float
    """How far it is ahead of real time."""


class Snapshot(Model, frozen=True, kw_only=True):
    """A saved state. The copy itself stays in the sandbox."""

    id: int
    """Number of the snapshot."""


class Stats(Model, frozen=True, kw_only=True):
    """The counts of what exists."""

    rooms: int
    """Rooms, enabled or not."""
    room_codes: int
    """Room codes, enabled or not."""
    templates: int
    """Templates, including the default one."""
    sessions: int
    """Sessions, running or not."""
    peers: int
    """Connected peers."""
    polls: int
    """Polls."""
    scheduled: int
    """Scheduled changes."""
    events: int
    """Webhook events."""
    requests: int
    """Requests received since the start or the last clearing, including those that were dropped."""


class LoggedRequest(Model, frozen=True, kw_only=True):
    """One request as the sandbox received it, with the status it answered."""

    operation: str | None = None
    """The operation, such as `rooms.create`. None if there is none at this path."""
    method: str
    """The HTTP method."""
    path: str
    """The path as sent, still percent-encoded."""
    query: list[tuple[str, str]]
    """Decoded query parameters in the order sent."""
    body: Any = None
    """The JSON body.

    None if there was none, if it was not JSON or larger than 256 KiB, or if the request lacked a
    required token.
    """
    status: int
    """The status of the response. 0 if a fault closed the connection without one."""
    token: Literal["none", "management", "client"]
    """The kind of its valid token."""
    at: datetime
    """When, by the virtual clock."""
    faults: list[int] = msgspec.field(default_factory=list[int])
    """The numbers of the faults that affected it. 0 is the fault in its header."""


class FaultMatch(TypedDict, total=False):
    """Which requests a fault matches: those that match all fields."""

    operation: str
    """The operation, such as `rooms.create`."""
    method: str
    """The HTTP method."""
    path: str
    """The path below the base URL, as sent. A `*` at the end matches any suffix."""


class Nth(TypedDict):
    """A single one of the matching requests."""

    nth: int
    """Which one, starting at 1."""


class First(TypedDict):
    """The first of the matching requests."""

    first: int
    """How many."""


class Share(TypedDict):
    """A random share of the matching requests. The same seed selects the same ones."""

    share: float
    """The probability for each, from 0 to 1."""
    seed: int
    """Seed of the random selection."""


class Drip(TypedDict):
    """How slowly a body is sent."""

    bytes: int
    """Bytes at a time."""
    every_ms: int
    """Milliseconds between them."""


class FaultEffect(TypedDict, total=False):
    """What happens to a request. All effects can be combined. Delays are in real time."""

    delay_before_ms: int
    """Wait before the request is handled. It is handled even if the client has disconnected."""
    delay_answer_ms: int
    """Wait between handling the request and responding."""
    status: int
    """Return this status. The request is not handled, unless `apply` is true."""
    apply: bool
    """Handle the request although the response is replaced."""
    headers: dict[str, str]
    """Add these headers to the response."""
    retry_after: int
    """Add `Retry-After` with this many seconds."""
    retry_after_date: int
    """Add `Retry-After` with the date in this many seconds."""
    body: Any
    """Return this body: a string as it is, anything else as JSON."""
    gzip: bool
    """Send the body in gzip format."""
    disconnect: Literal["close_before", "close_after", "reset_before", "reset_after"]
    """Close the connection without a response, before or after the request was handled."""
    cut_body: int
    """Close the connection after this many bytes of the body."""
    content_length_off: int
    """Send a `Content-Length` that is too large, or too small if negative."""
    drip: Drip
    """Send the body in small pieces."""
    expire_tokens: bool
    """Expire every token that was accepted so far, including this request's."""
    clock_off: int
    """Offset the service's clock by this many seconds for this request."""
    refuse_connections_ms: int
    """Refuse new connections for this long. Open ones close when they are idle."""


class FaultReport(Model, frozen=True, kw_only=True):
    """A fault rule, with how often it matched and took effect."""

    id: int
    """Its number, as in the log of requests."""
    fault: dict[str, Any]
    """The fault: `match`, `on`, `effect`."""
    matched: int
    """How many requests matched."""
    fired: int
    """How many of those it affected."""


class Peer(Model, frozen=True, kw_only=True):
    """A peer that has joined."""

    id: str
    """Its id (UUID). New on every join."""
    room_id: str
    """Id of the room."""
    session_id: str
    """Id of the room's running session."""
    name: str
    """Display name. Empty if unset."""
    user_id: str
    """Your own id for the user. Empty if unset."""
    metadata: str
    """Free text. Empty if unset."""
    role: str
    """The role in the room."""
    joined_at: datetime
    """When it joined."""


class Track(Model, frozen=True, kw_only=True):
    """A published track."""

    id: str
    """Its id (UUID)."""
    stream_id: str
    """Id of its stream (UUID). Tracks of one peer and one source share it."""
    mute: bool
    """Whether it is muted."""
    type: str
    """`audio` or `video`."""
    source: str
    """Where the media comes from."""
    started_at: datetime
    """When it was published."""
    description: str
    """Empty."""


class Message(Model, frozen=True, kw_only=True):
    """A message that the API sent to a room."""

    session_id: str
    """The session that was running."""
    message: str
    """The text."""
    type: str
    """The label of the message for client apps. Defaults to `chat`."""
    recipients: list[str]
    """Ids of its recipients."""
    sent_at: datetime
    """When it was sent."""


class PollRun(Model, frozen=True, kw_only=True):
    """One run of a poll in a session."""

    id: str
    """Id of the run."""
    poll_id: str
    """The poll."""
    session_id: str
    """The session in which it runs."""
    started_at: datetime
    """When it was opened."""
    stopped_at: datetime | None = None
    """When it was closed. None while it is open."""
    total_responses: int
    """Number of received responses, including replaced ones."""
    unique_participants: int
    """Number of participants who answered."""


class PollAnswered(Model, frozen=True, kw_only=True):
    """The result of an answer."""

    response_id: str
    """Id of the response."""
    result_id: str
    """Id of the result. Later answers of the participant to this question have the same."""
    score: int
    """Points."""


class Job(Model, frozen=True, kw_only=True):
    """A summary of a recording, live stream or external stream."""

    id: str
    """Its id."""
    room_id: str
    """Id of the room."""
    kind: Literal["recording", "live_stream", "external_stream"]
    """What it is."""
    status: str
    """Its state, such as `failed`."""


class RtmpIn(Model, frozen=True, kw_only=True):
    """An encoder's stream into a room over RTMP."""

    id: str
    """Its id, which is the `ingest_id` of webhooks."""
    room_id: str
    """Id of the room."""
    stream_id: str
    """Id of its live stream."""


class WebhookAttempt(Model, frozen=True, kw_only=True):
    """One attempt to deliver a webhook."""

    at: datetime
    """When it began, by the virtual clock."""
    status: int | None = None
    """The status that the receiver answered. None otherwise."""
    error_reason: str | None = None
    """Why it failed, such as `timeout` or `status 500`. None otherwise."""
    duration_ms: float
    """How long it took, in milliseconds of real time."""


class WebhookDelivery(Model, frozen=True, kw_only=True):
    """The delivery of one event to a URL, with all its attempts."""

    event_id: str
    """Id of the event, the same in all its deliveries."""
    type: str
    """Type of the event, such as `peer.join.success`."""
    room_id: str | None = None
    """The room, if it is about one."""
    url: str
    """Where it is sent."""
    headers: dict[str, str]
    """The headers sent with it. Their values are not shown."""
    body: str = ""
    """The body, which is the same in each attempt."""
    is_replay: bool
    """Whether a replay caused it."""
    status: Literal["pending", "delivered", "failed", "dropped"]
    """Its state. `dropped` if a snapshot was restored meanwhile."""
    error_reason: str | None = None
    """Why it failed. None otherwise."""
    next_attempt_at: datetime | None = None
    """When the next attempt is due by the virtual clock; None when none is, or it is running."""
    attempts: list[WebhookAttempt]
    """The finished attempts, in order."""


class WebhookRequest(Model, frozen=True, kw_only=True):
    """A webhook as it would be sent."""

    event_id: str
    """Id of the event."""
    headers: dict[str, str]
    """The headers, their names in lower case; secrets are among them."""
    body: bytes
    """The body."""

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("headers", list(self.headers)), ("body", self.body)]

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"WebhookRequest({shown})"


class WebhookQueue(Model, frozen=True, kw_only=True):
    """Counts of the pending deliveries."""

    due: int
    """Those that are due or running."""
    waiting: int
    """Deliveries that wait for their next attempt."""
    next_attempt_at: datetime | None = None
    """When the first of these is due, by the virtual clock."""


class WebhookFaultKind(TypedDict):
    """The kind of a delivery fault."""

    fault: Literal["duplicate", "reorder", "drop"]
    """Sent several times at once, held until later ones were sent, or failed without being sent."""


class WebhookFault(WebhookFaultKind, total=False):
    """A fault of deliveries.

    It applies to all of them, unless `next`, `share` or `type` restrict it.
    """

    copies: int
    """How often a duplicated delivery is sent in total. Between 2 and 100. Defaults to 2."""
    behind: int
    """How many later deliveries are sent before a held one. Between 1 and 1000. Defaults to 1."""
    next: int
    """How many deliveries it applies to. Defaults to no limit."""
    share: float
    """The share of deliveries that it applies to. Between 0 and 1."""
    seed: int
    """Seed that selects the deliveries of a share."""
    type: str
    """Applies to events of this type only."""


class Requests(msgspec.Struct):
    """The result of the control `requests`."""

    requests: list[LoggedRequest]


class Faults(msgspec.Struct):
    """The result of the control `faults`."""

    faults: list[FaultReport]


class AddedFault(msgspec.Struct):
    """The result of the control `add_fault`."""

    id: int


class Messages(msgspec.Struct):
    """The result of the control `messages`."""

    messages: list[Message]


class ReportedClientError(msgspec.Struct):
    """The result of the control `report_client_error`."""

    peer_id: str


class RecordedDelivery(msgspec.Struct):
    """The result of the control `record_failed_delivery`."""

    event_id: str


class MadeWebhook(msgspec.Struct):
    """The result of the control `webhook_request`."""

    event_id: str
    headers: dict[str, str]
    body: str


class SentWebhook(msgspec.Struct):
    """The result of the control `send_webhook`."""

    event_id: str


class WebhookDeliveries(msgspec.Struct):
    """The result of the control `webhook_deliveries`."""

    deliveries: list[WebhookDelivery]
