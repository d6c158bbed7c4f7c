# @generated from crates/hundredms/src/resources/room_codes.rs by `cargo xtask gen`; do not edit.
"""Room codes: short codes for a room and a role, and their exchange for a token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._absent import ABSENT
from .._pages import AsyncPager, Pager
from ..models.room_codes import AuthToken, RoomCode, RoomCodeList, RoomCodeSet
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class RoomCodes(Resource):
    """Room codes: short codes for a room and a role, and their exchange for a token."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> RoomCodesWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return RoomCodesWithRawResponse(self._responding())

    def update(
        self,
        *,
        code: str,
        enabled: bool,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RoomCode:
        """Enable or disable a room code.

        Sets the state of one code. A disabled code cannot open a room link or be exchanged for an
        auth token. `updated_at` becomes the time of the change.

        Args:
            code: The code.
            enabled: Whether the code can be used.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/update-room-code-api
        """
        return self._call(
            "room_codes.update",
            RoomCode,
            {"code": code, "enabled": enabled},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def list(
        self,
        room_id: str,
        *,
        role: str = ABSENT,
        enabled: bool = ABSENT,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[RoomCode, RoomCodeList]:
        """List the room codes of a room.

        Returns the codes of every role of the room, enabled and disabled. Optional filters select
        by role or state.

        Args:
            room_id: Id of the room.
            role: Only codes of this role.
            enabled: Only enabled (true) or only disabled (false) codes.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/get-room-code-api
        """
        return self._pages(
            "room_codes.list",
            RoomCodeList,
            "data",
            "start",
            {"room_id": room_id, "role": role, "enabled": enabled, "limit": limit, "start": start},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def create(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RoomCodeSet:
        """Create codes for all roles of a room.

        Ensures that every role of the room's template has a room code, and returns the codes. After
        the template changed, call it again: it adds codes for new roles and disables the codes of
        removed roles.

        Args:
            room_id: Id of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/create-room-code-api
        """
        return self._call(
            "room_codes.create",
            RoomCodeSet,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def create_for_role(
        self,
        room_id: str,
        role: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RoomCode:
        """Create a code for one role of a room.

        Creates a room code for the role and returns it. A role may have several codes. A room may
        have at most 100.

        If the outcome is ambiguous, `room_codes.list` shows whether it took effect.

        Args:
            room_id: Id of the room.
            role: Role name as in the room's template.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/create-room-code-api
        """
        return self._call(
            "room_codes.create_for_role",
            RoomCode,
            {"room_id": room_id, "role": role},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def auth_token(
        self,
        *,
        code: str,
        user_id: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AuthToken:
        """Exchange a room code for a client auth token.

        Exchanges an enabled room code for a client auth token of the code's room and role, so that
        a client app can join without its own token server. The request goes to the auth host and
        needs no management token. Set `user_id` to identify your own user in the token.

        Args:
            code: An enabled room code.
            user_id: Your own id for the user. It becomes part of the token.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/get-started/v2/get-started/prebuilt/room-codes/room-code-auth
        """
        return self._call(
            "room_codes.auth_token",
            AuthToken,
            {"code": code, "user_id": user_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def enable(
        self, code: str, *, timeout: float | None = None, max_retries: int | None = None
    ) -> RoomCode:
        """Enable a room code.

        Calls `room_codes.update` with `enabled=True`.
        """
        return self.update(code=code, enabled=True, timeout=timeout, max_retries=max_retries)

    def disable(
        self, code: str, *, timeout: float | None = None, max_retries: int | None = None
    ) -> RoomCode:
        """Disable a room code: it cannot be exchanged for a token.

        Calls `room_codes.update` with `enabled=False`.
        """
        return self.update(code=code, enabled=False, timeout=timeout, max_retries=max_retries)


class AsyncRoomCodes(AsyncResource):
    """Room codes: short codes for a room and a role, and their exchange for a token."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncRoomCodesWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncRoomCodesWithRawResponse(self._responding())

    async def update(
        self,
        *,
        code: str,
        enabled: bool,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RoomCode:
        """Enable or disable a room code.

        Sets the state of one code. A disabled code cannot open a room link or be exchanged for an
        auth token. `updated_at` becomes the time of the change.

        Args:
            code: The code.
            enabled: Whether the code can be used.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/update-room-code-api
        """
        return await self._call(
            "room_codes.update",
            RoomCode,
            {"code": code, "enabled": enabled},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def list(
        self,
        room_id: str,
        *,
        role: str = ABSENT,
        enabled: bool = ABSENT,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[RoomCode, RoomCodeList]:
        """List the room codes of a room.

        Returns the codes of every role of the room, enabled and disabled. Optional filters select
        by role or state.

        Args:
            room_id: Id of the room.
            role: Only codes of this role.
            enabled: Only enabled (true) or only disabled (false) codes.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            start: Cursor: the `last` value of the previous page. Omit for the first page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/get-room-code-api
        """
        return self._pages(
            "room_codes.list",
            RoomCodeList,
            "data",
            "start",
            {"room_id": room_id, "role": role, "enabled": enabled, "limit": limit, "start": start},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def create(
        self,
        room_id: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RoomCodeSet:
        """Create codes for all roles of a room.

        Ensures that every role of the room's template has a room code, and returns the codes. After
        the template changed, call it again: it adds codes for new roles and disables the codes of
        removed roles.

        Args:
            room_id: Id of the room.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/create-room-code-api
        """
        return await self._call(
            "room_codes.create",
            RoomCodeSet,
            {"room_id": room_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def create_for_role(
        self,
        room_id: str,
        role: str,
        *,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> RoomCode:
        """Create a code for one role of a room.

        Creates a room code for the role and returns it. A role may have several codes. A room may
        have at most 100.

        If the outcome is ambiguous, `room_codes.list` shows whether it took effect.

        Args:
            room_id: Id of the room.
            role: Role name as in the room's template.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/room-codes/create-room-code-api
        """
        return await self._call(
            "room_codes.create_for_role",
            RoomCode,
            {"room_id": room_id, "role": role},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def auth_token(
        self,
        *,
        code: str,
        user_id: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AuthToken:
        """Exchange a room code for a client auth token.

        Exchanges an enabled room code for a client auth token of the code's room and role, so that
        a client app can join without its own token server. The request goes to the auth host and
        needs no management token. Set `user_id` to identify your own user in the token.

        Args:
            code: An enabled room code.
            user_id: Your own id for the user. It becomes part of the token.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/get-started/v2/get-started/prebuilt/room-codes/room-code-auth
        """
        return await self._call(
            "room_codes.auth_token",
            AuthToken,
            {"code": code, "user_id": user_id},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def enable(
        self, code: str, *, timeout: float | None = None, max_retries: int | None = None
    ) -> RoomCode:
        """Enable a room code.

        Calls `room_codes.update` with `enabled=True`.
        """
        return await self.update(code=code, enabled=True, timeout=timeout, max_retries=max_retries)

    async def disable(
        self, code: str, *, timeout: float | None = None, max_retries: int | None = None
    ) -> RoomCode:
        """Disable a room code: it cannot be exchanged for a token.

        Calls `room_codes.update` with `enabled=False`.
        """
        return await self.update(code=code, enabled=False, timeout=timeout, max_retries=max_retries)


class RoomCodesWithRawResponse(WithRawResponse):
    """The methods of `RoomCodes`. Each returns a `Response`."""

    update = responding(RoomCodes.update)
    list = first_page(RoomCodes.list)
    create = responding(RoomCodes.create)
    create_for_role = responding(RoomCodes.create_for_role)
    auth_token = responding(RoomCodes.auth_token)
    enable = responding(RoomCodes.enable)
    disable = responding(RoomCodes.disable)


class AsyncRoomCodesWithRawResponse(WithRawResponse):
    """The methods of `AsyncRoomCodes`. Each returns a `Response`."""

    update = responding_async(AsyncRoomCodes.update)
    list = first_page_async(AsyncRoomCodes.list)
    create = responding_async(AsyncRoomCodes.create)
    create_for_role = responding_async(AsyncRoomCodes.create_for_role)
    auth_token = responding_async(AsyncRoomCodes.auth_token)
    enable = responding_async(AsyncRoomCodes.enable)
    disable = responding_async(AsyncRoomCodes.disable)
