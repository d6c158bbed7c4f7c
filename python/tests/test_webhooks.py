"""Webhooks: reading events, verifying requests, handling each once."""

from __future__ import annotations

import asyncio
import copy
import hashlib
import hmac
import json
import logging
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import hundredms
from hundredms import webhooks
from hundredms._model import Model
from hundredms.webhooks import AsyncStore, Event, Store, events

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
        with pytest.raises(webhooks.Refusal) as refused:
            webhooks.parse(wrong)
        assert (refused.value.reason, refused.value.status) == ("not_json", 400)


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
        with pytest.raises(webhooks.Refusal) as refused:
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
    open_one = webhooks.Receiver(open_for_development=True)
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
    with pytest.raises(hundredms.ConfigurationError, match=r"'peer\.join\.success' is"):
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
    assert ours.handle(replay, SECRET).message == "handled before"
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
    assert ours.handle(body(), SECRET).message == "handled before"
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

    assert ours.handle(body(), SECRET) == webhooks.Response(200, "taken")
    assert (ours.handle(body(), SECRET).status, calls) == (503, [])
    go_on.set()
    ours.drain(10)
    assert calls == ["1"]
    assert ours.handle(body(), SECRET).message == "handled before"


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
            assert (await ours.handle_async(body(id=id), SECRET)).message == "taken"
        assert calls == []
        await ours.drain_async()
        assert sorted(calls) == ["1", "2"]
        assert (await ours.handle_async(body(id="2"), SECRET)).message == "taken"
        await ours.drain_async()

    asyncio.run(main())
    assert sorted(calls) == ["1", "2", "2"]


def test_a_cancelled_handler_gives_its_event_back() -> None:
    ours = receiver(store=AsyncMemory())
    calls: list[str] = []

    @ours.on("peer.join.success")
    async def joined(event: Event[events.PeerJoinSuccess]) -> None:
        calls.append(event.id)
        if len(calls) == 1:
            await asyncio.Event().wait()

    async def main() -> None:
        task = asyncio.ensure_future(ours.handle_async(body(), SECRET))
        while not calls:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await ours.handle_async(body(), SECRET)).message == "handled"

    asyncio.run(main())


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


def test_an_async_store_needs_the_async_road() -> None:
    ours = receiver(store=AsyncMemory())
    ours.on("peer.join.success")(print)
    with pytest.raises(hundredms.ConfigurationError):
        ours.handle(body(), SECRET)


def test_type_checkers_know_the_data_of_each_type(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "service.py").write_text(
        "from hundredms import webhooks\n"
        "from hundredms.webhooks import Event, events\n"
        "receiver = webhooks.Receiver(headers={'x': 'y'})\n"
        "@receiver.on('peer.join.success')\n"
        "async def joined(event: Event[events.PeerJoinSuccess]) -> None:\n"
        "    reveal_type(event.data.joined_at)\n"
        "    event.data.left_at\n"
        "@receiver.on('peer.leave.success')\n"
        "def left(event: Event[events.PeerJoinSuccess]) -> None: ...\n"
        "receiver.on('peer.join.sucess')\n"
        "receiver.on('recording.success')(lambda event: print(event.data.nothing))\n"
        "@receiver.fallback\n"
        "def other(event: Event[webhooks.EventData]) -> None:\n"
        "    match event.data:\n"
        "        case events.PeerLeaveSuccess(duration=duration):\n"
        "            reveal_type(duration)\n"
        "        case webhooks.Malformed(problem=problem):\n"
        "            good: str = problem\n"
    )
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "service.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = {line.split(":")[1] for line in checked.stdout.splitlines() if ": error:" in line}
    assert lines == {"7", "8", "10", "11"}, checked.stdout
    assert "datetime.datetime | None" in checked.stdout
    assert "int | None" in checked.stdout
