"""`WebhookVerificationError`: why a request is refused."""

from __future__ import annotations

from typing import Literal, TypeAlias

VerificationErrorReason: TypeAlias = Literal[
    "missing_header",
    "wrong_header",
    "missing_signature",
    "wrong_signature",
    "address_not_allowed",
    "too_large",
    "not_json",
    "too_old",
]


class WebhookVerificationError(Exception):
    """A refused request. Its text is for your own log, and contains no secret."""

    reason: VerificationErrorReason
    """Why."""
    status: int
    """The HTTP status to respond with: 401, 403, 413 or 400."""
    public_message: str
    """The text to respond with. It does not help an attacker."""

    def __init__(
        self, message: str, reason: VerificationErrorReason, status: int, public_message: str
    ) -> None:
        super().__init__(message, reason, status, public_message)
        self.reason = reason
        self.status = status
        self.public_message = public_message

    def __str__(self) -> str:
        return f"{self.args[0]} ({self.reason})"
