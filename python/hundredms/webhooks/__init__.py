"""Webhooks: events that the service sends to your server, verified, typed, and handled once.

    from hundredms import webhooks
    from hundredms.webhooks import Event, events

    receiver = webhooks.Receiver(headers={"x-webhook-secret": SECRET})

    @receiver.on("peer.join.success")
    def joined(event: Event[events.PeerJoinSuccess]) -> None:
        print(event.data.peer_id, event.data.joined_at)

    app.add_route("/webhooks/100ms", receiver.starlette(), methods=["POST"])

The models of the data are in `hundredms.webhooks.events`.
"""

from .. import _loaded as _loaded
from . import events
from ._data import Malformed, Unknown
from ._event import Event, parse
from ._handler_failure import HandlerFailure
from ._receiver import Receiver
from ._recover import Recovered, missed, missed_async, recover, recover_async
from ._response import Response
from ._stores import AsyncRedisStore, AsyncStore, Claim, MemoryStore, RedisStore, Store
from ._types import EventData, EventType
from ._verification_error import VerificationErrorReason, WebhookVerificationError

__all__ = [
    "AsyncRedisStore",
    "AsyncStore",
    "Claim",
    "Event",
    "EventData",
    "EventType",
    "HandlerFailure",
    "Malformed",
    "MemoryStore",
    "Receiver",
    "Recovered",
    "RedisStore",
    "Response",
    "Store",
    "Unknown",
    "VerificationErrorReason",
    "WebhookVerificationError",
    "events",
    "missed",
    "missed_async",
    "parse",
    "recover",
    "recover_async",
]
