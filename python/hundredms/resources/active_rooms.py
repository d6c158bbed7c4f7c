# @generated from crates/hundredms/src/resources/active_rooms.rs by `cargo xtask gen`; do not edit.
"""Active rooms: the rooms with a running session, and their peers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._absent import ABSENT
from ..models.active_rooms import ActiveRoom, Peer, PeerMap, RemovedUser, StoppedIfEmpty
from ..models.sessions import ItemProgress
from ..models.stream_keys import Message
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import WithRawResponse, responding, responding_async


class ActiveRooms(Resource):
    """Active rooms: the rooms with a running session, and their peers."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> ActiveRoomsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return ActiveRoomsWithRawResponse(self._responding())

    def get(
        self,
        room_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ActiveRoom:
        """Return the live state of a room.

        Returns the running session of a room and the ids of its peers. Use it to check whether a
        room is live.

        Args:
            room_id: Id of the room.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/retrieve-active-room
        """
        return self._call(
            "active_rooms.get",
            ActiveRoom,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def end(
        self,
        room_id: str,
        *,
        reason: str | None = None,
        lock: bool | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Message:
        """End the running session of a room.

        Disconnects everybody and closes the session. If `lock` is true, the room is also disabled,
        and nobody can join until rooms.update enables it. If `lock` is false, the next join starts
        a new session.

        Args:
            room_id: Id of the room.
            reason: Reason, shown to the peers.
            lock: Also disable the room. Defaults to `false`.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/end-active-room
        """
        return self._call(
            "active_rooms.end",
            Message,
            {"room_id": room_id, "reason": reason, "lock": lock},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def list_peers(
        self,
        room_id: str,
        *,
        user_id: str = ABSENT,
        role: str = ABSENT,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PeerMap:
        """List the connected peers.

        Returns connected peers as a map keyed by peer id, without tracks. Optional filters select
        by `user_id` or role. The map is empty if no peer matches. The response is not paged.

        Args:
            room_id: Id of the room.
            user_id: Only peers whose auth token contains this `user_id`.
            role: Only peers with this role.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/list-peers
        """
        return self._call(
            "active_rooms.list_peers",
            PeerMap,
            {"room_id": room_id, "user_id": user_id, "role": role},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get_peer(
        self,
        room_id: str,
        peer_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Peer:
        """Return one connected peer with its tracks.

        Returns a connected peer and the state of its audio, video and screen tracks. For peers that
        have left, use sessions.get.

        Args:
            room_id: Id of the room.
            peer_id: Id of the peer.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/retrieve-peer
        """
        return self._call(
            "active_rooms.get_peer",
            Peer,
            {"room_id": room_id, "peer_id": peer_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def update_peer(
        self,
        room_id: str,
        peer_id: str,
        *,
        name: str | None = None,
        role: str | None = None,
        metadata: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Peer:
        """Change a connected peer's name, role or metadata.

        Updates the given fields of a connected peer and returns the updated peer. A role change
        applies without the peer's consent.

        Args:
            room_id: Id of the room.
            peer_id: Id of the peer.
            name: Name of the peer.
            role: A role of the room's template.
            metadata: Replaces the whole metadata string.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/update-a-peer
        """
        return self._call(
            "active_rooms.update_peer",
            Peer,
            {
                "room_id": room_id,
                "peer_id": peer_id,
                "name": name,
                "role": role,
                "metadata": metadata,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def remove_peers(
        self,
        room_id: str,
        *,
        peer_id: str = ABSENT,
        role: str = ABSENT,
        reason: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Message:
        """Disconnect one peer or all peers of a role.

        Removes the peer with this `peer_id`, or all peers with this role. One of the two is
        required. `peer_id` takes precedence if both are given. Removed peers can join again.

        Args:
            room_id: Id of the room.
            peer_id: Remove only this peer. Takes precedence over `role`.
            role: All peers of this role.
            reason: Reason, passed to the other peers and to the leave event.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/remove-peers
        """
        return self._call(
            "active_rooms.remove_peers",
            Message,
            {"room_id": room_id, "peer_id": peer_id, "role": role, "reason": reason},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def send_message(
        self,
        room_id: str,
        *,
        message: str,
        peer_id: str = ABSENT,
        role: str = ABSENT,
        type: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Message:
        """Send a message into a live room.

        Delivers a message to one peer (`peer_id`), to all peers of a role (`role`), or to everybody
        (neither). `peer_id` takes precedence if both are given. Client apps use `type` to
        distinguish chat, emoji and custom events.

        Args:
            room_id: Id of the room.
            message: Text of the message.
            peer_id: Send to this peer only. Takes precedence over `role`.
            role: All peers of this role.
            type: Label for client apps, for example chat, emoji or a custom name.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/send-message
        """
        return self._call(
            "active_rooms.send_message",
            Message,
            {
                "room_id": room_id,
                "message": message,
                "peer_id": peer_id,
                "role": role,
                "type": type,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def remove_user(
        self,
        room_id: str,
        user_id: str,
        *,
        reason: str | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RemovedUser:
        """Disconnect all peers of a user: every device and tab.

        Looks for the peers with this `user_id`, removes each, and looks again for those that joined
        meanwhile, at most three times. Peers that leave by themselves are no error, and neither is
        a room in which nobody is. The service removes peers soon after it has accepted the request.
        The user can join again: to prevent that, give no new token, and disable the room codes. If
        removing a peer fails, the error says how many were removed before. Progress counts peers.

        Args:
            room_id: Id of the room.
            user_id: Your own id for the user, as in the auth token. Not empty.
            reason: Reason, passed to the other peers and to the leave event.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 60.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "active_rooms.remove_user",
            RemovedUser,
            {"room_id": room_id, "user_id": user_id, "reason": reason},
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )

    def stop_if_empty(
        self,
        room_id: str,
        *,
        except_roles: Sequence[str] | None = None,
        reason: str | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> StoppedIfEmpty:
        """End the running session of a room if only peers of these roles are left.

        Such as bots and recorders. Returns whether it did, and who was there. A room in which
        nobody is has no session to end: `stopped` is false then. Between the look and the end, a
        moment passes: whoever joins in it is disconnected too, and can join again at once. Progress
        counts calls.

        Args:
            room_id: Id of the room.
            except_roles: Roles that do not count, such as those of recorders. Defaults to none, so
                that one peer of any role keeps the session.
            reason: Reason, shown to the peers.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 60.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "active_rooms.stop_if_empty",
            StoppedIfEmpty,
            {"room_id": room_id, "except_roles": except_roles, "reason": reason},
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )


class AsyncActiveRooms(AsyncResource):
    """Active rooms: the rooms with a running session, and their peers."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncActiveRoomsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncActiveRoomsWithRawResponse(self._responding())

    async def get(
        self,
        room_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> ActiveRoom:
        """Return the live state of a room.

        Returns the running session of a room and the ids of its peers. Use it to check whether a
        room is live.

        Args:
            room_id: Id of the room.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/retrieve-active-room
        """
        return await self._call(
            "active_rooms.get",
            ActiveRoom,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def end(
        self,
        room_id: str,
        *,
        reason: str | None = None,
        lock: bool | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Message:
        """End the running session of a room.

        Disconnects everybody and closes the session. If `lock` is true, the room is also disabled,
        and nobody can join until rooms.update enables it. If `lock` is false, the next join starts
        a new session.

        Args:
            room_id: Id of the room.
            reason: Reason, shown to the peers.
            lock: Also disable the room. Defaults to `false`.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/end-active-room
        """
        return await self._call(
            "active_rooms.end",
            Message,
            {"room_id": room_id, "reason": reason, "lock": lock},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def list_peers(
        self,
        room_id: str,
        *,
        user_id: str = ABSENT,
        role: str = ABSENT,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PeerMap:
        """List the connected peers.

        Returns connected peers as a map keyed by peer id, without tracks. Optional filters select
        by `user_id` or role. The map is empty if no peer matches. The response is not paged.

        Args:
            room_id: Id of the room.
            user_id: Only peers whose auth token contains this `user_id`.
            role: Only peers with this role.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/list-peers
        """
        return await self._call(
            "active_rooms.list_peers",
            PeerMap,
            {"room_id": room_id, "user_id": user_id, "role": role},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def get_peer(
        self,
        room_id: str,
        peer_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Peer:
        """Return one connected peer with its tracks.

        Returns a connected peer and the state of its audio, video and screen tracks. For peers that
        have left, use sessions.get.

        Args:
            room_id: Id of the room.
            peer_id: Id of the peer.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/retrieve-peer
        """
        return await self._call(
            "active_rooms.get_peer",
            Peer,
            {"room_id": room_id, "peer_id": peer_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def update_peer(
        self,
        room_id: str,
        peer_id: str,
        *,
        name: str | None = None,
        role: str | None = None,
        metadata: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Peer:
        """Change a connected peer's name, role or metadata.

        Updates the given fields of a connected peer and returns the updated peer. A role change
        applies without the peer's consent.

        Args:
            room_id: Id of the room.
            peer_id: Id of the peer.
            name: Name of the peer.
            role: A role of the room's template.
            metadata: Replaces the whole metadata string.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/update-a-peer
        """
        return await self._call(
            "active_rooms.update_peer",
            Peer,
            {
                "room_id": room_id,
                "peer_id": peer_id,
                "name": name,
                "role": role,
                "metadata": metadata,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def remove_peers(
        self,
        room_id: str,
        *,
        peer_id: str = ABSENT,
        role: str = ABSENT,
        reason: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Message:
        """Disconnect one peer or all peers of a role.

        Removes the peer with this `peer_id`, or all peers with this role. One of the two is
        required. `peer_id` takes precedence if both are given. Removed peers can join again.

        Args:
            room_id: Id of the room.
            peer_id: Remove only this peer. Takes precedence over `role`.
            role: All peers of this role.
            reason: Reason, passed to the other peers and to the leave event.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/remove-peers
        """
        return await self._call(
            "active_rooms.remove_peers",
            Message,
            {"room_id": room_id, "peer_id": peer_id, "role": role, "reason": reason},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def send_message(
        self,
        room_id: str,
        *,
        message: str,
        peer_id: str = ABSENT,
        role: str = ABSENT,
        type: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Message:
        """Send a message into a live room.

        Delivers a message to one peer (`peer_id`), to all peers of a role (`role`), or to everybody
        (neither). `peer_id` takes precedence if both are given. Client apps use `type` to
        distinguish chat, emoji and custom events.

        Args:
            room_id: Id of the room.
            message: Text of the message.
            peer_id: Send to this peer only. Takes precedence over `role`.
            role: All peers of this role.
            type: Label for client apps, for example chat, emoji or a custom name.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/send-message
        """
        return await self._call(
            "active_rooms.send_message",
            Message,
            {
                "room_id": room_id,
                "message": message,
                "peer_id": peer_id,
                "role": role,
                "type": type,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def remove_user(
        self,
        room_id: str,
        user_id: str,
        *,
        reason: str | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RemovedUser:
        """Disconnect all peers of a user: every device and tab.

        Looks for the peers with this `user_id`, removes each, and looks again for those that joined
        meanwhile, at most three times. Peers that leave by themselves are no error, and neither is
        a room in which nobody is. The service removes peers soon after it has accepted the request.
        The user can join again: to prevent that, give no new token, and disable the room codes. If
        removing a peer fails, the error says how many were removed before. Progress counts peers.

        Args:
            room_id: Id of the room.
            user_id: Your own id for the user, as in the auth token. Not empty.
            reason: Reason, passed to the other peers and to the leave event.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 60.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "active_rooms.remove_user",
            RemovedUser,
            {"room_id": room_id, "user_id": user_id, "reason": reason},
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )

    async def stop_if_empty(
        self,
        room_id: str,
        *,
        except_roles: Sequence[str] | None = None,
        reason: str | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> StoppedIfEmpty:
        """End the running session of a room if only peers of these roles are left.

        Such as bots and recorders. Returns whether it did, and who was there. A room in which
        nobody is has no session to end: `stopped` is false then. Between the look and the end, a
        moment passes: whoever joins in it is disconnected too, and can join again at once. Progress
        counts calls.

        Args:
            room_id: Id of the room.
            except_roles: Roles that do not count, such as those of recorders. Defaults to none, so
                that one peer of any role keeps the session.
            reason: Reason, shown to the peers.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 60.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "active_rooms.stop_if_empty",
            StoppedIfEmpty,
            {"room_id": room_id, "except_roles": except_roles, "reason": reason},
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )


class ActiveRoomsWithRawResponse(WithRawResponse):
    """The methods of `ActiveRooms`. Each returns a `Response`."""

    get = responding(ActiveRooms.get)
    end = responding(ActiveRooms.end)
    list_peers = responding(ActiveRooms.list_peers)
    get_peer = responding(ActiveRooms.get_peer)
    update_peer = responding(ActiveRooms.update_peer)
    remove_peers = responding(ActiveRooms.remove_peers)
    send_message = responding(ActiveRooms.send_message)


class AsyncActiveRoomsWithRawResponse(WithRawResponse):
    """The methods of `AsyncActiveRooms`. Each returns a `Response`."""

    get = responding_async(AsyncActiveRooms.get)
    end = responding_async(AsyncActiveRooms.end)
    list_peers = responding_async(AsyncActiveRooms.list_peers)
    get_peer = responding_async(AsyncActiveRooms.get_peer)
    update_peer = responding_async(AsyncActiveRooms.update_peer)
    remove_peers = responding_async(AsyncActiveRooms.remove_peers)
    send_message = responding_async(AsyncActiveRooms.send_message)
