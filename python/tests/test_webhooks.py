"""Webhooks: reading events, verifying requests, handling each once."""

from __future__ import annotations

import asyncio
import copy
import hashlib
import hmac
import json
import logging
import pickle
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import hundredms
from hundredms import webhooks
from hundredms._model import Model
from hundredms.webhooks import AsyncStore, Event, Store, events

from .conftest import memory

EXAMPLES = sorted(
    (Path(__file__).parents[2] / "tests" / "contract" / "webhook-examples").glob("*.json")
)
SECRET = {"x-webhook-secret": "a long random text"}


def body(type: str = "peer.join.success", id: str = "1", **data: Any) -> bytes:
    known = {"room_id": "r", "session_id": "s", "peer_id": "p", **data}
    return json.dumps({"id": id, "type": type, "data": known}).encode()


def receiver(**options: Any) -> webhooks.Receiver:
    return webhooks.Receiver(headers=SECRET, **options)


def canonical(value: Any) -> Any:
    """Write times alike, and leave out the zero times, which mean none."""
    if isinstance(value, dict):
        kept = {name: canonical(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one != "0001-01-01T00:00:00Z"}
    if isinstance(value, list):
        return [canonical(one) for one in value]
    return value


def in_microseconds(value: Any) -> Any:
    """Round times to the microseconds that Python has."""
    if isinstance(value, dict):
        return {name: in_microseconds(one) for name, one in value.items()}
    if isinstance(value, list):
        return [in_microseconds(one) for one in value]
    if isinstance(value, str) and value[10:11] == "T" and value.endswith("Z"):
        whole, _, fraction = value[:-1].partition(".")
        return f"{whole} {round(float(f'0.{fraction or 0}'), 6)}"
    return value


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_of_the_contract_is_typed_and_loses_no_field(path: Path) -> None:
    event = webhooks.parse(path.read_bytes())
    example = json.loads(path.read_text())
    assert (event.id, event.type, event.problem) == (example["id"], example["type"], None)
    assert isinstance(event.data, Model)
    assert type(event.data).__module__ == events.__name__
    assert not event.is_replay
    assert event.timestamp is not None
    assert event.raw == path.read_bytes()
    data = event.data.to_dict()
    expected = {"data": canonical(example["data"])}
    assert in_microseconds({"data": data}) == in_microseconds(expected)
    for name in ("version", "account_id", "app_id", "template_id"):
        assert getattr(event, name) == example.get(name)
    assert event.extra == {}


def test_there_is_an_example_of_every_type() -> None:
    from hundredms.webhooks._types import DATA

    assert {path.stem for path in EXAMPLES} == set(DATA)
    assert len(EXAMPLES) == 32


def test_types_that_are_not_known_and_data_that_does_not_fit_are_kept() -> None:
    new = webhooks.parse(b'{"id":"1","type":"room.moved","data":{"to":"eu"},"more":1}')
    assert new.data == webhooks.Unknown(fields={"to": "eu"})
    assert (new.type, new.extra) == ("room.moved", {"more": 1})
    bad = webhooks.parse(b'{"id":"1","type":"peer.join.success","data":{"room_id":[]}}')
    assert isinstance(bad.data, webhooks.Malformed)
    assert "room_id" in bad.data.problem
    assert bad.data.data == {"room_id": []}
    for wrong in (b"", b"[]", b"{", b"\xff"):
        with pytest.raises(webhooks.WebhookVerificationError) as refused:
            webhooks.parse(wrong)
        assert (refused.value.reason, refused.value.status) == ("not_json", 400)


@pytest.mark.parametrize(
    "value",
    [
        "[" * 128 + "1" + "]" * 128,
        "[" * 5_000 + "1" + "]" * 5_000,
        '{"a":' * 128 + "1" + "}" * 128,
        "1e999",
        "-1e999",
        "9" * 5_000,
    ],
    ids=lambda value: value[:8],
)
def test_an_object_always_gives_an_event_whatever_it_holds(value: str) -> None:
    fields = f'{{"room_id":"r","session_id":"s","peer_id":"p","new":{value}}}'
    known = '"id":"e","type":"peer.join.success","timestamp":"2026-01-01T00:00:00Z"'
    sent = f'{{{known},"data":{fields}}}'.encode()
    handled: list[Event[Any]] = []
    ours = receiver()
    ours.fallback(handled.append)
    assert ours.handle(sent, SECRET).status == 200
    (event,) = handled
    assert (event.id, event.type, event.timestamp is None) == ("e", "peer.join.success", False)
    assert isinstance(event.data, webhooks.Malformed)
    # What no value can hold is there as text.
    assert event.data.data == fields
    assert event.problem is not None
    assert value not in event.problem
    assert event.raw == sent
    outside = webhooks.parse(f'{{{known},"more":{value},"data":{{}}}}')
    assert isinstance(outside.data, webhooks.Malformed)
    assert outside.id == "e"


def test_a_text_that_was_cut_within_a_character_does_not_spoil_an_event() -> None:
    text = body(user_name="n\ud83do", user_id="\ude00")
    assert b"\\ud83d" in text
    event = webhooks.parse(text)
    assert isinstance(event.data, events.PeerJoinSuccess)
    mark = "\N{REPLACEMENT CHARACTER}"
    assert (event.problem, event.data.user_name, event.data.user_id) == (None, f"n{mark}o", mark)
    assert event.raw == text


def test_events_match_compare_copy_and_pickle_and_show_no_secret() -> None:
    event = webhooks.parse(body(user_id="ada"))
    match event.data:
        case events.PeerJoinSuccess(peer_id=peer, user_id=user):
            assert (peer, user) == ("p", "ada")
        case _:
            pytest.fail("it is a join")
    assert pickle.loads(pickle.dumps(event)) == event == copy.deepcopy(event)
    assert "room_id" not in repr(webhooks.parse(b'{"id":"1","type":"x","data":{"room_id":"r"}}'))
    for path in EXAMPLES:
        example = path.read_text()
        if "presigned" in example or "Signature=" in example:
            shown = repr(webhooks.parse(example))
            assert "Signature=" not in shown


def test_only_the_service_is_believed() -> None:
    ours = receiver()
    assert ours.receive(body(), SECRET).id == "1"
    assert ours.receive(body(), {"X-Webhook-SECRET": SECRET["x-webhook-secret"]}).id == "1"
    assert ours.receive(body(), [("x", "y"), *SECRET.items()]).id == "1"
    key = b"k" * 32
    signed = webhooks.Receiver(hmac_key=key.decode())
    signature = hmac.new(key, body(), hashlib.sha256).hexdigest()
    assert signed.receive(body(), {"x-100ms-signature": signature}).id == "1"
    near = webhooks.Receiver(allow_list=["10.0.0.0/8", "::1"])
    assert near.receive(body(), {}, "10.1.2.3").id == "1"
    behind = webhooks.Receiver(allow_list="10.0.0.0/8", trusted_proxies=1)
    assert behind.receive(body(), {"X-Forwarded-For": "6.6.6.6, 10.1.2.3"}, "127.0.0.1").id == "1"
    cases: list[tuple[webhooks.Receiver, Any, bytes, str | None, str, int]] = [
        (ours, {}, body(), None, "missing_header", 401),
        (ours, {"x-webhook-secret": "wrong"}, body(), None, "wrong_header", 401),
        (ours, {"x-webhook-secret": "wröng"}, body(), None, "wrong_header", 401),
        (ours, {"x-webhook-secret": "☃"}, b"no json", None, "wrong_header", 401),
        (ours, SECRET, b"no json", None, "not_json", 400),
        (receiver(max_bytes=10), SECRET, body(), None, "too_large", 413),
        (signed, {}, body(), None, "missing_signature", 401),
        (signed, {"x-100ms-signature": signature}, body(id="2"), None, "wrong_signature", 401),
        (near, {}, body(), "11.1.2.3", "address_not_allowed", 403),
        (near, {}, body(), None, "address_not_allowed", 403),
        (near, {}, body(), "/run/socket", "address_not_allowed", 403),
    ]
    for number, (one, headers, sent, peer, reason, status) in enumerate(cases):
        with pytest.raises(webhooks.WebhookVerificationError) as refused:
            one.receive(sent, headers, peer)
        assert (refused.value.reason, refused.value.status) == (reason, status), number
        assert "wr" not in refused.value.public_message
        again = pickle.loads(pickle.dumps(refused.value))
        assert (str(again), again.reason) == (str(refused.value), reason)


def test_secrets_outside_of_ascii_and_two_at_a_time_are_taken() -> None:
    ours = webhooks.Receiver(headers={"x-webhook-secret": ["old", "schlüssel"]})
    for sent in ("old", "schlüssel".encode().decode("latin-1")):
        assert ours.receive(body(), {"x-webhook-secret": sent}).id == "1"


def test_a_receiver_is_closed() -> None:
    with pytest.raises(hundredms.ConfigurationError):
        webhooks.Receiver()
    for wrong in (
        {"headers": {"x y": "1"}},
        {"headers": {"x": ""}},
        {"allow_list": ["10.0.0.0/99"]},
    ):
        with pytest.raises(hundredms.ConfigurationError):
            webhooks.Receiver(**wrong)
    open_one = webhooks.Receiver(allow_unverified=True)
    assert open_one.receive(body(), {}).id == "1"
    assert "a long" not in repr(receiver())


def test_each_event_goes_to_its_handler_and_others_to_the_fallback() -> None:
    ours = receiver()
    got: list[Any] = []

    @ours.on("peer.join.success")
    def joined(event: Event[events.PeerJoinSuccess]) -> None:
        got.append(("joined", event.data.peer_id))

    assert ours.handle(body(), SECRET) == webhooks.Response(200, "handled")
    assert ours.handle(body("peer.leave.success", "2"), SECRET).message == "no handler"
    assert ours.handle(body(id="3", room_id=[]), SECRET).status == 500

    @ours.fallback
    def other(event: Event[webhooks.EventData]) -> None:
        got.append(("other", event.type, type(event.data).__name__))

    assert ours.handle(body("peer.leave.success", "2"), SECRET).message == "handled"
    assert ours.handle(body("room.moved", "4"), SECRET).message == "handled"
    assert ours.handle(body(id="5", room_id=[]), SECRET).message == "handled"
    assert got == [
        ("joined", "p"),
        ("other", "peer.leave.success", "PeerLeaveSuccess"),
        ("other", "room.moved", "Unknown"),
        ("other", "peer.join.success", "Malformed"),
    ]


def test_names_of_events_and_second_handlers_are_refused_at_once() -> None:
    ours = receiver()
    with pytest.raises(hundredms.ConfigurationError, match=r"did you mean `peer\.join\.success`"):
        ours.on("peer.join.sucess")  # type: ignore[call-overload] # pyright: ignore
    ours.on("peer.join.success")(print)
    with pytest.raises(hundredms.ConfigurationError, match="has a handler already"):
        ours.on("peer.join.success")(print)


class AsyncMemory(AsyncStore):
    """A store that is awaited."""

    def __init__(self) -> None:
        self.store = webhooks.MemoryStore()

    async def claim(self, id: str, owner: str, lease: float) -> webhooks.Claim:
        await asyncio.sleep(0)
        return self.store.claim(id, owner, lease)

    async def done(self, id: str, ttl: float) -> None:
        await asyncio.sleep(0)
        self.store.done(id, ttl)

    async def release(self, id: str, owner: str) -> None:
        await asyncio.sleep(0)
        self.store.release(id, owner)


class Waiting(Store):
    """A store that waits, as one over the network."""

    def __init__(self) -> None:
        self.store = webhooks.MemoryStore()
        self.threads: set[int] = set()

    def claim(self, id: str, owner: str, lease: float) -> webhooks.Claim:
        self.threads.add(threading.get_ident())
        return self.store.claim(id, owner, lease)

    def done(self, id: str, ttl: float) -> None:
        self.store.done(id, ttl)

    def release(self, id: str, owner: str) -> None:
        self.store.release(id, owner)


def test_an_event_is_done_when_its_handler_has_succeeded_and_not_before() -> None:
    ours = receiver()
    calls: list[str] = []

    @ours.on("peer.join.success")
    def joined(event: Event[events.PeerJoinSuccess]) -> None:
        calls.append(event.id)
        if len(calls) == 1:
            raise KeyError("the database is down")

    statuses = [ours.handle(body(), SECRET).status for _ in range(3)]
    replay = body().replace(b'{"id"', b'{"is_replay": true, "id"')
    assert ours.handle(replay, SECRET).message == "duplicate"
    assert (statuses, calls) == ([500, 200, 200], ["1", "1"])


@pytest.mark.parametrize("store", [webhooks.MemoryStore, AsyncMemory, Waiting])
def test_the_same_holds_for_async_handlers_with_every_kind_of_store(store: Any) -> None:
    ours = receiver(store=store())
    calls: list[str] = []

    @ours.on("peer.join.success")
    async def joined(event: Event[events.PeerJoinSuccess]) -> None:
        calls.append(event.id)
        await asyncio.sleep(0)
        if len(calls) == 1:
            raise KeyError("the database is down")

    @ours.on("peer.leave.success")
    def left(event: Event[events.PeerLeaveSuccess]) -> None:
        calls.append(threading.current_thread().name)

    async def main() -> list[int]:
        statuses = [(await ours.handle_async(body(), SECRET)).status for _ in range(3)]
        left = body("peer.leave.success", "2")
        answers = await asyncio.gather(*(ours.handle_async(left, SECRET) for _ in range(8)))
        # One handles it; the others find it being handled, or handled.
        assert sum(one.message == "handled" for one in answers) == 1
        assert {one.status for one in answers} <= {200, 503}
        assert (await ours.handle_async(body(), {})).status == 401
        return statuses

    assert asyncio.run(main()) == [500, 200, 200]
    assert calls[:2] == ["1", "1"]
    assert len(calls) == 3
    assert calls[2] != "MainThread"


def test_an_event_that_is_being_handled_is_put_off() -> None:
    ours = receiver()
    began, go_on = threading.Event(), threading.Event()
    calls: list[str] = []

    @ours.on("peer.join.success")
    def joined(event: Event[events.PeerJoinSuccess]) -> None:
        began.set()
        assert go_on.wait(10)
        calls.append(event.id)

    thread = threading.Thread(target=ours.handle, args=(body(), SECRET))
    thread.start()
    assert began.wait(10)
    second = ours.handle(body(), SECRET)
    assert (second.status, second.headers) == (503, {"retry-after": "1"})
    go_on.set()
    thread.join()
    assert ours.handle(body(), SECRET).message == "duplicate"
    assert calls == ["1"]


def test_an_event_whose_handler_crashed_is_new_after_its_lease() -> None:
    store = webhooks.MemoryStore()
    assert store.claim("1", "crashed", 0.001) == "new"
    ours = receiver(store=store)
    ours.on("peer.join.success")(lambda event: None)
    while (answer := ours.handle(body(), SECRET)).status == 503:
        pass
    assert answer.message == "handled"
    store.claim("2", "slow", 0)
    assert store.claim("2", "other", 60) == "new"
    store.release("2", "slow")
    assert store.claim("2", "third", 60) == "in_progress"


def test_work_in_the_background_is_answered_before_it_is_done() -> None:
    ours = receiver()
    go_on = threading.Event()
    calls: list[str] = []

    @ours.on("peer.join.success", background=True)
    def joined(event: Event[events.PeerJoinSuccess]) -> None:
        assert go_on.wait(10)
        calls.append(event.id)

    assert ours.handle(body(), SECRET) == webhooks.Response(200, "accepted")
    assert (ours.handle(body(), SECRET).status, calls) == (503, [])
    go_on.set()
    ours.drain(10)
    assert calls == ["1"]
    assert ours.handle(body(), SECRET).message == "duplicate"


def test_async_work_in_the_background_ends_before_drain_does() -> None:
    ours = receiver()
    calls: list[str] = []

    @ours.on("peer.join.success", background=True)
    async def joined(event: Event[events.PeerJoinSuccess]) -> None:
        await asyncio.sleep(0.01)
        calls.append(event.id)
        if event.id == "2":
            raise KeyError

    async def main() -> None:
        for id in ("1", "2"):
            assert (await ours.handle_async(body(id=id), SECRET)).message == "accepted"
        assert calls == []
        await ours.drain_async()
        assert sorted(calls) == ["1", "2"]
        assert (await ours.handle_async(body(id="2"), SECRET)).message == "accepted"
        await ours.drain_async()

    asyncio.run(main())
    assert sorted(calls) == ["1", "2", "2"]


@pytest.mark.parametrize("store", [webhooks.MemoryStore, AsyncMemory, Waiting])
def test_a_handler_goes_on_when_its_sender_gives_up(store: Any) -> None:
    ours = receiver(store=store())
    go_on = threading.Event()
    begun: list[str] = []
    ended: list[str] = []

    @ours.on("peer.join.success")
    async def joined(event: Event[events.PeerJoinSuccess]) -> None:
        begun.append(event.id)
        while not go_on.is_set():
            await asyncio.sleep(0)
        ended.append(event.id)

    @ours.on("peer.leave.success")
    def left(event: Event[events.PeerLeaveSuccess]) -> None:
        begun.append(event.id)
        assert go_on.wait(10)
        ended.append(event.id)

    sent = [body(), body("peer.leave.success", "2")]

    async def main() -> None:
        tasks = [asyncio.ensure_future(ours.handle_async(one, SECRET)) for one in sent]
        while len(begun) < 2:
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        # The service sends both again meanwhile.
        assert [(await ours.handle_async(one, SECRET)).status for one in sent] == [503, 503]
        assert ended == []
        go_on.set()
        await ours.drain_async()
        assert sorted(ended) == ["1", "2"]
        again = [(await ours.handle_async(one, SECRET)).message for one in sent]
        assert again == ["duplicate", "duplicate"]

    asyncio.run(main())
    assert sorted(begun) == sorted(ended) == ["1", "2"]


def test_a_sender_that_gives_up_while_the_store_is_asked_leaves_no_claim_behind() -> None:
    class Slow(AsyncMemory):
        asked = False
        answer = asyncio.Event()

        async def claim(self, id: str, owner: str, lease: float) -> webhooks.Claim:
            self.asked = True
            await self.answer.wait()
            return await super().claim(id, owner, lease)

    store = Slow()
    ours = receiver(store=store)
    calls: list[str] = []
    ours.on("peer.join.success")(lambda event: calls.append(event.id))

    async def main() -> None:
        store.answer = asyncio.Event()
        task = asyncio.ensure_future(ours.handle_async(body(), SECRET))
        while not store.asked:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        store.answer.set()
        await ours.drain_async()
        assert (await ours.handle_async(body(), SECRET)).message == "duplicate"

    asyncio.run(main())
    assert calls == ["1"]


@pytest.mark.parametrize("store", [webhooks.MemoryStore, AsyncMemory, Waiting])
def test_a_loop_that_ends_gives_back_what_was_cut_off_and_lets_threads_end(store: Any) -> None:
    ours = receiver(store=store())
    go_on = threading.Event()
    begun: list[str] = []
    ended: list[str] = []

    @ours.on("peer.join.success")
    async def joined(event: Event[events.PeerJoinSuccess]) -> None:
        begun.append(event.id)
        if begun.count("1") == 1:
            await asyncio.Event().wait()
        ended.append(event.id)

    @ours.on("peer.leave.success")
    def left(event: Event[events.PeerLeaveSuccess]) -> None:
        begun.append(event.id)
        assert go_on.wait(10)
        ended.append(event.id)

    async def cut_off() -> None:
        for sent in (body(), body("peer.leave.success", "2")):
            asyncio.ensure_future(ours.handle_async(sent, SECRET))  # noqa: RUF006
        while len(begun) < 2:
            await asyncio.sleep(0)
        asyncio.get_running_loop().call_later(0.05, go_on.set)

    async def again() -> list[str]:
        sent = (body(), body("peer.leave.success", "2"))
        return [(await ours.handle_async(one, SECRET)).message for one in sent]

    asyncio.run(cut_off())
    assert asyncio.run(again()) == ["handled", "duplicate"]
    assert (begun.count("1"), begun.count("2"), sorted(ended)) == (2, 1, ["1", "2"])


def test_a_handler_may_raise_anything_and_500_is_answered() -> None:
    ours = receiver()

    @ours.on("peer.join.success")
    def joined(event: Event[events.PeerJoinSuccess]) -> None:
        next(iter(()))

    async def main() -> int:
        answer = await asyncio.wait_for(ours.handle_async(body(), SECRET), 10)
        return answer.status

    assert asyncio.run(main()) == ours.handle(body(), SECRET).status == 500


def test_the_fallback_may_work_in_the_background_too() -> None:
    ours = receiver()
    go_on = threading.Event()
    calls: list[str] = []

    @ours.fallback(background=True)
    def other(event: Event[webhooks.EventData]) -> None:
        assert go_on.wait(10)
        calls.append(event.id)

    assert ours.handle(body(), SECRET) == webhooks.Response(200, "accepted")
    assert (ours.handle(body(), SECRET).status, calls) == (503, [])
    go_on.set()
    ours.drain(10)
    assert calls == ["1"]
    with pytest.raises(hundredms.ConfigurationError, match="the fallback has a handler already"):
        ours.fallback(print, background=True)


def test_a_claim_whose_answer_was_lost_is_given_back() -> None:
    class Lossy(Waiting):
        lost = True

        def claim(self, id: str, owner: str, lease: float) -> webhooks.Claim:
            claim = super().claim(id, owner, lease)
            if self.lost:
                self.lost = False
                raise ConnectionError("the answer was lost")
            return claim

    class AsyncLossy(AsyncMemory):
        lost = True

        async def claim(self, id: str, owner: str, lease: float) -> webhooks.Claim:
            claim = await super().claim(id, owner, lease)
            if self.lost:
                self.lost = False
                raise ConnectionError("the answer was lost")
            return claim

    calls: list[str] = []
    ours, other = receiver(store=Lossy()), receiver(store=AsyncLossy())
    for one in (ours, other):
        one.on("peer.join.success")(lambda event: calls.append(event.id))
    assert [ours.handle(body(), SECRET).status for _ in range(2)] == [500, 200]

    async def main() -> list[int]:
        return [(await other.handle_async(body(), SECRET)).status for _ in range(2)]

    assert asyncio.run(main()) == [500, 200]
    assert calls == ["1", "1"]


def test_a_store_that_fails_makes_the_service_send_again_but_not_what_is_done(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken(Waiting):
        down = True

        def claim(self, id: str, owner: str, lease: float) -> webhooks.Claim:
            if self.down:
                raise ConnectionError("no store")
            return super().claim(id, owner, lease)

        def done(self, id: str, ttl: float) -> None:
            raise ConnectionError("no store")

    store = Broken()
    ours = receiver(store=store)
    calls: list[str] = []
    ours.on("peer.join.success")(lambda event: calls.append(event.id))
    with caplog.at_level(logging.ERROR, "hundredms"):
        assert ours.handle(body(), SECRET).status == 500
        store.down = False
        assert ours.handle(body(), SECRET).status == 200
    assert calls == ["1"]
    assert ours.handle(body(), SECRET).status == 503
    assert len(caplog.records) == 2
    assert SECRET["x-webhook-secret"] not in caplog.text


class Odd(webhooks.Store):
    """A store whose methods return or raise what a test says."""

    def __init__(self, claim: Any) -> None:
        self.claim_result = claim
        self.released: list[str] = []

    def claim(self, id: str, owner: str, lease: float) -> Any:
        if isinstance(self.claim_result, Exception):
            raise self.claim_result
        return self.claim_result

    def done(self, id: str, ttl: float) -> None:
        raise AssertionError("nothing was handled")

    def release(self, id: str, owner: str) -> None:
        self.released.append(id)


class AsyncOdd(webhooks.AsyncStore):
    """The same, with async methods."""

    def __init__(self, claim: Any) -> None:
        self.store = Odd(claim)

    async def claim(self, id: str, owner: str, lease: float) -> Any:
        return self.store.claim(id, owner, lease)

    async def done(self, id: str, ttl: float) -> None:
        self.store.done(id, ttl)

    async def release(self, id: str, owner: str) -> None:
        self.store.release(id, owner)


@pytest.mark.parametrize("store", [Odd, AsyncOdd])
@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (True, "must return 'new', 'in_progress' or 'done', not True"),
        (None, "not None"),
        ("claimed", "not 'claimed'"),
        (["new"], "not a list"),
        (OSError("disk full"), "disk full"),
    ],
)
def test_a_claim_that_fails_or_returns_something_else_is_reported_with_the_store(
    claim: Any, message: str, store: Any, caplog: pytest.LogCaptureFixture
) -> None:
    failures: list[webhooks.HandlerFailure] = []
    later: list[webhooks.HandlerFailure] = []

    async def keep(failure: webhooks.HandlerFailure) -> None:
        await asyncio.sleep(0)
        later.append(failure)

    def note(failure: webhooks.HandlerFailure) -> Any:
        failures.append(failure)
        return keep(failure)

    ours = receiver(store=store(claim), on_failure=note)
    ours.on("peer.join.success")(lambda event: pytest.fail("it was not claimed"))
    with caplog.at_level(logging.ERROR, "hundredms"):
        if store is Odd:
            assert ours.handle(body(), SECRET).status == 500
        assert asyncio.run(ours.handle_async(body(), SECRET)).status == 500
    assert failures == later
    for failure in failures:
        assert message in str(failure.error)
        assert failure.event.id == "1" and not failure.background
    if not isinstance(claim, Exception):
        assert str(failures[0].error).startswith("Odd.claim" if store is Odd else "AsyncOdd.claim")
    assert "`claim` of the store of handled webhooks failed, for 1" in caplog.text
    assert message in caplog.text


