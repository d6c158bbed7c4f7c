"""No secret is in a variable of a frame that an exception has passed, as error reporters show them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

import hundredms
from hundredms import webhooks

SECRET = "canary-5f2c1a9d7e"
"""Stands where a secret may."""

HEADERS = {"x-s": SECRET}
EVENT = (
    b'{"version":"2.0","id":"1","type":"peer.join.success","data":{"token":"%s"}}' % SECRET.encode()
)


def frames(error: BaseException) -> Iterator[Any]:
    """Give the frames of an exception and of all that it was caused by, but those of the test."""
    chained: list[BaseException | None] = [error]
    seen: set[int] = set()
    while chained:
        one = chained.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        traceback = one.__traceback__
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename != __file__:
                yield traceback.tb_frame
            traceback = traceback.tb_next
        chained += (one.__cause__, one.__context__)


def shown(value: Any, depth: int = 0) -> str:
    """Write a variable as a reporter would that looks into containers and objects."""
    if depth > 4:
        return ""
    parts = [repr(value)]
    if isinstance(value, dict):
        parts += [shown(one, depth + 1) for pair in value.items() for one in pair]
    elif isinstance(value, (list, tuple, set, frozenset)):
        parts += [shown(one, depth + 1) for one in value]
    elif type(value).__module__.startswith("hundredms") and hasattr(value, "__dict__"):
        parts += [shown(one, depth + 1) for one in vars(value).values()]
    return " ".join(parts)


def leaks(error: BaseException) -> list[str]:
    return [
        f"{frame.f_code.co_qualname if hasattr(frame.f_code, 'co_qualname') else frame.f_code.co_name}: {name}"
        for frame in frames(error)
        for name, value in frame.f_locals.items()
        if SECRET in shown(value)
    ]


class Odd:
    """What can stand for no option."""

    def __str__(self) -> str:
        raise KeyError("odd")


Case = Callable[[Any], Any]

# What is wrong here is meant to be.
H: Any = hundredms
W: Any = webhooks

RECEIVER: Any = W.Receiver(headers=HEADERS)
ENDING: Any = W.Receiver(headers=HEADERS)


@ENDING.fallback  # type: ignore[untyped-decorator]
def end(event: webhooks.Event[Any]) -> None:
    raise SystemExit(1)


CONSTRUCTORS: dict[str, Case] = {
    "user agent": lambda _: H.Client("k", SECRET, user_agent=b"x"),
    "async": lambda _: H.AsyncClient("k", SECRET, user_agent=b"x"),
    "surrogate": lambda _: H.Client("k", SECRET + "\ud800"),
    "base url": lambda _: H.Client("k", SECRET, base_url="ftp://x"),
    "timeout": lambda _: H.Client("k", SECRET, timeout=-1),
    "token": lambda _: H.Client("k", token=SECRET),
    "proxy": lambda _: H.Client("k", "s", proxy=f"nope://u:{SECRET}@x", timeout=0),
    "cassette": lambda _: H.Client("k", SECRET, cassette={"path": "x"}),
    "hook": lambda _: H.Client("k", SECRET, on_request=1),
    "ca": lambda _: H.Client("k", SECRET, ca_file=Odd()),
    "no argument": lambda _: H.Client("k", SECRET, nope=1),
    "allow list": lambda _: W.Receiver(headers=HEADERS, allow_list="nope"),
    "several": lambda _: W.Receiver(headers={"x-s": [SECRET, 5]}),
    "hmac": lambda _: W.Receiver(hmac_key=[SECRET], allow_list="nope"),
    "store": lambda _: W.Receiver(headers=HEADERS, store=object()),
    "lease": lambda _: W.Receiver(headers=HEADERS, lease=-1),
    "redis url": lambda _: webhooks.RedisStore.from_url(f"nope://:{SECRET}@x"),
    "async redis url": lambda _: webhooks.AsyncRedisStore.from_url(f"nope://:{SECRET}@x"),
    "sandbox": lambda sandbox: H.Sandbox(
        port=int(sandbox.base_url.rsplit(":", 1)[1].split("/")[0]), secret=SECRET * 3
    ),
}

CALLS: dict[str, Case] = {
    "check": lambda sandbox: sandbox.client().tokens.verify(SECRET),
    "decode": lambda sandbox: sandbox.client().tokens.decode(SECRET),
    "argument": lambda sandbox: sandbox.client().rooms.create(description=SECRET, size=b""),
    "refused": lambda sandbox: sandbox.client().rooms.create(description=SECRET, region=5),
    "status": lambda sandbox: sandbox.client().active_rooms.send_message("none", message=SECRET),
    "nested": lambda sandbox: sandbox.client().rooms.update(
        "none", webhook={"url": "https://a.example", "headers": {"x": SECRET}}
    ),
    "code": lambda sandbox: sandbox.client().room_codes.auth_token(code=SECRET),
    "raw": lambda sandbox: sandbox.client().call_raw(
        "rooms.update", {"room_id": "x", "description": SECRET}
    ),
    "request": lambda sandbox: sandbox.client().request("POST", "/none", body={"a": SECRET}),
    "query": lambda sandbox: sandbox.client().request(
        "GET", "/none", query={"a": SECRET, "b": object()}
    ),
    "pages": lambda sandbox: next(sandbox.client().rooms.list(start=SECRET * 30).pages()),
    "control": lambda sandbox: sandbox.set_webhook("nope", headers={"x": SECRET}),
    "unknown control": lambda sandbox: sandbox.control("nope", {"x": SECRET}),
    "body": lambda _: RECEIVER.receive(SECRET.encode(), HEADERS),
    "headers": lambda _: RECEIVER.receive(EVENT, {"x-s": SECRET, "y": 5, "x-s ": b""} | {5: 5}),
    "wrong header": lambda _: RECEIVER.receive(EVENT, {"x-s": SECRET + "?"}),
    "no sender": lambda _: RECEIVER.verify_sender({"x-s": SECRET + "?"}),
    "peer": lambda _: RECEIVER.receive(EVENT, HEADERS, 5),
    "ends": lambda _: ENDING.handle(EVENT, HEADERS),
    "no body": lambda _: W.parse(SECRET),
    "no text": lambda _: W.parse([SECRET]),
}


def raised(case: Case, sandbox: hundredms.Sandbox) -> BaseException:
    try:
        case(sandbox)
    except BaseException as error:
        return error
    raise AssertionError("it raised nothing")


@pytest.mark.parametrize("name", [*CONSTRUCTORS, *CALLS])
def test_what_a_call_was_given_is_in_no_frame_of_what_it_raises(
    hundredms_sandbox: hundredms.Sandbox, name: str
) -> None:
    error = raised({**CONSTRUCTORS, **CALLS}[name], hundredms_sandbox)
    assert leaks(error) == []
    assert SECRET not in shown(vars(error))
    # The traceback itself stays.
    assert next(frames(error), None) is not None or isinstance(error, TypeError)


SLOW: Any = webhooks.Receiver(headers=HEADERS)


@SLOW.fallback  # type: ignore[untyped-decorator]
async def wait(event: webhooks.Event[Any]) -> None:
    await asyncio.Event().wait()


ASYNC: dict[str, Callable[[Any], Awaitable[Any]]] = {
    "status": lambda client: client.active_rooms.send_message("none", message=SECRET),
    "argument": lambda client: client.rooms.create(description=SECRET, size=b""),
    "raw": lambda client: client.call_raw("rooms.update", {"room_id": "x", "description": SECRET}),
    "request": lambda client: client.request("POST", "/none", body={"a": SECRET}),
    "handle": lambda _: ENDING.handle_async(EVENT, HEADERS, 5),
    "receive": lambda _: asyncio.wait_for(SLOW.handle_async(EVENT, HEADERS), 0.01),
}


@pytest.mark.parametrize("name", ASYNC)
def test_what_an_async_call_was_given_is_in_no_frame_of_what_it_raises(
    hundredms_sandbox: hundredms.Sandbox, name: str
) -> None:
    async def main() -> BaseException:
        client = hundredms.AsyncClient(
            hundredms_sandbox.access_key,
            hundredms_sandbox.secret,
            base_url=hundredms_sandbox.base_url,
        )
        try:
            await ASYNC[name](client)
        except BaseException as error:
            return error
        raise AssertionError("it raised nothing")

    error = asyncio.run(main())
    assert leaks(error) == []
    assert SECRET not in shown(vars(error))


def test_the_secret_that_an_answer_was_not_understood_with_is_in_no_frame(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    hundredms_sandbox.add_fault({"body": json.dumps({"id": 5, "name": [SECRET]})})
    with hundredms_sandbox.client() as client:
        error = raised(lambda _: client.rooms.get("x"), hundredms_sandbox)
    assert isinstance(error, hundredms.HundredmsError)
    assert leaks(error) == []


def test_frames_of_the_program_keep_their_variables(hundredms_sandbox: hundredms.Sandbox) -> None:
    def give() -> str:
        known = "of the program"
        raise KeyError(known)

    client = hundredms.Client(token=give, base_url=hundredms_sandbox.base_url)
    error = raised(lambda _: client.rooms.get("x"), hundredms_sandbox)
    cause = error.__cause__
    assert isinstance(cause, KeyError)
    traceback = cause.__traceback__
    assert traceback is not None
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    assert traceback.tb_frame.f_locals == {"known": "of the program"}


def test_sentry_is_sent_no_secret(hundredms_sandbox: hundredms.Sandbox) -> None:
    sdk: Any = pytest.importorskip("sentry_sdk")
    transports: Any = pytest.importorskip("sentry_sdk.transport")
    sent: list[bytes] = []

    class Recording(transports.Transport):  # type: ignore[misc]
        def capture_envelope(self, envelope: Any) -> None:
            sent.append(envelope.serialize())

    failing = webhooks.Receiver(headers=HEADERS)

    @failing.fallback
    def fail(event: webhooks.Event[Any]) -> None:
        raise KeyError("handler")

    sdk.init(dsn="http://key@127.0.0.1/1", transport=Recording, default_integrations=True)
    try:
        for name, case in {**CONSTRUCTORS, **CALLS}.items():
            if name != "ends":
                sdk.capture_exception(raised(case, hundredms_sandbox))
        failing.handle(EVENT, HEADERS)
        sdk.flush()
    finally:
        sdk.init()
    # The lines of this file are sent as well.
    words = b" ".join(sent)
    assert len(sent) > len(CALLS)
    assert words.count(SECRET.encode()) == words.count(b'SECRET = \\"' + SECRET.encode())


def test_an_answer_as_it_came_is_shown_without_body_and_headers(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    with hundredms_sandbox.client() as client:
        answer = client.call_raw("rooms.create", {"name": "physics-7"})
    assert "physics-7" not in repr(answer)
    assert repr(answer).startswith("RawResponse(status=200, headers=[")
    assert f"<{len(answer.body)} bytes>" in repr(answer)
    cookie = type(answer)(200, [("set-cookie", SECRET)], SECRET.encode())
    assert SECRET not in repr(cookie)
    assert SECRET not in str(cookie.__rich_repr__())


def test_an_error_holds_nothing_of_what_was_sent_and_can_be_reconciled(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    hundredms_sandbox.add_fault({"status": 504}, match={"operation": "recordings.start"})
    with hundredms_sandbox.client() as client:
        room = client.rooms.create()
        with pytest.raises(hundredms.AmbiguousOutcomeError) as caught:
            client.recordings.start(room.id, meeting_url=f"https://a.example/{SECRET}")
        assert SECRET not in shown(vars(caught.value))
        assert client.reconcile(caught.value) is None
