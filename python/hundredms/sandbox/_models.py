"""What the controls of a sandbox tell."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypedDict

import msgspec

from .._model import Model


class ControlError(Exception):
    """A control that was refused; `status` is what its HTTP form answers."""

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
    """By how much it is ahead of real time."""


class Snapshot(Model, frozen=True, kw_only=True):
    """A state to come back to; the copy itself stays in the sandbox."""

    id: int
    """Number of the snapshot."""


class Stats(Model, frozen=True, kw_only=True):
    """How much there is."""

    rooms: int
    """Rooms, enabled or not."""
    room_codes: int
    """Room codes, enabled or not."""
    templates: int
    """Templates, the default one included."""
    sessions: int
    """Sessions, running or not."""
    peers: int
    """Peers that are in rooms now."""
    polls: int
    """Polls."""
    scheduled: int
    """Changes that will happen by the passing of time."""
    events: int
    """Events for webhooks."""
    requests: int
    """Requests received since the start or the last clearing, the forgotten ones included."""


class LoggedRequest(Model, frozen=True, kw_only=True):
    """One request as the sandbox received it, with the status it answered."""

    operation: str | None = None
    """The operation, such as `rooms.create`; None when nothing is there."""
    method: str
    """The HTTP method."""
    path: str
    """The path as sent, still percent-encoded."""
    query: list[tuple[str, str]]
    """Decoded query parameters in the order sent."""
    body: Any = None
    """The JSON body.

    None when there was none, when it was no JSON or larger than 256 KiB, and when the request
    carried no token although its operation needs one.
    """
    status: int
    """The status answered; 0 when a fault ended the connection without one."""
    token: Literal["none", "management", "client"]
    """Whose valid token it carried."""
    at: datetime
    """When, by the virtual clock."""
    faults: list[int] = msgspec.field(default_factory=list[int])
    """The faults that struck it, by their numbers; 0 is the one of its own header."""


class FaultMatch(TypedDict, total=False):
    """Which requests a fault is about: those that fit all that is said."""

    operation: str
    """The operation, such as `rooms.create`."""
    method: str
    """The HTTP method."""
    path: str
    """The path below the base URL as it is sent; with `*` at its end, the beginning of it."""


class Nth(TypedDict):
    """One of the matching requests alone."""

    nth: int
    """Which, counted from 1."""


class First(TypedDict):
    """The first of the matching requests."""

    first: int
    """How many."""


class Share(TypedDict):
    """Some of the matching requests, by chance; the same seed strikes the same ones."""

    share: float
    """How likely each is struck, from 0 to 1."""
    seed: int
    """Where chance begins."""


class Drip(TypedDict):
    """How slowly a body comes."""

    bytes: int
    """So many bytes at a time."""
    every_ms: int
    """Milliseconds between them."""


class FaultEffect(TypedDict, total=False):
    """What happens to a request; all of it may be combined. Delays are real time."""

    delay_before_ms: int
    """Wait before the request is handled, which is done even when the client has left by then."""
    delay_answer_ms: int
    """Wait between handling and answering."""
    status: int
    """Answer this status; the request is not handled then, unless `apply` says so."""
    apply: bool
    """Handle the request although the answer is another."""
    headers: dict[str, str]
    """Answer these headers, too."""
    retry_after: int
    """Answer `Retry-After` with so many seconds."""
    retry_after_date: int
    """Answer `Retry-After` with the date in so many seconds."""
    body: Any
    """Answer this body: a string as it is, anything else as JSON."""
    gzip: bool
    """Send the body wrapped by gzip."""
    disconnect: Literal["close_before", "close_after", "reset_before", "reset_after"]
    """End the connection without an answer, before or after the request was handled."""
    cut_body: int
    """End the connection after so many bytes of the body."""
    content_length_off: int
    """Tell a `Content-Length` that is too large, or too small when below zero."""
    drip: Drip
    """Send the body in drops."""
    expire_tokens: bool
    """Let every token expire that was accepted so far, that of this request included."""
    clock_off: int
    """Put the clock of the service off by so many seconds for this request."""
    refuse_connections_ms: int
    """Refuse new connections for so long; open ones end when they are idle."""


class FaultReport(Model, frozen=True, kw_only=True):
    """A fault of the script, and how often it was met and struck."""

    id: int
    """Its number; the log of requests names it."""
    fault: dict[str, Any]
    """The fault: `match`, `on`, `effect`."""
    matched: int
    """How many requests matched."""
    fired: int
    """How many of those it struck."""


class Peer(Model, frozen=True, kw_only=True):
    """A peer that has joined."""

    id: str
    """Its id (UUID); new on every join."""
    room_id: str
    """Id of the room."""
    session_id: str
    """Id of the room's running session."""
    name: str
    """Display name; empty when none was given."""
    user_id: str
    """Your own id of the user; empty when none was given."""
    metadata: str
    """Free text; empty when none was given."""
    role: str
    """The role in the room."""
    joined_at: datetime
    """When it joined."""


