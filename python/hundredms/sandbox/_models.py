# @generated from crates/hundredms-sandbox/src/control by `cargo xtask gen`; do not edit.
"""Results and arguments of the sandbox's controls."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypedDict

from .._model import Model
from .._typing import NotRequired


class Clock(Model, frozen=True, kw_only=True):
    """The virtual time."""

    now: datetime
    """The time by the virtual clock."""
    advanced_seconds: float
    """How far it is ahead of real time, in seconds: the sum of all advances."""


class Snapshot(Model, frozen=True, kw_only=True):
    """A saved state. The copy itself stays in the sandbox."""

    id: int
    """Number of the snapshot."""


class Requests(Model, frozen=True, kw_only=True):
    """The log."""

    requests: list[LoggedRequest]
    """Oldest first."""


class LoggedRequest(Model, frozen=True, kw_only=True):
    """One received request, with the status of its response. Headers are not kept."""

    operation: str | None = None
    """The operation, such as `rooms.create`. None if there is none at this path."""
    method: str
    """The HTTP method."""
    path: str
    """The path as sent, still percent-encoded."""
    query: list[tuple[str, str]]
    """Decoded query parameters in the order sent."""
    body: Any = None
    """The JSON body. None if there was none, if it was not JSON or larger than 256 KiB, or if the request lacked a required token."""
    status: int
    """The status of the response. 0 if a fault closed the connection without one."""
    error: str | None = None
    """The message of the response, if it is an error that has one."""
    token: Literal["none", "management", "client"]
    """Which kind of token was accepted."""
    at: datetime
    """When, by the virtual clock."""
    faults: list[int] = []
    """The numbers of the faults that affected it. 0 is the fault in its header."""


class SentWebhook(Model, frozen=True, kw_only=True):
    """An event that is being delivered."""

    event_id: str
    """Id of the event."""


class WebhookDeliveries(Model, frozen=True, kw_only=True):
    """The log of deliveries."""

    deliveries: list[WebhookDelivery]
    """Oldest first."""


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
    """The headers sent with it. Their values are not shown."""
    body: str
    """The body, which is the same in each attempt."""
    is_replay: bool
    """Whether a replay caused it."""
    status: Literal["pending", "delivered", "failed", "dropped"]
    """`pending`, `delivered`, `failed`, or `dropped` when a snapshot was restored meanwhile."""
    error_reason: str | None = None
    """Why it failed. None otherwise."""
    next_attempt_at: datetime | None = None
    """When the next attempt is due by the virtual clock. None if it is running or there is none."""
    attempts: list[WebhookAttempt]
    """The finished attempts, in order."""


class WebhookAttempt(Model, frozen=True, kw_only=True):
    """One attempt to deliver a webhook."""

    at: datetime
    """When it started, by the virtual clock."""
    status: int | None = None
    """The status of the receiver's response. None if there was none."""
    error_reason: str | None = None
    """Why it failed, such as `timeout` or `status 500`. None if it succeeded."""
    duration_ms: float
    """How long it took, in milliseconds of real time."""


class WebhookQueue(Model, frozen=True, kw_only=True):
    """Counts of the pending deliveries."""

    due: int
    """Deliveries that are due or running."""
    waiting: int
    """Deliveries that wait for their next attempt."""
    next_attempt_at: datetime | None = None
    """When the first of these is due, by the virtual clock."""


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
    type: Literal["audio", "video"]
    """`audio` or `video`."""
    source: str
    """Where the media comes from."""
    started_at: datetime
    """When it was published."""
    description: str
    """Empty."""


class Messages(Model, frozen=True, kw_only=True):
    """All messages."""

    messages: list[Message]
    """Oldest first."""


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
    """Points. In a quiz, the weight of the question if the answer is right. In a poll, that weight times the weights of the chosen options."""


class Job(Model, frozen=True, kw_only=True):
    """A summary of a recording, live stream or external stream."""

    id: str
    """Its id."""
    room_id: str
    """Id of the room."""
    kind: Literal["recording", "live_stream", "external_stream"]
    """`recording`, `live_stream` or `external_stream`."""
    status: str
    """Its state, such as `failed`."""


