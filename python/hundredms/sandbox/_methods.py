# @generated from crates/hundredms-sandbox/src/control by `cargo xtask gen`; do not edit.
"""The methods that run the sandbox's controls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from ._emulator import Emulator
from ._models import (
    Clock,
    Job,
    LoggedRequest,
    Message,
    Messages,
    Peer,
    PollAnswered,
    PollRun,
    RecordedDelivery,
    ReportedClientError,
    Requests,
    RtmpIn,
    SentWebhook,
    Snapshot,
    Stats,
    Track,
    WebhookDeliveries,
    WebhookDelivery,
    WebhookFault,
    WebhookQueue,
)


class Methods(Emulator):
    """Runs the sandbox's controls."""

    def clock(self) -> Clock:
        """Return the virtual time."""
        return self._run("clock", Clock, {})

    def snapshot(self) -> Snapshot:
        """Save a copy of the whole state, including the clock.

        Fails if there are 1,000 snapshots already, or 512 MiB of them.
        """
        return self._run("snapshot", Snapshot, {})

    def requests(self) -> list[LoggedRequest]:
        """Return the received requests of the API and for tokens, oldest first, not those for
        files.

        Keeps the latest 10,000, of at most 16 MiB.
        """
        return self._run("requests", Requests, {}).requests

    def clear_requests(self) -> None:
        """Clear the log of requests."""
        self._json("clear_requests", {})

    def clear_faults(self) -> None:
        """Remove all fault rules.

        Expired tokens become valid again, and connections are accepted again.
        """
        self._json("clear_faults", {})

    def refuse_connections(self, seconds: float) -> None:
        """Refuse new connections for this long, and close idle ones.

        A later call replaces an earlier one. With 0, connections are closed and new ones are
        accepted at once.

        Args:
            seconds: Seconds of real time, at most 600.
        """
        self._json("refuse_connections", {"seconds": seconds})

    def rate_limit(self, per_second: int | None, resource: str | None = None) -> None:
        """Return 429 above this many requests per second for each resource, such as `rooms`, or for
        one of them.

        The seconds are by the virtual clock.

        Args:
            per_second: Between 1 and 10000. None removes the limit.
            resource: The resource that is limited, such as `rooms`. Without it, every resource is,
                and limits of single resources are removed.
        """
        self._json("rate_limit", {"per_second": per_second, "resource": resource})

    def set_webhook(
        self,
        url: str | None,
        *,
        headers: Mapping[str, str] | None = None,
        signing_key: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Set where the workspace's webhooks go.

        Rooms may have their own. They are sent when the state changes, and retried 1, 3 and 10
        seconds of the virtual clock after a failed attempt.

        Args:
            url: An `http` URL. With None, none are sent.
            headers: Headers sent with every webhook.
            signing_key: Key of the signature in `x-100ms-signature`. Not signed without one.
            timeout: Seconds of real time for an attempt. Defaults to 10.
        """
        self._json(
            "set_webhook",
            {
                "url": url,
                "headers": headers,
                "signing_key": signing_key,
                "timeout_seconds": timeout,
            },
        )

    def send_webhook(
        self,
        type: str,
        *,
        data: Any = None,
        fields: Mapping[str, Any] | None = None,
        room_id: str | None = None,
        id: str | None = None,
        timestamp: datetime | None = None,
    ) -> str:
        """Send a webhook on demand, and return the id of its event. Fails if no webhook is set.

        Args:
            type: Type of the event, such as `peer.join.success`, or any other text. A probable
                misspelling is refused, unless `data` is given.
            data: Its data, any JSON. Defaults to an example of the type with the values of the
                room, its running session and the first peer there.
            fields: Fields that replace those of the example, or are added. A probable misspelling
                is refused.
            room_id: The room it is about. It determines where the event is sent.
            id: Id of the event. Generated if missing.
            timestamp: When it happened. Defaults to now.
        """
        return self._run(
            "send_webhook",
            SentWebhook,
            {
                "type": type,
                "data": data,
                "fields": fields,
                "room_id": room_id,
                "id": id,
                "timestamp": timestamp,
            },
        ).event_id

    def webhook_faults(self, faults: Sequence[WebhookFault] | None = None) -> None:
        """Make deliveries arrive twice, late or never.

        Replaces earlier faults. An empty list removes them.

        Args:
            faults: The faults.
        """
        self._json("webhook_faults", {"faults": faults})

    def webhook_deliveries(self) -> list[WebhookDelivery]:
        """Return the log of deliveries with their attempts, oldest first.

        Keeps the latest 50,000.
        """
        return self._run("webhook_deliveries", WebhookDeliveries, {}).deliveries

    def webhook_queue(self) -> WebhookQueue:
        """Count the pending deliveries."""
        return self._run("webhook_queue", WebhookQueue, {})

    def seed(
        self,
        *,
        rooms: int = 0,
        template: str | None = None,
        sessions: int = 0,
        peers: int | None = None,
        days: int | None = None,
    ) -> Stats:
        """Create many rooms at once, named `room-1` and so on, and sessions that have ended, and
        return the counts.

        Fails if the template does not exist.

        Args:
            rooms: Number of rooms, at most 100,000, named `room-1` and so on. Names in use are
                skipped.
            template: Id or name of the rooms' template. Defaults to the default template.
            sessions: Number of sessions that have ended, at most 10,000,000. They are held in the
                rooms in turn, so there must be a room. Only `sessions.list` and `sessions.get` know
                them.
            peers: Number of peers of each session, at most 100. Defaults to 3.
            days: Number of days until now over which the sessions are spread, between 1 and 3650.
                Defaults to 365.
        """
        return self._run(
            "seed",
            Stats,
            {
                "rooms": rooms,
                "template": template,
                "sessions": sessions,
                "peers": peers,
                "days": days,
            },
        )

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

        Fails with the reason if the room or the role does not accept it.

        Args:
            token: A client auth token. It contains room, role and user id, so these must not be set
                too.
            room_id: Id of the room.
            role: A role of the room's template.
            user_id: Your own id for the user.
            name: Display name.
            metadata: Free text, usually JSON.
        """
        return self._run(
            "join_peer",
            Peer,
            {
                "token": token,
                "room_id": room_id,
                "role": role,
                "user_id": user_id,
                "name": name,
                "metadata": metadata,
            },
        )

    def leave_peer(
        self,
        peer_id: str,
        *,
        reason: Literal[
            "client request",
            "websocket closed",
            "ice connection state closed",
            "server removed peer",
        ]
        | None = None,
    ) -> None:
        """Make a connected peer leave.

        The session ends when its last peer leaves. Fails if the peer is not connected.

        Args:
            peer_id: Id of the peer.
            reason: The reason in webhooks. Defaults to `client request`.
        """
        self._json("leave_peer", {"peer_id": peer_id, "reason": reason})

    def publish_track(
        self,
        peer_id: str,
        type: Literal["audio", "video"],
        *,
        source: str | None = None,
        mute: bool = False,
    ) -> Track:
        """Publish a track of a connected peer. Fails if its role may not publish it.

        Args:
            peer_id: Id of a connected peer.
            type: `audio` or `video`.
            source: `regular`, `screen`, `plugin`, `audioplaylist`, `videoplaylist`, or any other
                text. Defaults to `regular`.
            mute: Whether it starts muted.
        """
        return self._run(
            "publish_track",
            Track,
            {"peer_id": peer_id, "type": type, "source": source, "mute": mute},
        )

    def mute_track(self, track_id: str, mute: bool) -> Track:
        """Mute or unmute a published track. Fails if the track is not published.

        Args:
            track_id: Id of the track.
            mute: Whether it is muted.
        """
        return self._run("mute_track", Track, {"track_id": track_id, "mute": mute})

    def unpublish_track(self, track_id: str) -> None:
        """Unpublish a track. Fails if the track is not published.

        Args:
            track_id: Id of the track.
        """
        self._json("unpublish_track", {"track_id": track_id})

    def messages(self, room_id: str) -> list[Message]:
        """Return the messages that the API sent to a room, oldest first, with their recipients.

        Args:
            room_id: Id of the room.
        """
        return self._run("messages", Messages, {"room_id": room_id}).messages

    def start_poll(self, room_id: str, poll_id: str) -> PollRun:
        """Open a poll in the running session of a room, as a client does.

        Fails if it is already open.

        Args:
            room_id: Id of the room.
            poll_id: Id of the poll.
        """
        return self._run("start_poll", PollRun, {"room_id": room_id, "poll_id": poll_id})

    def stop_poll(self, room_id: str, poll_id: str) -> PollRun:
        """Close a poll that is open in the running session of a room.

        Args:
            room_id: Id of the room.
            poll_id: Id of the poll.
        """
        return self._run("stop_poll", PollRun, {"room_id": room_id, "poll_id": poll_id})

    def answer_poll(
        self,
        poll_id: str,
        question: int,
        *,
        room_id: str | None = None,
        option: int | None = None,
        options: Sequence[int] | None = None,
        text: str | None = None,
        skipped: bool = False,
        peer_id: str | None = None,
        user_id: str | None = None,
        duration: int | None = None,
    ) -> PollAnswered:
        """Answer a question of an open poll, with one of `option`, `options`, `text` and `skipped`.

        Fails if the question does not accept this answer, or a second one.

        Args:
            poll_id: The poll.
            question: Index of the question.
            room_id: The room in whose running session the poll is open. Optional with a `peer_id`.
            option: The chosen option of a question that takes one.
            options: The chosen options of a question that takes several.
            text: The text for a question that takes text.
            skipped: Skips the question.
            peer_id: The connected peer that answers.
            user_id: The user who answers, instead of `peer_id`: the connected peer with this user
                id.
            duration: How long the participant took, in milliseconds. Defaults to the time since the
                poll was opened.
        """
        return self._run(
            "answer_poll",
            PollAnswered,
            {
                "poll_id": poll_id,
                "question": question,
                "room_id": room_id,
                "option": option,
                "options": options,
                "text": text,
                "skipped": skipped,
                "peer_id": peer_id,
                "user_id": user_id,
                "duration": duration,
            },
        )

    def fail_job(
        self,
        job_id: str,
        *,
        reason: Literal["INTERNAL_ERROR", "MAX_RETRIES_REACHED", "UPLOAD_ERROR", "BEAM_STOPPED"]
        | None = None,
    ) -> Job:
        """Make a recording, live stream or external stream fail. Fails if it has ended.

        Args:
            job_id: Id of the recording, live stream or external stream.
            reason: Why it fails. Defaults to `INTERNAL_ERROR`.
        """
        return self._run("fail_job", Job, {"job_id": job_id, "reason": reason})

    def fail_transcription(self, job_id: str) -> Job:
        """Make the transcription of a recording fail. Fails if none is running.

        Args:
            job_id: Id of the recording.
        """
        return self._run("fail_transcription", Job, {"job_id": job_id})

    def resize_asset(self, asset_id: str, size: int) -> None:
        """Set the size of the file of a recording asset.

        Its bytes are generated when they are read: they are no video, but each place in the file
        has its own. Fails if the asset has no file.

        Args:
            asset_id: Id of the recording asset.
            size: Size of its file in bytes, at most 1 TiB.
        """
        self._json("resize_asset", {"asset_id": asset_id, "size": size})

    def start_rtmp_in(self, *, room_id: str | None = None, stream_key: str | None = None) -> RtmpIn:
        """Connect an encoder that streams into a room over RTMP.

        This starts the room's live stream.

        Args:
            room_id: Id of the room, whose active stream key is used.
            stream_key: A stream key instead.
        """
        return self._run("start_rtmp_in", RtmpIn, {"room_id": room_id, "stream_key": stream_key})

    def stop_rtmp_in(self, *, room_id: str | None = None, stream_key: str | None = None) -> RtmpIn:
        """Disconnect a room's encoder. The live stream ends unless it reconnects in time.

        Args:
            room_id: Id of the room, whose active stream key is used.
            stream_key: A stream key instead.
        """
        return self._run("stop_rtmp_in", RtmpIn, {"room_id": room_id, "stream_key": stream_key})

    def fail_rtmp_in(self, *, room_id: str | None = None, stream_key: str | None = None) -> RtmpIn:
        """End an encoder's stream into a room with an internal error.

        Args:
            room_id: Id of the room, whose active stream key is used.
            stream_key: A stream key instead.
        """
        return self._run("fail_rtmp_in", RtmpIn, {"room_id": room_id, "stream_key": stream_key})

    def report_client_error(
        self,
        room_id: str,
        type: Literal[
            "client.publish.failed",
            "client.subscribe.failed",
            "client.join.failed",
            "client.disconnected",
            "client.connect.failed",
        ],
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
            peer_id: A peer that is or was in the room, or any other id. Generated if missing.
            user_id: Your own id for the user.
            user_name: Display name.
            role: The role.
            error_code: Number of the error, such as 4006.
            error_name: Short name, such as `ICEDisconnected`.
            error_message: Message.
            error_description: Details.
            is_terminal: Whether the client gave up.
        """
        return self._run(
            "report_client_error",
            ReportedClientError,
            {
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
            },
        ).peer_id

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
            data: Data of the event; the room's id alone when missing.
            webhook_url: Where it was sent; the room's or the workspace's webhook, or an invented
                URL, when missing.
            error_reason: Why it failed; `timeout` when missing.
            fails_again: Whether a replay fails as well, without being sent.
        """
        return self._run(
            "record_failed_delivery",
            RecordedDelivery,
            {
                "room_id": room_id,
                "event_name": event_name,
                "data": data,
                "webhook_url": webhook_url,
                "error_reason": error_reason,
                "fails_again": fails_again,
            },
        ).event_id