class Track(Model, frozen=True, kw_only=True):
    """A published track."""

    id: str
    """Its id (UUID)."""
    stream_id: str
    """Id of its stream (UUID); tracks of one peer and one source share it."""
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
    """A message that the API sent into a room."""

    session_id: str
    """The session that was running."""
    message: str
    """The text."""
    type: str
    """The label by which client apps tell messages apart; `chat` when none was given."""
    recipients: list[str]
    """Ids of the peers that it reached."""
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
    """When it was closed; None while it is open."""
    total_responses: int
    """Responses received, replaced ones included."""
    unique_participants: int
    """How many have answered."""


class PollAnswered(Model, frozen=True, kw_only=True):
    """What came of an answer."""

    response_id: str
    """Id of the response."""
    result_id: str
    """Id of the result; the same for later answers of the participant to this question."""
    score: int
    """Points."""


class Job(Model, frozen=True, kw_only=True):
    """A recording, live stream or external stream, in short."""

    id: str
    """Its id."""
    room_id: str
    """Id of the room."""
    kind: Literal["recording", "live_stream", "external_stream"]
    """What it is."""
    status: str
    """Its state, such as `failed`."""


class RtmpIn(Model, frozen=True, kw_only=True):
    """What an encoder feeds a room over RTMP."""

    id: str
    """Its id; the `ingest_id` of webhooks."""
    room_id: str
    """Id of the room."""
    stream_id: str
    """Id of the live stream that is made of it."""


class WebhookAttempt(Model, frozen=True, kw_only=True):
    """One try to deliver a webhook."""

    at: datetime
    """When it began, by the virtual clock."""
    status: int | None = None
    """The status that the receiver answered; None when it did not."""
    error_reason: str | None = None
    """Why it failed, such as `timeout` or `status 500`; None when it did not."""
    duration_ms: float
    """How long it took, in milliseconds of real time."""


class WebhookDelivery(Model, frozen=True, kw_only=True):
    """One event on its way to a URL, with all its attempts."""

    event_id: str
    """Id of the event, the same in all its deliveries."""
    type: str
    """Type of the event, such as `peer.join.success`."""
    room_id: str | None = None
    """The room, if it is about one."""
    url: str
    """Where it is sent."""
    headers: dict[str, str]
    """The headers sent with it; their values are not shown."""
    body: str = ""
    """The body as it is sent, in each attempt the same."""
    is_replay: bool
    """Whether a replay caused it."""
    status: Literal["pending", "delivered", "failed", "dropped"]
    """How it stands; `dropped` when a snapshot was restored meanwhile."""
    error_reason: str | None = None
    """Why it failed; None unless it did."""
    next_attempt_at: datetime | None = None
    """When the next attempt is due by the virtual clock; None when none is, or it is under way."""
    attempts: list[WebhookAttempt]
    """The attempts that are over, in order."""


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
    """The deliveries that are not over, counted."""

    due: int
    """Those that are due or under way."""
    waiting: int
    """Those that wait for their next attempt."""
    next_attempt_at: datetime | None = None
    """When the first of these is due, by the virtual clock."""


class WebhookFaultKind(TypedDict):
    """What can go wrong with a delivery."""

    fault: Literal["duplicate", "reorder", "drop"]
    """Sent several times at once, held until later ones were sent, or failed without being sent."""


class WebhookFault(WebhookFaultKind, total=False):
    """What goes wrong with deliveries: with all unless `next`, `share` or `type` say which."""

    copies: int
    """How often a duplicated one is sent in all: 2 to 100; 2 unless set."""
    behind: int
    """How many later ones go before a held one: 1 to 1000; 1 unless set."""
    next: int
    """How many deliveries it strikes; any number unless set."""
    share: float
    """The share of deliveries that it strikes, 0 to 1."""
    seed: int
    """Decides which ones a share means."""
    type: str
    """Strikes events of this type only."""


class Requests(msgspec.Struct):
    """The answer of the control `requests`."""

    requests: list[LoggedRequest]


class Faults(msgspec.Struct):
    """The answer of the control `faults`."""

    faults: list[FaultReport]


class AddedFault(msgspec.Struct):
    """The answer of the control `add_fault`."""

    id: int


class Messages(msgspec.Struct):
    """The answer of the control `messages`."""

    messages: list[Message]


class ReportedClientError(msgspec.Struct):
    """The answer of the control `report_client_error`."""

    peer_id: str


class RecordedDelivery(msgspec.Struct):
    """The answer of the control `record_failed_delivery`."""

    event_id: str


class MadeWebhook(msgspec.Struct):
    """The answer of the control `webhook_request`."""

    event_id: str
    headers: dict[str, str]
    body: str


class SentWebhook(msgspec.Struct):
    """The answer of the control `send_webhook`."""

    event_id: str


class WebhookDeliveries(msgspec.Struct):
    """The answer of the control `webhook_deliveries`."""

    deliveries: list[WebhookDelivery]
