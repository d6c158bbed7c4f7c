"""A receiver as a view of Flask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request

from .._frames import sealed
from ._log import read_before, refuse
from ._response import Response as Answer
from ._verification_error import WebhookVerificationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._receiver import Receiver

_READ_BEFORE = "let it call `request.get_data()`, which keeps the bytes, and not `cache=False`"


def view(receiver: Receiver) -> Callable[[], Response]:
    """Return the view."""

    def answer() -> Answer:
        headers, peer = list(request.headers.items()), request.remote_addr
        try:
            receiver.verify_sender(headers, peer)
        except WebhookVerificationError as refusal:
            return refuse(refusal)
        body = _body(receiver.max_bytes)
        return body if isinstance(body, Answer) else receiver.handle(body, headers, peer)

    def hundredms_webhooks() -> Response:
        answered = answer()
        return Response(answered.body, answered.status, answered.all_headers)

    return sealed(hundredms_webhooks)


def _body(most: int) -> bytes | Answer:
    """Read the body so that others can still read it, or say why that is impossible."""
    length = request.content_length
    if length is None:
        # Of a size that only its end tells.
        body = (
            request.get_data() if "_cached_data" in vars(request) else request.stream.read(most + 1)
        )
        lost = not body and "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    elif length > most:
        body, lost = request.stream.read(most + 1), False
    else:
        body = request.get_data()
        lost = len(body) < length
    return read_before(_READ_BEFORE) if lost else body