def test_async_methods_outside_of_an_async_store_are_refused() -> None:
    class Plain:
        async def claim(self, id: str, owner: str, lease: float) -> str:
            return "new"

        async def done(self, id: str, ttl: float) -> None: ...

        async def release(self, id: str, owner: str) -> None: ...

    store: Any = Plain()
    with pytest.raises(hundredms.ConfigurationError, match=r"AsyncStore: Plain\.claim is async"):
        receiver(store=store)


@pytest.mark.parametrize("method", ["claim", "done", "release"])
def test_a_store_with_one_method_of_the_other_kind_is_refused(method: str) -> None:
    awaits: Any = type("Mixed", (Waiting,), {method: getattr(AsyncMemory, method)})
    with pytest.raises(hundredms.ConfigurationError, match=rf"Mixed\.{method} is async"):
        receiver(store=awaits())
    blocks: Any = type("Mixed", (AsyncMemory,), {method: getattr(Waiting, method)})
    with pytest.raises(hundredms.ConfigurationError, match=rf"Mixed\.{method} is not async"):
        receiver(store=blocks())


def test_an_async_store_needs_the_async_road_and_is_refused_when_mounted_elsewhere() -> None:
    ours = receiver(store=AsyncMemory())
    ours.on("peer.join.success")(print)
    for refused in (lambda: ours.handle(body(), SECRET), ours.flask, ours.django):
        with pytest.raises(hundredms.ConfigurationError, match="AsyncStore"):
            refused()


