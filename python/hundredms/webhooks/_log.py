"""What a receiver writes to the log `hundredms.webhooks`, and the responses that go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._hooks import log
from ._observer import observer
from ._response import FAILED, Response

if TYPE_CHECKING:
    from ._event import Event
    from ._verification_error import WebhookVerificationError

logger = log().getChild("webhooks")


def refuse(refusal: WebhookVerificationError) -> Response:
    """Log why a request is refused, and return the response."""
    logger.warning("a webhook was refused: %s", refusal)
    return Response(refusal.status, refusal.public_message)


def read_before(advice: str) -> Response:
    """Log that nothing is left of the body; the service sends the event again."""
    logger.error("a webhook has lost its body: something read it before the receiver; %s", advice)
    return FAILED


def hung_up() -> Response:
    """Log that the sender disconnected, and return a response that nobody will read."""
    logger.info("a webhook came to nothing: the sender hung up before the end of the body")
    return Response(400, "the body is incomplete")


def store_failed(method: str, event: Event[Any], error: BaseException) -> None:
    """Log what a method of the store of handled events has raised."""
    logger.exception("`%s` of the store of handled webhooks failed, for %s", method, event.id)
    observe = observer.get()
    if observe is not None:
        observe.store_failed(error)
