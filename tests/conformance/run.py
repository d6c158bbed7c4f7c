"""Goes through scenarios: plans on standard input, a line of JSON for each on standard output.

Usage: python run.py blocking|async. The README beside says what a plan is.
"""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import hundredms
import msgspec

AT_ONCE = 16
COMPARED = (
    "kind",
    "message",
    "operation",
    "method",
    "route",
    "status",
    "code",
    "details",
    "request_id",
    "field",
    "phase",
    "state",
    "attempts",
    "retry_after",
    "may_have_applied",
    "check_with",
)

# The controls are on this machine, whatever the environment says of proxies.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class GivenUp(BaseException):
    """Raised by the alarm in the midst of a blocking call."""


def failed(error: Exception) -> dict[str, Any]:
    """Give what is compared of an error."""
    if isinstance(error, hundredms.HundredmsError):
        return {name: msgspec.to_builtins(getattr(error, name)) for name in COMPARED}
    return {"kind": type(error).__name__, "message": str(error)}


def plain(value: Any) -> Any:
    """Give an answer as the service wrote it, with the fields that its model does not know among the others."""
    return _joined(msgspec.to_builtins(value))


def _joined(value: Any) -> Any:
    if isinstance(value, list):
        return [_joined(item) for item in value]
    if not isinstance(value, dict):
        return value
    fields = {name: _joined(item) for name, item in value.items()}
    extra = fields.pop("$extra", None)
    return {**extra, **fields} if isinstance(extra, dict) else fields


def control(plan: dict[str, Any], name: str, arguments: Any) -> Any:
    """Run a control of the sandbox over HTTP."""
    body = json.dumps(arguments or {}).encode()
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(f"{plan['controls']}/{name}", data=body, headers=headers)
    with opener.open(request) as answer:
        return json.load(answer)


def method(client: Any, operation: str) -> Any:
    """Find the method of an operation: `rooms.get`."""
    resource, name = operation.split(".")
    return getattr(getattr(client, resource), name)


def words(step: dict[str, Any]) -> dict[str, Any]:
    """Give the keyword arguments of a step, options included."""
    arguments = step.get("arguments") or {}
    named = {re.sub("([A-Z])", r"_\1", name).lower(): value for name, value in arguments.items()}
    if "job" in step:
        named = {name: moment(name, value) for name, value in named.items()}
    return {**named, **step.get("options", {})}


def moment(name: str, value: Any) -> Any:
    """Give a time as Python has it."""
    if name not in {"after", "before"}:
        return value
    return datetime.fromisoformat(value.replace("Z", "+00:00"))


def raw(answer: Any) -> dict[str, Any]:
    """Give what is compared of an answer as it came."""
    return {"status": answer.status, "body": json.loads(answer.body)}


class Job:
    """A step that runs a job, and what it reports if the step wants it."""

    def __init__(self, step: dict[str, Any]) -> None:
        self._reports: list[Any] | None = [] if step.get("progress") else None

    def options(self) -> dict[str, Any]:
        return {} if self._reports is None else {"on_progress": self._reports.append}

    def value(self, result: Any) -> Any:
        if self._reports is None:
            return plain(result)
        reports = [plain(report) for report in self._reports]
        first, last = (reports[0], reports[-1]) if reports else (None, None)
        return {"result": plain(result), "first": first, "last": last}


class Tokens:
    """Gives the token of a plan as a callback, as late as the plan says."""

    def __init__(self, tokens: dict[str, Any]) -> None:
        self._token = tokens["token"]
        self._after = tokens["after"]
        self._asked = 0

    def _next(self) -> float:
        self._asked += 1
        return self._after[min(self._asked, len(self._after)) - 1]

    def now(self) -> str:
        time.sleep(self._next())
        return self._token

    async def later(self) -> str:
        await asyncio.sleep(self._next())
        return self._token