SERVICE = """
from datetime import datetime
from typing_extensions import assert_type
from hundredms import webhooks
from hundredms.webhooks import Event, events
receiver = webhooks.Receiver(headers={"x": "y"})
@receiver.on("peer.join.success")
async def joined(event: Event[events.PeerJoinSuccess]) -> None:
    assert_type(event.data.joined_at, datetime | None)
    event.data.left_at  # wrong
@receiver.on("peer.leave.success")  # wrong
def left(event: Event[events.PeerJoinSuccess]) -> None: ...
@receiver.on("recording.success")  # wrong
def untyped(event: str) -> None: ...
receiver.on("peer.join.sucess")  # wrong
receiver.on("recording.success")(lambda event: print(event.data.nothing))  # wrong
@receiver.on("session.open.success", background=True)
def opened(event: Event[events.SessionOpenSuccess]) -> None:
    assert_type(event.data.session_id, str)
@receiver.fallback
def other(event: Event[webhooks.EventData]) -> None:
    match event.data:
        case events.PeerLeaveSuccess(duration=duration):
            assert_type(duration, int | None)
        case webhooks.Malformed(problem=problem):
            good: str = problem
        case _:
            pass
another = webhooks.Receiver(headers={"x": "y"})
@another.fallback(background=True)
async def later(event: Event[webhooks.EventData]) -> None: ...
@webhooks.Receiver(headers={"x": "y"}).fallback(background=True)  # wrong
def not_all(event: Event[events.PeerJoinSuccess]) -> None: ...
"""


