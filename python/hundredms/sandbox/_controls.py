"""Controls of a sandbox: drive what otherwise depends on media servers, clients and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from weakref import WeakSet

import msgspec

from .. import _native
from .._arguments import Misfit, encode
from .._frames import seal
from .._model import DECODERS
from ._models import (
    AddedFault,
    Clock,
    ControlError,
    FaultEffect,
    FaultMatch,
    FaultReport,
    Faults,
    First,
    Job,
    LoggedRequest,
    MadeWebhook,
    Message,
    Messages,
    Nth,
    Peer,
    PollAnswered,
    PollRun,
    RecordedDelivery,
    ReportedClientError,
    Requests,
    RtmpIn,
    SentWebhook,
    Share,
    Snapshot,
    Stats,
    Track,
    WebhookDeliveries,
    WebhookDelivery,
    WebhookFault,
    WebhookQueue,
    WebhookRequest,
)

if TYPE_CHECKING:
    from .._client import AsyncClient, Client

T = TypeVar("T")
C = TypeVar("C", bound="Client | AsyncClient")


def _event(
    type: str,
    room_id: str | None,
    data: Mapping[str, Any] | None,
    fields: Mapping[str, Any] | None,
    id: str | None,
    timestamp: datetime | None,
) -> dict[str, Any]:
    return {
        "type": type,
        "room_id": room_id,
        "data": data,
        "fields": fields,
        "id": id,
        "timestamp": timestamp,
    }


class Controls:
    """An emulated workspace on the loopback interface, and its controls."""

    def __init_subclass__(cls) -> None:
        seal(cls)

    def __init__(
        self,
        *,
        port: int = 0,
        access_key: str | None = None,
        secret: str | None = None,
        host: str | None = None,
        allow_hosts: Sequence[str] = (),
    ) -> None:
        """Start the sandbox on a separate thread.

        Args:
            port: Port to listen on. Between 0 and 65535; 0 selects a free one.
            access_key: Access key that tokens must contain. Generated if None.
            secret: Secret that tokens must be signed with. Generated if None.
            host: Address or name to listen at. Defaults to 127.0.0.1. Anyone who can reach it can
                control the sandbox.
            allow_hosts: Further names in the `Host` header that requests may use, such as that of a
                container.

        Raises:
            ValueError: The port is out of range, or a host is not a name or an address.
            OSError: The port is in use.
        """
        if not 0 <= port <= 65535:
            message = f"port must be between 0 and 65535, not {port}"
            raise ValueError(message)
        self._native = _native.Sandbox(port, access_key, secret, host, list(allow_hosts))
        self._clients: WeakSet[Client | AsyncClient] = WeakSet()
        self._advanced = 0
        self.base_url: str = self._native.base_url()
        """Base URL of its API: `http://127.0.0.1:41234/v2`."""
        self.auth_url: str = self._native.auth_url()
        """Base URL for the exchange of room codes."""
        self.access_key: str = self._native.access_key()
        """The access key that tokens must contain."""
        self.secret: str = self._native.secret()
        """The secret that tokens must be signed with."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.base_url!r})"

    def env(self) -> dict[str, str]:
        """Return the environment variables that make other clients use this sandbox.

        For `subprocess.run(..., env={**os.environ, **sandbox.env()})`, or `monkeypatch.setenv`.
        """
        return {
            "HMS_ACCESS_KEY": self.access_key,
            "HMS_SECRET": self.secret,
            "HMS_BASE_URL": self.base_url,
            "HMS_AUTH_URL": self.auth_url,
        }

    def control(self, name: str, arguments: Mapping[str, Any] | None = None) -> Any:
        """Run a control by name, as `POST /_sandbox/<name>` does.

        Raises:
            ControlError: The arguments are invalid, or the state does not allow it.
        """
        return msgspec.json.decode(self._json(name, dict(arguments or {})))

    def _run(self, name: str, type: type[T], arguments: dict[str, Any]) -> T:
        answer: T = DECODERS[type].decode(self._json(name, arguments))
        return answer

    def _json(self, name: str, arguments: dict[str, Any]) -> str:
        given = {key: value for key, value in arguments.items() if value is not None}
        try:
            return self._native.control(name, encode(given).decode())
        except Misfit as misfit:
            raise ControlError(f"{name}: {misfit.place}: {misfit.reason}", 400) from None
        except ValueError as refused:
            raise ControlError(*refused.args) from None

    def advance_clock(self, seconds: float | timedelta) -> Clock:
        """Advance the virtual clock. Runs everything that is due, then returns.

        This includes webhook deliveries and their retries, for which it waits at most 5 seconds of
        real time.
        """
        return self._advance(seconds, deliver=True)

    def _advance(self, seconds: float | timedelta, *, deliver: bool) -> Clock:
        if isinstance(seconds, timedelta):
            seconds = seconds.total_seconds()
        clock = self._run("advance_clock", Clock, {"seconds": seconds, "deliver": deliver})
        return self._moved(clock)

    def _known(self, client: C) -> C:
        """Tell a client the time, as the first refusal of a token does."""
        client._core.set_clock_offset(self._advanced)  # pyright: ignore[reportPrivateUsage]
        self._clients.add(client)
        return client

    def _moved(self, clock: Clock) -> Clock:
        self._advanced = round(clock.advanced_seconds)
        for client in self._clients:
            client._core.set_clock_offset(self._advanced)  # pyright: ignore[reportPrivateUsage]
        return clock

    def clock(self) -> Clock:
        """Return the virtual time."""
        return self._run("clock", Clock, {})

    def reset(self) -> None:
        """Reset everything to its start: state, clock, snapshots, log."""
        self.control("reset")
        self._moved(self.clock())

    def snapshot(self) -> Snapshot:
        """Save a copy of the whole state, including the clock.

        Raises:
            ControlError: There are 1,000 snapshots already, or 512 MiB of them.
        """
        return self._run("snapshot", Snapshot, {})

    def drop_snapshot(self, snapshot: Snapshot) -> None:
        """Delete a snapshot."""
        self.control("drop_snapshot", {"id": snapshot.id})

    def restore(self, snapshot: Snapshot) -> None:
        """Return to a snapshot. Keeps the log of requests."""
        self.control("restore", {"id": snapshot.id})
        self._moved(self.clock())

    def requests(self) -> list[LoggedRequest]:
        """Return received requests, oldest first. Keeps the latest 10,000, of at most 16 MiB."""
        return self._run("requests", Requests, {}).requests

    def clear_requests(self) -> None:
        """Clear the log of requests."""
        self.control("clear_requests")

    def add_fault(
        self,
        effect: FaultEffect,
        *,
        match: FaultMatch | None = None,
        on: Nth | First | Share | Literal["every"] | None = None,
    ) -> int:
        """Add a fault rule, and return its number.

            sandbox.add_fault({"status": 503}, match={"operation": "rooms.create"}, on={"nth": 1})

        Args:
            effect: What happens to them.
            match: Which requests it matches. Defaults to all.
            on: Which of those it affects. Defaults to each one.

        Raises:
            ControlError: The rule is invalid.
        """
        fault = {"effect": effect, "match": match, "on": on}
        return self._run("add_fault", AddedFault, fault).id

    def faults(self) -> list[FaultReport]:
        """Return the fault rules, with how often each matched and took effect."""
        return self._run("faults", Faults, {}).faults

    def clear_faults(self) -> None:
        """Remove all fault rules.

        Expired tokens become valid again, and connections are accepted again.
        """
        self.control("clear_faults")

    def refuse_connections(self, seconds: float) -> None:
        """Refuse new connections for this long, and close idle ones.

        A later call replaces an earlier one. With 0, connections are closed and new ones are
        accepted at once.
        """
        self.control("refuse_connections", {"seconds": seconds})

    def rate_limit(self, per_second: int | None) -> None:
        """Return 429 above this many requests per second for each resource, such as `rooms`.

        The seconds are by the virtual clock.

        Args:
            per_second: Between 1 and 10000. None removes the limit.
        """
        self.control("rate_limit", {"per_second": per_second})

    def set_webhook(
        self,
        url: str | None,
        *,
        headers: Mapping[str, str] | None = None,
        signing_key: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Set where the workspace's webhooks go. Rooms may have their own.

        They are sent when the state changes, and retried 1, 3 and 10 seconds of the virtual clock
        after a failed attempt.

        Args:
            url: An `http` URL. With None, none are sent.
            headers: Headers sent with every webhook.
            signing_key: Key of the signature in `x-100ms-signature`. Not signed if None.
            timeout: Seconds of real time for an attempt. Defaults to 10.
        """
        arguments = {
            "url": url,
            "headers": headers,
            "signing_key": signing_key,
            "timeout_seconds": timeout,
        }
        self._json("set_webhook", arguments)

    def send_webhook(
        self,
        type: str,
        *,
        room_id: str | None = None,
        data: Mapping[str, Any] | None = None,
        fields: Mapping[str, Any] | None = None,
        id: str | None = None,
        timestamp: datetime | None = None,
    ) -> str:
        """Send a webhook on demand, and return the id of its event.

        Args:
            type: Type of the event, such as `peer.join.success`, or any other text.
            room_id: The room it is about. It determines where the event is sent.
            data: All of its data. Defaults to an example of the type, about that room.
            fields: Fields that replace those of the example, or are added.
            id: Id of the event. Generated by default.
            timestamp: When it happened. Defaults to now, by the virtual clock.
        """
        event = _event(type, room_id, data, fields, id, timestamp)
        return self._run("send_webhook", SentWebhook, event).event_id

    def webhook_request(
        self,
        type: str,
        *,
        room_id: str | None = None,
        data: Mapping[str, Any] | None = None,
        fields: Mapping[str, Any] | None = None,
        id: str | None = None,
        timestamp: datetime | None = None,
        headers: Mapping[str, str] | None = None,
        signing_key: str | None = None,
    ) -> WebhookRequest:
        """Return the request that would deliver a webhook, without sending it.

        For a receiver in the process, or the test client of a framework:

            request = sandbox.webhook_request("peer.join.success", headers={"x-secret": SECRET})
            receiver.handle(request.body, request.headers)
            TestClient(app).post("/webhooks", content=request.body, headers=request.headers)

        Args:
            type: Type of the event, such as `peer.join.success`, or any other text.
            room_id: The room it is about.
            data: All of its data. Defaults to an example of the type, about that room.
            fields: Fields that replace those of the example, or are added.
            id: Id of the event. Generated by default.
            timestamp: When it happened. Defaults to now, by the virtual clock.
            headers: Headers, including secrets. Defaults to those of the room's webhook or of
                `set_webhook`.
            signing_key: Key of the signature in `x-100ms-signature`. Defaults to that of
                `set_webhook`.
        """
        event = _event(type, room_id, data, fields, id, timestamp)
        given = {name: value for name, value in event.items() if value is not None}
        arguments = {"event": given, "headers": headers, "signing_key": signing_key}
        made = self._run("webhook_request", MadeWebhook, arguments)
        return WebhookRequest(event_id=made.event_id, headers=made.headers, body=made.body.encode())

    def webhook_deliveries(self) -> list[WebhookDelivery]:
        """Return the log of deliveries with their attempts, oldest first."""
        return self._run("webhook_deliveries", WebhookDeliveries, {}).deliveries

    def webhook_queue(self) -> WebhookQueue:
        """Count the pending deliveries."""
        return self._run("webhook_queue", WebhookQueue, {})

    def webhook_faults(self, faults: Sequence[WebhookFault]) -> None:
        """Make deliveries fail. Replaces earlier faults; `[]` removes them.

        sandbox.webhook_faults([{"fault": "duplicate", "share": 0.2, "seed": 1}])
        """
        self.control("webhook_faults", {"faults": faults})

    def seed(self, *, rooms: int, template: str | None = None) -> Stats:
        """Create many rooms at once, named `room-1` and so on, and return the counts.

        Args:
            rooms: Number of rooms, at most 100,000.
            template: Id or name of their template. Defaults to the default template.
        """
        return self._run("seed", Stats, {"rooms": rooms, "template": template})

    def stats(self) -> Stats:
        """Count what exists."""
        return self._run("stats", Stats, {})

    def join_peer(
        self,
        token: str | None = None,
        *,
        room_id: str | None = None,
        role: str | None = None,
        user_id: str | None = None,
        name: str | None = None,
        metadata: str | None = None,
    ) -> Peer:
        """Make a peer join as a client SDK does: with a client auth token, or by room and role.

        Args:
            token: A client auth token. It contains room, role and user id.
            room_id: Id of the room, without a token.
            role: A role of the room's template, without a token.
            user_id: Your own id for the user, without a token.
            name: Display name.
            metadata: Free text, usually JSON.
        """
        arguments = {
            "token": token,
            "room_id": room_id,
            "role": role,
            "user_id": user_id,
            "name": name,
            "metadata": metadata,
        }
        return self._run("join_peer", Peer, arguments)

    def leave_peer(
        self,
        peer_id: str,
        *,
        reason: Literal[
            "client request",
            "websocket closed",
            "ice connection state closed",
            "server removed peer",
        ] = "client request",
    ) -> None:
        """Make a connected peer leave. The session ends when its last peer leaves."""
        self.control("leave_peer", {"peer_id": peer_id, "reason": reason})

    def publish_track(
        self,
        peer_id: str,
        type: Literal["audio", "video"],
        *,
        source: str = "regular",
        mute: bool = False,
    ) -> Track:
        """Publish a track of a connected peer.

        Args:
            peer_id: Id of the peer.
            type: Kind of media.
            source: `regular`, `screen`, `plugin`, `audioplaylist`, `videoplaylist`, or another.
            mute: Whether it starts muted.
        """
        arguments = {"peer_id": peer_id, "type": type, "source": source, "mute": mute}
        return self._run("publish_track", Track, arguments)

    def mute_track(self, track_id: str, mute: bool) -> Track:
        """Mute or unmute a published track."""
        return self._run("mute_track", Track, {"track_id": track_id, "mute": mute})

    def unpublish_track(self, track_id: str) -> None:
        """Unpublish a track."""
        self.control("unpublish_track", {"track_id": track_id})

    def messages(self, room_id: str) -> list[Message]:
        """Return the messages that the API sent to a room, oldest first."""
        return self._run("messages", Messages, {"room_id": room_id}).messages

    def start_poll(self, room_id: str, poll_id: str) -> PollRun:
        """Open a poll in the running session of a room, as a client does."""
        return self._run("start_poll", PollRun, {"room_id": room_id, "poll_id": poll_id})

    def stop_poll(self, room_id: str, poll_id: str) -> PollRun:
        """Close a poll that is open in the running session of a room."""
        return self._run("stop_poll", PollRun, {"room_id": room_id, "poll_id": poll_id})

    def answer_poll(
        self,
        poll_id: str,
        question: int,
        *,
        peer_id: str | None = None,
        room_id: str | None = None,
        user_id: str | None = None,
        option: int | None = None,
        options: Sequence[int] | None = None,
        text: str | None = None,
        skipped: bool = False,
        duration: int | None = None,
    ) -> PollAnswered:
        """Answer a question of an open poll, with one of `option`, `options`, `text` and `skipped`.

        Args:
            poll_id: The poll.
            question: Index of the question.
            peer_id: The connected peer that answers.
            room_id: With `user_id`: the room in whose running session the poll is open.
            user_id: The user who answers, instead of `peer_id`.
            option: The chosen option of a question that takes one.
            options: The chosen options of a question that takes several.
            text: The text for a question that takes text.
            skipped: Whether the question is skipped.
            duration: Duration in milliseconds. Defaults to the time since the poll was opened.
        """
        arguments = {
            "poll_id": poll_id,
            "question": question,
            "peer_id": peer_id,
            "room_id": room_id,
            "user_id": user_id,
            "option": option,
            "options": options,
            "text": text,
            "skipped": skipped,
            "duration": duration,
        }
        return self._run("answer_poll", PollAnswered, arguments)

    def fail_job(
        self,
        job_id: str,
        *,
        reason: Literal[
            "INTERNAL_ERROR", "MAX_RETRIES_REACHED", "UPLOAD_ERROR", "BEAM_STOPPED"
        ] = "INTERNAL_ERROR",
    ) -> Job:
        """Make a recording, live stream or external stream fail."""
        return self._run("fail_job", Job, {"job_id": job_id, "reason": reason})

    def fail_transcription(self, job_id: str) -> Job:
        """Make the transcription of a recording fail."""
        return self._run("fail_transcription", Job, {"job_id": job_id})

    def start_rtmp_in(self, *, room_id: str | None = None, stream_key: str | None = None) -> RtmpIn:
        """Connect an encoder that streams into a room over RTMP.

        This starts the room's live stream.

        Args:
            room_id: Id of the room, whose active stream key is used.
            stream_key: A stream key instead.
        """
        return self._run("start_rtmp_in", RtmpIn, {"room_id": room_id, "stream_key": stream_key})

    def stop_rtmp_in(self, *, room_id: str | None = None, stream_key: str | None = None) -> RtmpIn:
        """Disconnect a room's encoder. The live stream ends unless it reconnects in time."""
        return self._run("stop_rtmp_in", RtmpIn, {"room_id": room_id, "stream_key": stream_key})

    def fail_rtmp_in(self, *, room_id: str | None = None, stream_key: str | None = None) -> RtmpIn:
        """End an encoder's stream into a room with an internal error."""
        return self._run("fail_rtmp_in", RtmpIn, {"room_id": room_id, "stream_key": stream_key})

    def report_client_error(
        self,
        room_id: str,
        type: str,
        *,
        peer_id: str | None = None,
        user_id: str | None = None,
        user_name: str | None = None,
        role: str | None = None,
        error_code: int | None = None,
        error_name: str | None = None,
        error_message: str | None = None,
        error_description: str | None = None,
        is_terminal: bool | None = None,
    ) -> str:
        """Report a client's error to analytics, and return the id of the peer it is about.

        Missing values come from the peer, or are the usual ones of the type.

        Args:
            room_id: The room.
            type: `client.publish.failed`, `client.subscribe.failed`, `client.join.failed`,
                `client.disconnected` or `client.connect.failed`.
            peer_id: A peer that is or was in the room, or any other id. Generated if None.
            user_id: Your own id for the user.
            user_name: Display name.
            role: The role.
            error_code: Number of the error, such as 4006.
            error_name: Short name, such as `ICEDisconnected`.
            error_message: Message.
            error_description: Details.
            is_terminal: Whether the client gave up.
        """
        arguments = {
            "room_id": room_id,
            "type": type,
            "peer_id": peer_id,
            "user_id": user_id,
            "user_name": user_name,
            "role": role,
            "error_code": error_code,
            "error_name": error_name,
            "error_message": error_message,
            "error_description": error_description,
            "is_terminal": is_terminal,
        }
        return self._run("report_client_error", ReportedClientError, arguments).peer_id

    def record_failed_delivery(
        self,
        room_id: str,
        event_name: str,
        *,
        data: Mapping[str, Any] | None = None,
        webhook_url: str | None = None,
        error_reason: str | None = None,
        fails_again: bool = False,
    ) -> str:
        """Log a webhook as not delivered, and return the id of its event.

        Args:
            room_id: The room.
            event_name: The event, such as `peer.leave.success`; one of those that the log shows.
            data: Data of the event. Defaults to the room's id.
            webhook_url: Where it was sent. Defaults to the room's own webhook, or an invented one.
            error_reason: Why it failed. Defaults to `timeout`.
            fails_again: Whether a replay fails too.
        """
        arguments = {
            "room_id": room_id,
            "event_name": event_name,
            "data": data,
            "webhook_url": webhook_url,
            "error_reason": error_reason,
            "fails_again": fails_again,
        }
        return self._run("record_failed_delivery", RecordedDelivery, arguments).event_id


seal(Controls)
seal(Controls, ("__init__",))