class Reading:
    """How far the reading of a list has come."""

    def __init__(self, plan: dict[str, Any], step: dict[str, Any]) -> None:
        self.plan = plan
        self.step = step
        self.count = 0
        self.ids: list[str] = []
        self.errors: list[dict[str, Any]] = []

    def fail(self, error: Exception) -> bool:
        """Note an error; true when the reading ends with it."""
        self.errors.append(failed(error))
        return len(self.errors) > self.step.get("again", 0)

    def left(self) -> bool:
        """Return whether the list is left after an error, and resumed from its cursor."""
        return bool(self.step.get("resume_on_error"))

    def turn(self, page: Any) -> bool:
        """Note a page; true when the list shall be resumed from its cursor."""
        self.count += 1
        self.ids += [item.id for item in getattr(page, self.step["items"])]
        between = self.step.get("between", {})
        if between.get("after") == self.count:
            control(self.plan, between["control"], between.get("arguments"))
        return self.step.get("resume_after") == self.count

    def value(self) -> dict[str, Any]:
        return {
            "pages": self.count,
            "items": len(self.ids),
            "distinct": len(set(self.ids)),
            "errors": self.errors,
        }


class Blocking:
    """The steps with the blocking client."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.met: hundredms.HundredmsError | None = None

    def act(self, client: hundredms.Client, step: dict[str, Any]) -> Any:
        arguments = step.get("arguments") or {}
        options = step.get("options", {})
        if "call" in step:
            return plain(method(client, step["call"])(**words(step)))
        if "job" in step:
            job = Job(step)
            return job.value(method(client, step["job"])(**words(step), **job.options()))
        if "raw" in step:
            return raw(client.call_raw(step["raw"], arguments, **options))
        if "request" in step:
            body = step.get("body")
            return raw(client.request(step["request"], step["at"], body=body, **options))
        if "list" in step:
            return self.read(client, step)
        if "reconcile" in step:
            assert self.met is not None
            return plain(client.reconcile(self.met))
        if "pause" in step:
            return time.sleep(step["pause"])
        return control(self.plan, step["control"], arguments)

    def read(self, client: hundredms.Client, step: dict[str, Any]) -> dict[str, Any]:
        reading = Reading(self.plan, step)
        pages = method(client, step["list"])(**words(step)).pages()
        while True:
            try:
                page = next(pages)
            except StopIteration:
                break
            except hundredms.HundredmsError as error:
                if reading.fail(error):
                    break
                left = reading.left()
            else:
                left = reading.turn(page)
            if left:
                listing = method(client, step["list"])(**words(step))
                pages = listing.resume(pages.cursor).pages()
        return reading.value()

    def one(self, client: hundredms.Client, step: dict[str, Any]) -> dict[str, Any]:
        try:
            if "cancel_after" in step:
                signal.setitimer(signal.ITIMER_REAL, step["cancel_after"])
            return {"value": self.act(client, step)}
        except GivenUp:
            return {"cancelled": True}
        except hundredms.HundredmsError as error:
            self.met = error
            return {"error": failed(error)}
        except Exception as error:
            return {"error": failed(error)}
        finally:
            if "cancel_after" in step:
                signal.setitimer(signal.ITIMER_REAL, 0)

    def play(self) -> list[dict[str, Any]]:
        try:
            tokens = self.plan["tokens"]
            token = {"token": Tokens(tokens).now} if tokens else {}
            client = hundredms.Client(**self.plan["client"], **token)
        except Exception as error:
            return [{"error": failed(error), "seconds": 0} for _ in self.plan["steps"]]
        outcomes = []
        for step in self.plan["steps"]:
            began = time.monotonic()
            outcome = self.one(client, step)
            outcomes.append({**outcome, "seconds": time.monotonic() - began})
        return outcomes


def blocking(plans: list[dict[str, Any]]) -> None:
    def give_up(*_: Any) -> None:
        raise GivenUp

    signal.signal(signal.SIGALRM, give_up)
    given_up = [plan for plan in plans if any("cancel_after" in step for step in plan["steps"])]
    others = [plan for plan in plans if plan not in given_up]
    # Only the main thread is interrupted by signals.
    for plan in given_up:
        tell(plan, Blocking(plan).play())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        played = pool.map(lambda plan: Blocking(plan).play(), others)
        for plan, outcomes in zip(others, played, strict=True):
            tell(plan, outcomes)


class Async:
    """The steps with the async client."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.met: hundredms.HundredmsError | None = None

    async def act(self, client: hundredms.AsyncClient, step: dict[str, Any]) -> Any:
        arguments = step.get("arguments") or {}
        options = step.get("options", {})
        if "call" in step:
            return plain(await method(client, step["call"])(**words(step)))
        if "job" in step:
            job = Job(step)
            return job.value(await method(client, step["job"])(**words(step), **job.options()))
        if "raw" in step:
            return raw(await client.call_raw(step["raw"], arguments, **options))
        if "request" in step:
            body = step.get("body")
            return raw(await client.request(step["request"], step["at"], body=body, **options))
        if "list" in step:
            return await self.read(client, step)
        if "reconcile" in step:
            assert self.met is not None
            return plain(await client.reconcile(self.met))
        if "pause" in step:
            return await asyncio.sleep(step["pause"])
        return await asyncio.to_thread(control, self.plan, step["control"], arguments)

    async def read(self, client: hundredms.AsyncClient, step: dict[str, Any]) -> dict[str, Any]:
        reading = Reading(self.plan, step)
        pages = method(client, step["list"])(**words(step)).pages()
        while True:
            try:
                page = await anext(pages)
            except StopAsyncIteration:
                break
            except hundredms.HundredmsError as error:
                if reading.fail(error):
                    break
                left = reading.left()
            else:
                left = await asyncio.to_thread(reading.turn, page)
            if left:
                listing = method(client, step["list"])(**words(step))
                pages = listing.resume(pages.cursor).pages()
        return reading.value()

    async def one(self, client: hundredms.AsyncClient, step: dict[str, Any]) -> dict[str, Any]:
        acting = asyncio.ensure_future(self.act(client, step))
        if "cancel_after" in step:
            await asyncio.wait({acting}, timeout=step["cancel_after"])
            acting.cancel()
        try:
            return {"value": await acting}
        except asyncio.CancelledError:
            return {"cancelled": True}
        except hundredms.HundredmsError as error:
            self.met = error
            return {"error": failed(error)}
        except Exception as error:
            return {"error": failed(error)}

    async def play(self) -> list[dict[str, Any]]:
        try:
            tokens = self.plan["tokens"]
            token = {"token": Tokens(tokens).later} if tokens else {}
            client = hundredms.AsyncClient(**self.plan["client"], **token)
        except Exception as error:
            return [{"error": failed(error), "seconds": 0} for _ in self.plan["steps"]]
        outcomes = []
        for step in self.plan["steps"]:
            began = time.monotonic()
            outcome = await self.one(client, step)
            outcomes.append({**outcome, "seconds": time.monotonic() - began})
        return outcomes


async def in_one_loop(plans: list[dict[str, Any]]) -> None:
    places = asyncio.Semaphore(AT_ONCE)

    async def play(plan: dict[str, Any]) -> None:
        async with places:
            tell(plan, await Async(plan).play())

    await asyncio.gather(*(play(plan) for plan in plans))


def tell(plan: dict[str, Any], outcomes: list[dict[str, Any]]) -> None:
    print(json.dumps({"id": plan["id"], "outcomes": outcomes}), flush=True)


def main() -> None:
    plans = json.load(sys.stdin)
    if sys.argv[1:] == ["async"]:
        asyncio.run(in_one_loop(plans))
    else:
        blocking(plans)


if __name__ == "__main__":
    main()