@pytest.mark.parametrize("checker", [["mypy", "--strict"], ["pyright", "--pythonpath"]])
def test_type_checkers_know_the_data_of_each_type_and_refuse_a_wrong_handler(
    checker: list[str], tmp_path: Path
) -> None:
    pytest.importorskip(checker[0])
    (tmp_path / "service.py").write_text(SERVICE)
    path = [sys.executable] if checker[0] == "pyright" else []
    checked = subprocess.run(
        [sys.executable, "-m", *checker, *path, "service.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = {
        number for number, line in enumerate(SERVICE.splitlines(), 1) if line.endswith("# wrong")
    }
    errors = re.findall(r"service\.py:(\d+)(?::\d+)*:? (?:- )?error:", checked.stdout)
    assert {int(number) for number in errors} == wrong, checked.stdout


TIMES = (
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59.999999999Z",
    "10000-01-01T00:00:00Z",
    "2016-12-31T23:59:60Z",
    "2024-02-01 08:00:00Z",
    "2024-02-01t08:00:00z",
    "2024-02-01T24:00:00Z",
    "2024-02-30T00:00:00Z",
    "2024-02-01T08:00:00",
    "2024-02-01T08:00:00+0530",
    "1706774400",
)
VALUES: tuple[Any, ...] = (
    *TIMES,
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    1e308,
    1706774400,
    "",
    "x",
    "\x00",
    [],
    {},
    [1],
    {"": {}},
)
RAW = (
    "1e999",
    "-0",
    '"\\ud800"',
    "1" * 60,
    "[" * 100 + "]" * 100,
    "[" * 2000 + "]" * 2000,
    '{"a":1,"a":2}',
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the path of each value below `value`."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for name, one in inner:
        yield (*path, name)
        if isinstance(one, (dict, list)):
            yield from places(one, (*path, name))


def changed(example: Any, values: tuple[Any, ...] = VALUES) -> Iterator[str]:
    """Give the example with each value removed, nulled or retyped, and with fields added."""
    for *above, last in places(example):
        copied = copy.deepcopy(example)
        holder = copied
        for name in above:
            holder = holder[name]
        held = holder.pop(last)
        yield json.dumps(copied)
        for value in values:
            if isinstance(holder, list):
                holder.insert(last, value)
                yield json.dumps(copied)
                holder.pop(last)
                continue
            holder[last] = value
            yield json.dumps(copied)
            holder[last] = held
            holder["added"] = value
            yield json.dumps(copied)
            del holder["added"]
        if isinstance(holder, dict):
            holder[last] = "@raw"
            text = json.dumps(copied)
            for raw in RAW:
                yield text.replace('"@raw"', raw)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_whatever_is_wrong_in_an_example_it_is_an_event_or_refused(path: Path) -> None:
    for text in changed(json.loads(path.read_text())):
        try:
            event = webhooks.parse(text)
        except webhooks.WebhookVerificationError:
            continue
        assert isinstance(event.data, Model)
        assert isinstance(event.data, webhooks.Malformed) == (event.problem is not None)
        assert isinstance(event.id, str)
        assert pickle.loads(pickle.dumps(event)) == event or event.data != event.data


def test_what_the_core_takes_and_python_cannot_hold_is_malformed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from hundredms import _native

    told = (
        b'{"id":"1","type":"peer.join.success","timestamp":"0000-01-01T00:00:00Z","data":{"a":1}}'
    )
    monkeypatch.setattr(_native, "parse_webhook", lambda _: told)
    event = webhooks.parse(body())
    assert (event.id, event.type) == ("1", "peer.join.success")
    assert event.data == webhooks.Malformed(problem=event.problem or "", data={"a": 1})
    assert "timestamp" in (event.problem or "")
    monkeypatch.setattr(_native, "parse_webhook", lambda _: b"[")
    event = webhooks.parse(body())
    assert (event.id, event.data) == ("", webhooks.Malformed(problem=event.problem or "", data="["))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_long_ids_take_no_more_memory_of_a_store_than_short_ones() -> None:
    store = webhooks.MemoryStore()
    long = "x" * 1_000_000
    assert [store.claim(f"{long}{one}", "a", 60) for one in (1, 1, 2)] == [
        "new",
        "in_progress",
        "new",
    ]
    before = memory()
    for one in range(100):
        store.claim(f"{one}{long}", "a", 60)
    assert memory() - before < 30 * 1024, "KiB for 100 ids of a megabyte"
    assert store.claim(f"7{long}", "b", 60) == "in_progress"
