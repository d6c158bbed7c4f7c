"""A receiver as a function of AWS Lambda, behind API Gateway, a load balancer or a URL."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from .._frames import sealed
from ._response import NOT_POST, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ._receiver import Receiver


def function(receiver: Receiver) -> Callable[[Any, Any], dict[str, Any]]:
    """Return the function."""

    def hundredms_webhooks(event: Any, context: Any = None) -> dict[str, Any]:
        answer = _answer(receiver, event)
        # What still runs afterwards is frozen with the process.
        receiver.drain()
        return _written(answer, event)

    return sealed(hundredms_webhooks)


def _answer(receiver: Receiver, event: Mapping[str, Any]) -> Response:
    caller: Any = event.get("requestContext") or {}
    http: Any = caller.get("http") or {}
    if (http.get("method") or event.get("httpMethod")) != "POST":
        return NOT_POST
    identity: Any = caller.get("identity") or {}
    peer: str | None = http.get("sourceIp") or identity.get("sourceIp")
    return receiver.handle(_body(event), _headers(event), peer)


def _body(event: Mapping[str, Any]) -> bytes:
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return body.encode() if isinstance(body, str) else bytes(body)
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _headers(event: Mapping[str, Any]) -> list[tuple[str, str]]:
    several = event.get("multiValueHeaders")
    if several:
        return [(name, value) for name, values in several.items() for value in values or ()]
    single: dict[str, str] = event.get("headers") or {}
    return list(single.items())


def _written(answer: Response, event: Mapping[str, Any]) -> dict[str, Any]:
    headers: dict[str, Any] = dict(answer.all_headers)
    written: dict[str, Any] = {
        "statusCode": answer.status,
        "body": answer.body.decode(),
        "isBase64Encoded": False,
    }
    # A load balancer takes headers in the format in which it sends them.
    if event.get("multiValueHeaders") and not event.get("headers"):
        written["multiValueHeaders"] = {name: [value] for name, value in headers.items()}
    else:
        written["headers"] = headers
    return written
