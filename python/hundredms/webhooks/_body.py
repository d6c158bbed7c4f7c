"""The body of a request as an ASGI server hands it over."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ._log import hung_up, logger, read_before
from ._response import FAILED, Response

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

PATIENCE = 10.0
"""Seconds for a body. A server that gave it to something else before waits for ever."""

ADVICE = "let the middleware pass on what it has read"


class HungUp(Exception):
    """The sender has gone."""


class ReadBefore(Exception):
    """The server says that the body was read."""


async def whole(
    parts: AsyncIterator[bytes], headers: Iterable[tuple[str, str]], most: int
) -> bytes | Response:
    """Read the body up to one byte too many; or say why it cannot be read."""
    import asyncio  # noqa: PLC0415 - slow to import, and blocking programs do without it

    try:
        if sys.version_info >= (3, 11):
            async with asyncio.timeout(PATIENCE):
                body = await _read(parts, most)
        else:
            body = await asyncio.wait_for(_read(parts, most), PATIENCE)
    except HungUp:
        return hung_up()
    except ReadBefore:
        return read_before(ADVICE)
    except asyncio.TimeoutError:
        logger.error(
            "a webhook has no whole body: it did not come within %g s, or something read it "
            "before the receiver; %s",
            PATIENCE,
            ADVICE,
        )
        return FAILED
    if len(body) < min(_length(headers), most):
        return read_before(ADVICE)
    return body


async def _read(parts: AsyncIterator[bytes], most: int) -> bytes:
    body = bytearray()
    async for part in parts:
        body += part
        if len(body) > most:
            break
    return bytes(body)


def _length(headers: Iterable[tuple[str, str]]) -> int:
    """Return the size that the sender has announced; for one that only its end tells, 1."""
    for name, value in headers:
        match name.lower():
            case "content-length" if value.isdecimal():
                return int(value)
            case "transfer-encoding":
                return 1
            case _:
                pass
    return 0
