"""A receiver as an endpoint of Starlette and FastAPI."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

if TYPE_CHECKING:
    from ._receiver import Receiver


def endpoint(receiver: "Receiver") -> Callable[[Request], Awaitable[Response]]:
    """Make the endpoint."""

    async def hundredms_webhooks(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > receiver.max_bytes:
                break
        answer = await receiver.handle_async(
            bytes(body), request.headers.items(), request.client.host if request.client else None
        )
        return Response(answer.body, answer.status, answer.all_headers)

    return hundredms_webhooks
