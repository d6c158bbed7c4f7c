"""What the controls of a sandbox tell."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

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
    """The JSON body; None when there was none or it was no JSON."""
    status: int
    """The status answered."""
    token: Literal["none", "management", "client"]
    """Whose valid token it carried."""
    at: datetime
    """When, by the virtual clock."""


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


class Requests(msgspec.Struct):
    """The answer of the control `requests`."""

    requests: list[LoggedRequest]


class Messages(msgspec.Struct):
    """The answer of the control `messages`."""

    messages: list[Message]


class ReportedClientError(msgspec.Struct):
    """The answer of the control `report_client_error`."""

    peer_id: str


class RecordedDelivery(msgspec.Struct):
    """The answer of the control `record_failed_delivery`."""

    event_id: str
