"""A receiver as an endpoint of Starlette and FastAPI."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from .._frames import sealed
from .._loops import need_asyncio
from ._body import HungUp, ReadBefore, whole
from ._log import refuse
from ._response import Response as Answer
from ._verification_error import WebhookVerificationError

if TYPE_CHECKING:
    from ._receiver import Receiver


def endpoint(receiver: "Receiver") -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint."""

    async def answer(request: Request) -> Answer:
        need_asyncio("Receiver.starlette()")
        headers = request.headers.items()
        peer = request.client.host if request.client else None
        try:
            receiver.verify_sender(headers, peer)
        except WebhookVerificationError as refusal:
            return refuse(refusal)
        body = await whole(_parts(request), headers, receiver.max_bytes)
        if isinstance(body, Answer):
            return body
        return await receiver.handle_async(body, headers, peer)

    async def hundredms_webhooks(request: Request) -> Response:
        answered = await answer(request)
        return Response(answered.body, answered.status, answered.all_headers)

    return sealed(hundredms_webhooks)


async def _parts(request: Request) -> AsyncIterator[bytes]:
    try:
        async for part in request.stream():
            yield part
    except ClientDisconnect:
        raise HungUp from None
    except RuntimeError:  # another has read the stream of this request
        raise ReadBefore from None
