"""Tokens: create, decode and verify the two kinds that the service knows."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any, Literal

from . import _native
from ._arguments import number, refused, text
from ._frames import seal
from ._model import DECODERS, Model
from ._native import Core
from ._shared import Recipe, Shared


class Claims(Model, frozen=True, kw_only=True):
    """The claims of a token."""

    kind: Literal["management", "auth"]
    """Which kind of token it is."""
    access_key: str
    """Access key of the workspace."""
    id: str | None = None
    """Id of the token (`jti`)."""
    room_id: str | None = None
    """Room that it is for; auth tokens only."""
    role: str | None = None
    """Role of the user; auth tokens only."""
    user_id: str | None = None
    """Your own id for the user; auth tokens only, and optional there."""
    issued_at: datetime | None = None
    """When it was created (`iat`)."""
    not_before: datetime | None = None
    """When it becomes valid (`nbf`)."""
    expires_at: datetime | None = None
    """When it expires (`exp`)."""


def _seconds(operation: str, validity: float | timedelta | None) -> float | None:
    if isinstance(validity, timedelta):
        return validity.total_seconds()
    if validity is None:
        return None
    seconds = number(validity)
    if seconds is not None:
        return seconds
    reason = f"must be seconds or a timedelta, not {type(validity).__name__}"
    raise refused(operation, "valid_for", reason)


class Tokens(Shared):
    """Create, decode and verify tokens. Nothing here uses the network or blocks.

    Uses `time.time()`, including a time that a test freezes, corrected by the learnt offset of the
    service's clock.
    """

    def __init__(self, core: Core, recipe: Recipe) -> None:
        self._tokens = _native.Tokens(core)
        self._recipe = recipe

    def __reduce__(self) -> tuple[Any, ...]:
        return self._recipe.part("tokens")

    def auth(
        self,
        room_id: str,
        role: str,
        *,
        user_id: str | None = None,
        valid_for: float | timedelta | None = None,
        not_before: datetime | None = None,
    ) -> str:
        """Create a token with which one user joins `room_id` in `role`.

        Dated 10 seconds back to allow for clock differences.

        Args:
            room_id: Id of the room.
            role: A role of the room's template.
            user_id: Your own id for the user. It is returned in peers, sessions and webhooks. Not
                empty.
            valid_for: Seconds, or a timedelta, from its beginning; defaults to 24 hours, at least
                one second.
            not_before: When it becomes valid, an aware datetime; now when None.

        Raises:
            InvalidRequestError: An empty room id, role or user id, a validity below one second, or
                a naive datetime.
            ConfigurationError: The client has no access key and secret.
        """
        begins = None
        if not_before is not None:
            from ._times import aware  # noqa: PLC0415 - seldom needed

            begins = aware("tokens.auth", "not_before", not_before).timestamp()
        return self._tokens.auth(
            time.time(),
            text("tokens.auth", "room_id", room_id),
            text("tokens.auth", "role", role),
            None if user_id is None else text("tokens.auth", "user_id", user_id),
            _seconds("tokens.auth", valid_for),
            begins,
        )

    def management(self, *, valid_for: float | timedelta | None = None) -> str:
        """Create a management token for another tool; this client never sends it.

        Args:
            valid_for: Seconds, or a timedelta; defaults to 24 hours, at least one second.

        Raises:
            InvalidRequestError: A validity below one second.
            ConfigurationError: The client has no access key and secret.
        """
        return self._tokens.management(time.time(), _seconds("tokens.management", valid_for))

    def decode(self, token: str) -> Claims:
        """Read the claims of a token **without** checking its signature or times.

        Raises:
            InvalidRequestError: It is not a JWT of the service.
        """
        claims: Claims = DECODERS[Claims].decode(
            self._tokens.decode(text("tokens.decode", "token", token))
        )
        return claims

    def verify(self, token: str) -> Claims:
        """Read the claims of a token that this client's secret signed and that is valid now.

        Raises:
            AuthenticationError: The signature, the access key or the times are wrong.
            InvalidRequestError: It is not a JWT of the service.
            ConfigurationError: The client has no access key and secret.
        """
        claims: Claims = DECODERS[Claims].decode(
            self._tokens.verify(time.time(), text("tokens.verify", "token", token))
        )
        return claims


seal(Tokens)
