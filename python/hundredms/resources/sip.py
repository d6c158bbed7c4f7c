# @generated from crates/hundredms/src/resources/sip.rs by `cargo xtask gen`; do not edit.
"""SIP: phone calls into rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..models.sip import SipCallId, SipTrunkId
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import WithRawResponse, responding, responding_async


class Sip(Resource):
    """SIP: phone calls into rooms."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> SipWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return SipWithRawResponse(self._responding())

    def send_dtmf(
        self,
        *,
        auth_token: str,
        digits: Sequence[str],
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> dict[str, Any]:
        """Send DTMF tones to SIP peers.

        Plays the tones to every SIP peer of the call. WebRTC peers hear nothing. Requires the auth
        token of a client peer, which names room and role; a management token does not work.
        Requests are queued and played one after the other. Each tone lasts 100 ms, with 100 ms
        between tones.

        Args:
            auth_token: Token of a client that is in the room, from `tokens.auth`. It is sent
                instead of the management token.
            digits: Tones, in playing order.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-DTMF-transmission
        """
        return self._call(
            "sip.send_dtmf",
            dict[str, Any],
            {"auth_token": auth_token, "digits": digits},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def call(
        self,
        *,
        to: str,
        name: str | None = None,
        user_id: str | None = None,
        room_code: str,
        trunk_id: str,
        video: bool | None = None,
        headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> SipCallId:
        """Call a phone number from a room.

        Calls a phone number over a trunk. The callee joins the room with the role of the room code.
        The request takes until the callee answers or refuses. A timeout before that leaves the
        outcome ambiguous. Several calls over one trunk can run at the same time, each with its own
        request.

        Defaults to a timeout of 90 seconds, unless the client has a timeout of its own.

        Args:
            to: Phone number, or another identifier that the trunk provider supports.
            name: Name under which the callee appears in the room.
            user_id: Your own user id for the peer; may be empty.
            room_code: Room code of the room and role.
            trunk_id: Trunk to dial over.
            video: Whether to call with video. Defaults to `false`.
            headers: Custom SIP headers for the INVITE, passed on verbatim. Names must be valid SIP
                tokens; an X- prefix is recommended. Names and values with line breaks are refused.
                Reserved headers are ignored: To, From, Via, Contact, Call-ID, `CSeq`, Max-Forwards,
                Route, Content-Type, Content-Length, Authorization, P-Asserted-Identity,
                Remote-Party-ID, Diversion and others, including their compact forms.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-Outbound
        """
        return self._call(
            "sip.call",
            SipCallId,
            {
                "to": to,
                "name": name,
                "user_id": user_id,
                "room_code": room_code,
                "trunk_id": trunk_id,
                "video": video,
                "headers": headers,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def create_trunk(
        self,
        *,
        username: str,
        password: str,
        address: str,
        from_: str,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> SipTrunkId:
        """Create an outbound SIP trunk.

        Stores the credentials, address and caller number of a SIP trunk provider, and returns the
        `trunk_id` that calls need.

        Args:
            username: User name at the trunk provider.
            password: Password at the trunk provider.
            address: SIP host of the trunk provider.
            from_: Phone number from the provider, shown as the caller.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-Outbound
        """
        return self._call(
            "sip.create_trunk",
            SipTrunkId,
            {"username": username, "password": password, "address": address, "from": from_},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def update_trunk(
        self,
        trunk_id: str,
        *,
        username: str | None = None,
        password: str | None = None,
        address: str | None = None,
        from_: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> SipTrunkId:
        """Update an outbound SIP trunk.

        Replaces credentials, address or caller number of an existing trunk and returns its id.

        Args:
            trunk_id: Id of the trunk.
            username: User name at the trunk provider.
            password: Password at the trunk provider.
            address: SIP host of the trunk provider.
            from_: Phone number from the provider, shown as the caller.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-Outbound
        """
        return self._call(
            "sip.update_trunk",
            SipTrunkId,
            {
                "trunk_id": trunk_id,
                "username": username,
                "password": password,
                "address": address,
                "from": from_,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )


class AsyncSip(AsyncResource):
    """SIP: phone calls into rooms."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncSipWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncSipWithRawResponse(self._responding())

    async def send_dtmf(
        self,
        *,
        auth_token: str,
        digits: Sequence[str],
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> dict[str, Any]:
        """Send DTMF tones to SIP peers.

        Plays the tones to every SIP peer of the call. WebRTC peers hear nothing. Requires the auth
        token of a client peer, which names room and role; a management token does not work.
        Requests are queued and played one after the other. Each tone lasts 100 ms, with 100 ms
        between tones.

        Args:
            auth_token: Token of a client that is in the room, from `tokens.auth`. It is sent
                instead of the management token.
            digits: Tones, in playing order.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-DTMF-transmission
        """
        return await self._call(
            "sip.send_dtmf",
            dict[str, Any],
            {"auth_token": auth_token, "digits": digits},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def call(
        self,
        *,
        to: str,
        name: str | None = None,
        user_id: str | None = None,
        room_code: str,
        trunk_id: str,
        video: bool | None = None,
        headers: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> SipCallId:
        """Call a phone number from a room.

        Calls a phone number over a trunk. The callee joins the room with the role of the room code.
        The request takes until the callee answers or refuses. A timeout before that leaves the
        outcome ambiguous. Several calls over one trunk can run at the same time, each with its own
        request.

        Defaults to a timeout of 90 seconds, unless the client has a timeout of its own.

        Args:
            to: Phone number, or another identifier that the trunk provider supports.
            name: Name under which the callee appears in the room.
            user_id: Your own user id for the peer; may be empty.
            room_code: Room code of the room and role.
            trunk_id: Trunk to dial over.
            video: Whether to call with video. Defaults to `false`.
            headers: Custom SIP headers for the INVITE, passed on verbatim. Names must be valid SIP
                tokens; an X- prefix is recommended. Names and values with line breaks are refused.
                Reserved headers are ignored: To, From, Via, Contact, Call-ID, `CSeq`, Max-Forwards,
                Route, Content-Type, Content-Length, Authorization, P-Asserted-Identity,
                Remote-Party-ID, Diversion and others, including their compact forms.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-Outbound
        """
        return await self._call(
            "sip.call",
            SipCallId,
            {
                "to": to,
                "name": name,
                "user_id": user_id,
                "room_code": room_code,
                "trunk_id": trunk_id,
                "video": video,
                "headers": headers,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def create_trunk(
        self,
        *,
        username: str,
        password: str,
        address: str,
        from_: str,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> SipTrunkId:
        """Create an outbound SIP trunk.

        Stores the credentials, address and caller number of a SIP trunk provider, and returns the
        `trunk_id` that calls need.

        Args:
            username: User name at the trunk provider.
            password: Password at the trunk provider.
            address: SIP host of the trunk provider.
            from_: Phone number from the provider, shown as the caller.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-Outbound
        """
        return await self._call(
            "sip.create_trunk",
            SipTrunkId,
            {"username": username, "password": password, "address": address, "from": from_},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def update_trunk(
        self,
        trunk_id: str,
        *,
        username: str | None = None,
        password: str | None = None,
        address: str | None = None,
        from_: str | None = None,
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> SipTrunkId:
        """Update an outbound SIP trunk.

        Replaces credentials, address or caller number of an existing trunk and returns its id.

        Args:
            trunk_id: Id of the trunk.
            username: User name at the trunk provider.
            password: Password at the trunk provider.
            address: SIP host of the trunk provider.
            from_: Phone number from the provider, shown as the caller.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/how-to-guides/Session%20Initiation%20Protocol%20(SIP)/SIP-Outbound
        """
        return await self._call(
            "sip.update_trunk",
            SipTrunkId,
            {
                "trunk_id": trunk_id,
                "username": username,
                "password": password,
                "address": address,
                "from": from_,
            },
            timeout,
            max_retries,
            extra_body=extra_body,
        )


class SipWithRawResponse(WithRawResponse):
    """The methods of `Sip`. Each returns a `Response`."""

    send_dtmf = responding(Sip.send_dtmf)
    call = responding(Sip.call)
    create_trunk = responding(Sip.create_trunk)
    update_trunk = responding(Sip.update_trunk)


class AsyncSipWithRawResponse(WithRawResponse):
    """The methods of `AsyncSip`. Each returns a `Response`."""

    send_dtmf = responding_async(AsyncSip.send_dtmf)
    call = responding_async(AsyncSip.call)
    create_trunk = responding_async(AsyncSip.create_trunk)
    update_trunk = responding_async(AsyncSip.update_trunk)