class RtmpIn(Model, frozen=True, kw_only=True):
    """An ingestion over RTMP."""

    id: str
    """Its id, which is the `ingest_id` of webhooks."""
    room_id: str
    """Id of the room."""
    stream_id: str
    """Id of its live stream."""


class ReportedClientError(Model, frozen=True, kw_only=True):
    """An error that analytics has accepted."""

    peer_id: str
    """The peer it is about."""


class RecordedDelivery(Model, frozen=True, kw_only=True):
    """A delivery that is in the log."""

    event_id: str
    """Id of the event (UUID)."""


class FaultMatch(TypedDict):
    """Which requests a fault matches: those that match all fields."""

    operation: NotRequired[str]
    """The operation, such as `rooms.create`; or `storage.get`, a request for a file by its presigned link. Only a rule with this name, or with a path that begins with `/storage/`, matches such requests."""
    method: NotRequired[str]
    """The HTTP method."""
    path: NotRequired[str]
    """The path below the base URL, as sent. A `*` at the end matches any suffix."""


class FaultEffect(TypedDict):
    """What happens to a request.

    All effects can be combined. Delays are in real time, not by the virtual clock.
    """

    delay_before_ms: NotRequired[int]
    """Wait this many milliseconds before the request is handled. It is handled even if the client has disconnected."""
    delay_answer_ms: NotRequired[int]
    """Wait this many milliseconds between handling the request and responding."""
    status: NotRequired[int]
    """Return this status. The request is not handled, unless `apply` is true."""
    apply: NotRequired[bool]
    """Handle the request although the response is replaced."""
    headers: NotRequired[dict[str, str]]
    """Add these headers to the response."""
    retry_after: NotRequired[int]
    """Add `Retry-After` with this many seconds."""
    retry_after_date: NotRequired[int]
    """Add `Retry-After` with the date in this many seconds."""
    body: NotRequired[Any]
    """Return this body: a string as it is, anything else as JSON."""
    gzip: NotRequired[bool]
    """Send the body in gzip format."""
    disconnect: NotRequired[Literal["close_before", "close_after", "reset_before", "reset_after"]]
    """Close the connection without a response, before or after the request was handled."""
    cut_body: NotRequired[int]
    """Close the connection after this many bytes of the body."""
    content_length_off: NotRequired[int]
    """Send a `Content-Length` that is wrong by this many bytes: too large, or too small if negative."""
    drip: NotRequired[Drip]
    """Send the body in small pieces."""
    expire_tokens: NotRequired[bool]
    """Expire every token that was accepted so far, including this request's."""
    clock_off: NotRequired[int]
    """Offset the service's clock by this many seconds for this request: for its token and in the `Date` of the response."""
    refuse_connections_ms: NotRequired[int]
    """Refuse new connections for this many milliseconds. Open ones close when they are idle. Clearing the faults ends this earlier."""


class Drip(TypedDict):
    """How slowly a body is sent."""

    bytes: int
    """Bytes at a time."""
    every_ms: int
    """Milliseconds between them."""


class WebhookFault(TypedDict):
    """A fault of deliveries.

    It applies to all of them, unless a number, a share or a type of events restricts it.
    """

    fault: Literal["duplicate", "reorder", "drop"]
    """What happens. `duplicate` sends it several times at once. `reorder` holds it until later ones were attempted, 5 seconds of the virtual clock have passed, or `settle_webhooks` has nothing else to wait for. `drop` fails it without sending, as if all attempts had failed."""
    copies: NotRequired[int]
    """How often a duplicated delivery is sent in total. Between 2 and 100. Defaults to 2."""
    behind: NotRequired[int]
    """How many later deliveries are sent before a held one. Between 1 and 1000. Defaults to 1."""
    next: NotRequired[int]
    """How many deliveries it applies to. Defaults to no limit."""
    share: NotRequired[float]
    """The share of deliveries it applies to. Between 0 and 1. Defaults to all."""
    seed: NotRequired[int]
    """Seed that selects the deliveries of a share. Defaults to 0."""
    type: NotRequired[str]
    """Applies to events of this type only."""
