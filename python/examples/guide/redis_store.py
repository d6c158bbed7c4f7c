"""Handle each event once in several processes. It needs `hundredms[redis]`."""

from __future__ import annotations

# --8<-- [start:store]
import os

from hundredms import webhooks

# `AsyncRedisStore` for the async adapters.
store = webhooks.RedisStore.from_url(os.environ.get("REDIS_URL", "redis://localhost:6379"))
headers = {"x-webhook-secret": os.environ["HMS_WEBHOOK_SECRET"]}
receiver = webhooks.Receiver(headers=headers, store=store)
# --8<-- [end:store]
