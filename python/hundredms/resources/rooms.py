# @generated from crates/hundredms/src/resources/rooms.rs by `cargo xtask gen`; do not edit.
"""Rooms: where peers meet, and their settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from .._absent import ABSENT
from .._pages import AsyncPager, Pager
from .._times import aware
from ..inputs import RecordingInfoInput, RoomWebhookInput
from ..models.rooms import Region, Room, RoomList, RoomWebhook, RoomWithCodes
from ..models.sessions import Attendance, ItemProgress
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class Rooms(Resource):
    """Rooms: where peers meet, and their settings."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> RoomsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return RoomsWithRawResponse(self._responding())

    def list(
        self,
        *,
        name: str = ABSENT,
        enabled: bool = ABSENT,
        after: datetime = ABSENT,
        before: datetime = ABSENT,
        template_id: str = ABSENT,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[Room, RoomList]:
        """List the rooms of the workspace.

        Returns enabled rooms, or disabled rooms if `enabled` is false, newest first. Optional
        filters select by name, template and creation time, and combine with AND. Both time bounds
        are inclusive. To get the next page, pass `last` as `start`. The room that `start` names is
        not repeated.

        Args:
            name: Only the room with this name. This is the way to look up a room by name.
            enabled: Only enabled (true) or only disabled (false) rooms. Defaults to `true`.
            after: Lower bound (inclusive) on the creation time, UTC with milliseconds, e.g.
                `2024-02-01T08:00:00.000Z`.
            before: Upper bound (inclusive) on the creation time, same format as `after`.
            template_id: Only rooms that use this template.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/list-rooms
        """
        return self._pages(
            "rooms.list",
            RoomList,
            "data",
            "start",
            {
                "name": name,
                "enabled": enabled,
                "after": aware("rooms.list", "after", after),
                "before": aware("rooms.list", "before", before),
                "template_id": template_id,
                "limit": limit,
                "start": start,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def create(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        template_id: str | None = None,
        recording_info: RecordingInfoInput | None = None,
        region: Region | None = None,
        large_room: bool | None = None,
        size: int | None = None,
        max_duration_seconds: int | None = None,
        polls: Sequence[str] | None = None,
        webhook: RoomWebhook | RoomWebhookInput | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Room:
        """Create a room, or update the one that has this name.

        Every field is optional. Names are unique per workspace and case-insensitive. If a room with
        this name exists, the service updates it with the given settings (including its template)
        and returns it with its old id. Without a name, the service generates one (a UUID). Without
        `template_id`, the service uses the workspace's default template. The new room has no room
        codes; create them separately.

        If the outcome is ambiguous, `rooms.list` shows whether it took effect.

        Args:
            name: Case-insensitive name; letters, digits and . - : _ only. Generated if missing.
            description: Description, free text.
            template_id: Template to use. Defaults to the workspace's default template.
            recording_info: SFU recording settings of a room. They are one unit: setting them
                detaches the room from its template's recording settings.
            region: Region in which media is handled. `auto` is the template's region. Defaults to
                `auto`.
            large_room: Required for more than 2500 peers. Clients need recent SDK versions.
                Defaults to `false`.
            size: Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is
                true.
            max_duration_seconds: Maximum session duration in seconds. Between 120 and 43200.
            polls: Ids of polls to link to the room.
            webhook: Webhook target of this room. If set, it replaces the workspace's webhook.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/create-via-api
        """
        return self._call(
            "rooms.create",
            Room,
            {
                "name": name,
                "description": description,
                "template_id": template_id,
                "recording_info": recording_info,
                "region": region,
                "large_room": large_room,
                "size": size,
                "max_duration_seconds": max_duration_seconds,
                "polls": polls,
                "webhook": webhook,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def get(
        self,
        room_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Room:
        """Return one room by id.

        Returns the stored settings of a room, even if nobody is in it. To look up a room by name,
        use rooms.list with `name`.

        Args:
            room_id: Id of the room.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/retrieve-room
        """
        return self._call(
            "rooms.get", Room, {"room_id": room_id}, timeout, max_retries, extra_query=extra_query
        )

    def update(
        self,
        room_id: str,
        *,
        name: str | None = None,
        description: str | None = None,
        recording_info: RecordingInfoInput | None = None,
        region: Region | None = None,
        large_room: bool | None = None,
        size: int | None = None,
        max_duration_seconds: int | None = None,
        polls: Sequence[str] | None = None,
        webhook: RoomWebhook | RoomWebhookInput | None = None,
        enabled: bool | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Room:
        """Change a room's settings, or enable or disable it.

        Changes only the fields in the body. To disable or enable a room, send only `enabled`. When
        a room is disabled, its running session continues, but nobody can join, its stream key is
        inactive, and room-code and stream-key calls for it return 403. Enabling the room reverses
        this.

        Args:
            room_id: Id of the room.
            name: New name; letters, digits and . - : _ only.
            description: Description, free text.
            recording_info: SFU recording settings of a room. They are one unit: setting them
                detaches the room from its template's recording settings.
            region: Region in which the room is hosted. `auto` is the template's region.
            large_room: Required for more than 2500 peers.
            size: Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is
                true.
            max_duration_seconds: Maximum session duration in seconds. Between 120 and 43200.
            polls: Ids of polls linked to the room.
            webhook: Webhook target of this room. If set, it replaces the workspace's webhook.
            enabled: False disables the room; true enables it again.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/update-a-room
        """
        return self._call(
            "rooms.update",
            Room,
            {
                "room_id": room_id,
                "name": name,
                "description": description,
                "recording_info": recording_info,
                "region": region,
                "large_room": large_room,
                "size": size,
                "max_duration_seconds": max_duration_seconds,
                "polls": polls,
                "webhook": webhook,
                "enabled": enabled,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def enable(
        self, room_id: str, *, timeout: float | None = None, max_retries: int | None = None
    ) -> Room:
        """Enable a room: peers can join it, and its codes and stream key work.

        Calls `rooms.update` with `enabled=True`.
        """
        return self.update(room_id, enabled=True, timeout=timeout, max_retries=max_retries)

    def disable(
        self, room_id: str, *, timeout: float | None = None, max_retries: int | None = None
    ) -> Room:
        """Disable a room: its session goes on, but nobody can join.

        Calls `rooms.update` with `enabled=False`.
        """
        return self.update(room_id, enabled=False, timeout=timeout, max_retries=max_retries)

    def attendance(
        self,
        room_id: str,
        *,
        after: datetime = ABSENT,
        before: datetime = ABSENT,
        merge_names: bool | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Attendance:
        """Return who was in a room in a period, and for how long.

        Reads every session of the room that overlaps the period, running and finished, and counts
        their peers as people: see `sessions.attendance`. Time outside the period does not count,
        nor does who was there only then. Progress counts sessions. Their number is not known before
        the end, so `total` is null.

        Args:
            room_id: Id of the room.
            after: Start of the period. Defaults to the first session.
            before: End of the period. Defaults to now.
            merge_names: Count peers without a `user_id` that have the same name as one person.
                Defaults to `false`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 900.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "rooms.attendance",
            Attendance,
            {
                "room_id": room_id,
                "after": aware("rooms.attendance", "after", after),
                "before": aware("rooms.attendance", "before", before),
                "merge_names": merge_names,
            },
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )

    def create_with_codes(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        template_id: str | None = None,
        recording_info: RecordingInfoInput | None = None,
        region: Region | None = None,
        large_room: bool | None = None,
        size: int | None = None,
        max_duration_seconds: int | None = None,
        polls: Sequence[str] | None = None,
        webhook: RoomWebhook | RoomWebhookInput | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RoomWithCodes:
        """Create a room, or update the one that has this name, and return it with its codes.

        Takes the arguments of `rooms.create`. If the room exists and has codes, these are returned.
        If the room was created and its codes were not, the error says so, with the id of the room.
        Run the job again with the same `name`: it finds the room and creates the codes. Without a
        `name` it would create another room, so use `room_codes.create` with that id. Progress
        counts calls.

        Args:
            name: Case-insensitive name; letters, digits and . - : _ only. Generated if missing.
            description: Description, free text.
            template_id: Template to use. Defaults to the workspace's default template.
            recording_info: SFU recording settings of a room. They are one unit: setting them
                detaches the room from its template's recording settings.
            region: Region in which media is handled. `auto` is the template's region. Defaults to
                `auto`.
            large_room: Required for more than 2500 peers. Clients need recent SDK versions.
                Defaults to `false`.
            size: Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is
                true.
            max_duration_seconds: Maximum session duration in seconds. Between 120 and 43200.
            polls: Ids of polls to link to the room.
            webhook: Webhook target of this room. If set, it replaces the workspace's webhook.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 60.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "rooms.create_with_codes",
            RoomWithCodes,
            {
                "name": name,
                "description": description,
                "template_id": template_id,
                "recording_info": recording_info,
                "region": region,
                "large_room": large_room,
                "size": size,
                "max_duration_seconds": max_duration_seconds,
                "polls": polls,
                "webhook": webhook,
            },
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )


class AsyncRooms(AsyncResource):
    """Rooms: where peers meet, and their settings."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncRoomsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncRoomsWithRawResponse(self._responding())

    def list(
        self,
        *,
        name: str = ABSENT,
        enabled: bool = ABSENT,
        after: datetime = ABSENT,
        before: datetime = ABSENT,
        template_id: str = ABSENT,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[Room, RoomList]:
        """List the rooms of the workspace.

        Returns enabled rooms, or disabled rooms if `enabled` is false, newest first. Optional
        filters select by name, template and creation time, and combine with AND. Both time bounds
        are inclusive. To get the next page, pass `last` as `start`. The room that `start` names is
        not repeated.

        Args:
            name: Only the room with this name. This is the way to look up a room by name.
            enabled: Only enabled (true) or only disabled (false) rooms. Defaults to `true`.
            after: Lower bound (inclusive) on the creation time, UTC with milliseconds, e.g.
                `2024-02-01T08:00:00.000Z`.
            before: Upper bound (inclusive) on the creation time, same format as `after`.
            template_id: Only rooms that use this template.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/list-rooms
        """
        return self._pages(
            "rooms.list",
            RoomList,
            "data",
            "start",
            {
                "name": name,
                "enabled": enabled,
                "after": aware("rooms.list", "after", after),
                "before": aware("rooms.list", "before", before),
                "template_id": template_id,
                "limit": limit,
                "start": start,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def create(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        template_id: str | None = None,
        recording_info: RecordingInfoInput | None = None,
        region: Region | None = None,
        large_room: bool | None = None,
        size: int | None = None,
        max_duration_seconds: int | None = None,
        polls: Sequence[str] | None = None,
        webhook: RoomWebhook | RoomWebhookInput | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Room:
        """Create a room, or update the one that has this name.

        Every field is optional. Names are unique per workspace and case-insensitive. If a room with
        this name exists, the service updates it with the given settings (including its template)
        and returns it with its old id. Without a name, the service generates one (a UUID). Without
        `template_id`, the service uses the workspace's default template. The new room has no room
        codes; create them separately.

        If the outcome is ambiguous, `rooms.list` shows whether it took effect.

        Args:
            name: Case-insensitive name; letters, digits and . - : _ only. Generated if missing.
            description: Description, free text.
            template_id: Template to use. Defaults to the workspace's default template.
            recording_info: SFU recording settings of a room. They are one unit: setting them
                detaches the room from its template's recording settings.
            region: Region in which media is handled. `auto` is the template's region. Defaults to
                `auto`.
            large_room: Required for more than 2500 peers. Clients need recent SDK versions.
                Defaults to `false`.
            size: Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is
                true.
            max_duration_seconds: Maximum session duration in seconds. Between 120 and 43200.
            polls: Ids of polls to link to the room.
            webhook: Webhook target of this room. If set, it replaces the workspace's webhook.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/create-via-api
        """
        return await self._call(
            "rooms.create",
            Room,
            {
                "name": name,
                "description": description,
                "template_id": template_id,
                "recording_info": recording_info,
                "region": region,
                "large_room": large_room,
                "size": size,
                "max_duration_seconds": max_duration_seconds,
                "polls": polls,
                "webhook": webhook,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def get(
        self,
        room_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Room:
        """Return one room by id.

        Returns the stored settings of a room, even if nobody is in it. To look up a room by name,
        use rooms.list with `name`.

        Args:
            room_id: Id of the room.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/retrieve-room
        """
        return await self._call(
            "rooms.get", Room, {"room_id": room_id}, timeout, max_retries, extra_query=extra_query
        )

    async def update(
        self,
        room_id: str,
        *,
        name: str | None = None,
        description: str | None = None,
        recording_info: RecordingInfoInput | None = None,
        region: Region | None = None,
        large_room: bool | None = None,
        size: int | None = None,
        max_duration_seconds: int | None = None,
        polls: Sequence[str] | None = None,
        webhook: RoomWebhook | RoomWebhookInput | None = None,
        enabled: bool | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Room:
        """Change a room's settings, or enable or disable it.

        Changes only the fields in the body. To disable or enable a room, send only `enabled`. When
        a room is disabled, its running session continues, but nobody can join, its stream key is
        inactive, and room-code and stream-key calls for it return 403. Enabling the room reverses
        this.

        Args:
            room_id: Id of the room.
            name: New name; letters, digits and . - : _ only.
            description: Description, free text.
            recording_info: SFU recording settings of a room. They are one unit: setting them
                detaches the room from its template's recording settings.
            region: Region in which the room is hosted. `auto` is the template's region.
            large_room: Required for more than 2500 peers.
            size: Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is
                true.
            max_duration_seconds: Maximum session duration in seconds. Between 120 and 43200.
            polls: Ids of polls linked to the room.
            webhook: Webhook target of this room. If set, it replaces the workspace's webhook.
            enabled: False disables the room; true enables it again.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/update-a-room
        """
        return await self._call(
            "rooms.update",
            Room,
            {
                "room_id": room_id,
                "name": name,
                "description": description,
                "recording_info": recording_info,
                "region": region,
                "large_room": large_room,
                "size": size,
                "max_duration_seconds": max_duration_seconds,
                "polls": polls,
                "webhook": webhook,
                "enabled": enabled,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def enable(
        self, room_id: str, *, timeout: float | None = None, max_retries: int | None = None
    ) -> Room:
        """Enable a room: peers can join it, and its codes and stream key work.

        Calls `rooms.update` with `enabled=True`.
        """
        return await self.update(room_id, enabled=True, timeout=timeout, max_retries=max_retries)

    async def disable(
        self, room_id: str, *, timeout: float | None = None, max_retries: int | None = None
    ) -> Room:
        """Disable a room: its session goes on, but nobody can join.

        Calls `rooms.update` with `enabled=False`.
        """
        return await self.update(room_id, enabled=False, timeout=timeout, max_retries=max_retries)

    async def attendance(
        self,
        room_id: str,
        *,
        after: datetime = ABSENT,
        before: datetime = ABSENT,
        merge_names: bool | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Attendance:
        """Return who was in a room in a period, and for how long.

        Reads every session of the room that overlaps the period, running and finished, and counts
        their peers as people: see `sessions.attendance`. Time outside the period does not count,
        nor does who was there only then. Progress counts sessions. Their number is not known before
        the end, so `total` is null.

        Args:
            room_id: Id of the room.
            after: Start of the period. Defaults to the first session.
            before: End of the period. Defaults to now.
            merge_names: Count peers without a `user_id` that have the same name as one person.
                Defaults to `false`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 900.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "rooms.attendance",
            Attendance,
            {
                "room_id": room_id,
                "after": aware("rooms.attendance", "after", after),
                "before": aware("rooms.attendance", "before", before),
                "merge_names": merge_names,
            },
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )

    async def create_with_codes(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        template_id: str | None = None,
        recording_info: RecordingInfoInput | None = None,
        region: Region | None = None,
        large_room: bool | None = None,
        size: int | None = None,
        max_duration_seconds: int | None = None,
        polls: Sequence[str] | None = None,
        webhook: RoomWebhook | RoomWebhookInput | None = None,
        on_progress: Callable[[ItemProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RoomWithCodes:
        """Create a room, or update the one that has this name, and return it with its codes.

        Takes the arguments of `rooms.create`. If the room exists and has codes, these are returned.
        If the room was created and its codes were not, the error says so, with the id of the room.
        Run the job again with the same `name`: it finds the room and creates the codes. Without a
        `name` it would create another room, so use `room_codes.create` with that id. Progress
        counts calls.

        Args:
            name: Case-insensitive name; letters, digits and . - : _ only. Generated if missing.
            description: Description, free text.
            template_id: Template to use. Defaults to the workspace's default template.
            recording_info: SFU recording settings of a room. They are one unit: setting them
                detaches the room from its template's recording settings.
            region: Region in which media is handled. `auto` is the template's region. Defaults to
                `auto`.
            large_room: Required for more than 2500 peers. Clients need recent SDK versions.
                Defaults to `false`.
            size: Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is
                true.
            max_duration_seconds: Maximum session duration in seconds. Between 120 and 43200.
            polls: Ids of polls to link to the room.
            webhook: Webhook target of this room. If set, it replaces the workspace's webhook.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 60.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "rooms.create_with_codes",
            RoomWithCodes,
            {
                "name": name,
                "description": description,
                "template_id": template_id,
                "recording_info": recording_info,
                "region": region,
                "large_room": large_room,
                "size": size,
                "max_duration_seconds": max_duration_seconds,
                "polls": polls,
                "webhook": webhook,
            },
            ItemProgress,
            on_progress,
            timeout,
            max_retries,
        )


class RoomsWithRawResponse(WithRawResponse):
    """The methods of `Rooms`. Each returns a `Response`."""

    list = first_page(Rooms.list)
    create = responding(Rooms.create)
    get = responding(Rooms.get)
    update = responding(Rooms.update)
    enable = responding(Rooms.enable)
    disable = responding(Rooms.disable)


class AsyncRoomsWithRawResponse(WithRawResponse):
    """The methods of `AsyncRooms`. Each returns a `Response`."""

    list = first_page_async(AsyncRooms.list)
    create = responding_async(AsyncRooms.create)
    get = responding_async(AsyncRooms.get)
    update = responding_async(AsyncRooms.update)
    enable = responding_async(AsyncRooms.enable)
    disable = responding_async(AsyncRooms.disable)
