"""A receiver as a view of Flask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._receiver import Receiver


def view(receiver: Receiver) -> Callable[[], Response]:
    """Make the view."""

    def hundredms_webhooks() -> Response:
        body = request.stream.read(receiver.max_bytes + 1)
        answer = receiver.handle(body, request.headers.items(), request.remote_addr)
        return Response(answer.body, answer.status, answer.all_headers)

    return hundredms_webhooks
