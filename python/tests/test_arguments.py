"""What is given in place of plain data is taken for what it means, or refused by name."""

from __future__ import annotations

import asyncio
import enum
import hashlib
import hmac
import json
from collections import UserString
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any
from unittest.mock import MagicMock

import pytest

import hundredms
from hundredms import models, webhooks
from hundredms.sandbox import Sandbox, SandboxError

BODY = json.dumps({"id": "1", "type": "room.end.success", "data": {}}).encode()


class Own(str):
    """Text of a kind of its own, as template engines and readers of settings make it."""

    __slots__ = ()


class Word(str, enum.Enum):
    NAME = "physics"


class Moment(datetime):
    """A time of a kind of its own, as pandas, pendulum and freezegun have one."""


class Proxy:
    """Text behind a proxy that passes for it, as `LocalProxy` and `SimpleLazyObject` do."""

    __class__: Any = str


class Array:
    """Has `__index__`, and none: like an array of more than one number."""

    def __index__(self) -> int:
        raise TypeError("only length-1 arrays")


class Whole:
    """A whole number that is no `int`."""

    def __index__(self) -> int:
        return 2


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[hundredms.Client]:
    with hundredms.Client(sandbox.access_key, sandbox.secret, base_url=sandbox.base_url) as client:
        yield client


def refusal(call: Callable[[], object]) -> hundredms.InvalidRequestError:
    with pytest.raises(hundredms.InvalidRequestError) as refused:
        call()
    return refused.value


def test_own_kinds_of_text_are_text(sandbox: Sandbox) -> None:
    with hundredms.Client(
        Own(sandbox.access_key), Own(sandbox.secret), base_url=Own(sandbox.base_url)
    ) as client:
        room = client.rooms.create(
            name=Own("a"), webhook={"url": Own("http://127.0.0.1/x"), "headers": {"k": Own("v")}}
        )
        assert room.name == "a"
        assert client.rooms.get(Own(room.id)).id == room.id
        assert client.rooms.create(name=Word.NAME).name == "physics"
        assert len(client.rooms.list(limit=Whole()).first_page().data) == 2  # type: ignore[arg-type]
        mapping: Any = MappingProxyType({"enabled": False})
        assert client.rooms.create(name="m", recording_info=mapping).recording_info is not None
        room = client.rooms.create(name=UserString("u"))  # type: ignore[arg-type]
        assert room.name == "u"
        token = client.tokens.auth(Own(room.id), Own("host"), user_id=Own("ada"))
        assert client.tokens.verify(token).user_id == "ada"


def test_own_kinds_of_numbers_and_times_are_what_they_mean(client: hundredms.Client) -> None:
    room = client.rooms.create(name="physics")
    for now in (datetime.now(timezone.utc), Moment.now(timezone.utc)):
        hour = timedelta(hours=1)
        assert client.rooms.list(after=now - hour).first_page().data == [room]
        assert client.rooms.list(before=now - hour).first_page().data == []
    anything: Any = client
    question = models.PollQuestion(index=anything_whole(), type="single-choice", text="2 + 2?")
    poll = client.polls.create(title="quiz", questions=[question])
    assert client.polls.get(poll.id).questions[0].index == 2
    spans = set[Any]()
    for hours in (3600, Decimal(3600), Fraction(3600), timedelta(hours=1)):
        claims = client.tokens.decode(anything.tokens.auth(room.id, "host", valid_for=hours))
        spans.add((claims.expires_at or now) - (claims.issued_at or now))
    assert len(spans) == 1
    assert spans.pop() >= timedelta(hours=1)
    query: Any = {"name": Word.NAME, "limit": Whole(), "x": UserString("ab")}
    assert json.loads(client.request("GET", "/rooms", query=query).body)["data"][0]["id"] == room.id
    webhooks.Receiver(headers={"x": "y"}, lease=Fraction(1, 2), ttl=Decimal(60))  # type: ignore[arg-type]


def anything_whole() -> Any:
    return Whole()


def test_a_secret_of_an_own_kind_of_text_is_one_secret() -> None:
    receiver = webhooks.Receiver(headers={Own("x-webhook-secret"): Own("s3cr3t")})
    assert receiver.handle(BODY, {"x-webhook-secret": "s3cr3t"}).status == 200
    for part in "s3cr3t":
        assert receiver.handle(BODY, {"x-webhook-secret": part}).status == 401
    signed = webhooks.Receiver(hmac_key=Own("k1"))
    for key, status in (("k1", 200), ("k", 401), ("1", 401)):
        signature = hmac.new(key.encode(), BODY, hashlib.sha256).hexdigest()
        assert signed.handle(BODY, {"x-100ms-signature": signature}).status == status
    listed = webhooks.Receiver(allow_list=Own("10.0.0.0/8"))
    assert listed.handle(BODY, {}, "10.1.2.3").status == 200


def test_what_is_no_plain_data_is_refused_by_name(client: hundredms.Client) -> None:
    anything: Any = client
    cases: list[tuple[str, str, Callable[[], object]]] = [
        ("name", "not bytes: decode", lambda: anything.rooms.create(name=b"abc")),
        ("name", "not memoryview", lambda: anything.rooms.create(name=memoryview(b"a"))),
        ("name", "not function", lambda: anything.rooms.create(name=lambda: 0)),
        ("name", "half of a surrogate pair", lambda: client.rooms.create(name="\ud800")),
        ("room_id", "not object", lambda: anything.rooms.get(object())),
        ("limit", "finite", lambda: anything.rooms.list(limit=float("nan")).first_page()),
        ("after", "aware datetime", lambda: anything.rooms.list(after="now").first_page()),
        ("webhook.headers.k", "bytes", lambda: anything.rooms.create(webhook=_webhook(b"v"))),
        ("polls[1]", "bytes", lambda: anything.rooms.create(polls=["a", b"b"])),
        ("recording_info", "text", lambda: anything.rooms.create(recording_info={1: 2})),
        ("recording_info.enabled", "bytes", lambda: client.rooms.create(recording_info=_model())),
        ("timeout", "number of seconds", lambda: anything.rooms.get("1", timeout="5")),
        ("max_retries", "whole number", lambda: anything.rooms.get("1", max_retries=1.5)),
        ("body", "bytes", lambda: client.request("POST", "/rooms", body=b"{}")),
        ("query", "mapping", lambda: anything.request("GET", "/rooms", query="a=b")),
        ("room_id", "not int", lambda: anything.tokens.auth(1, "host")),
        ("role", "not None", lambda: anything.tokens.auth("1", None)),
        ("user_id", "not int", lambda: anything.tokens.auth("1", "host", user_id=42)),
        ("user_id", "surrogate", lambda: client.tokens.auth("1", "host", user_id="\ud800")),
        ("valid_for", "timedelta", lambda: anything.tokens.auth("1", "host", valid_for="60")),
        ("not_before", "aware", lambda: anything.tokens.auth("1", "host", not_before="x")),
        ("token", "not bytes", lambda: anything.tokens.verify(b"x")),
        ("name", "not Proxy", lambda: anything.rooms.create(name=Proxy())),
        ("room_id", "not Proxy", lambda: anything.tokens.auth(Proxy(), "host")),
        ("limit", "not Array", lambda: anything.rooms.list(limit=Array()).first_page()),
        ("name", "not type", lambda: anything.rooms.create(name=int)),
        ("recording_info", "hold itself", lambda: anything.rooms.create(recording_info=_loop())),
        ("query.a", "surrogate", lambda: client.request("GET", "/rooms", query={"a": "\ud800"})),
        ("query.a", "finite", lambda: client.request("GET", "/x", query={"a": float("nan")})),
        ("query: its names", "not int", lambda: anything.request("GET", "/x", query={1: "a"})),
        ("path", "surrogate", lambda: client.request("GET", "/\ud800")),
        ("path", "not None", lambda: anything.request("GET", None)),
        ("operation", "not int", lambda: anything.call_raw(5)),
        ("arguments", "mapping", lambda: anything.call_raw("rooms.get", ["a"])),
        ("error", "of this package", lambda: anything.reconcile(ValueError())),
    ]
    for field, said, call in cases:
        error = refusal(call)
        assert error.field == field, error
        assert said in error.message, error


def _loop() -> list[Any]:
    loop: list[Any] = []
    loop.append(loop)
    return loop


def _webhook(value: object) -> dict[str, object]:
    return {"url": "http://127.0.0.1/x", "headers": {"k": value}}


def _model() -> Any:
    wrong: Any = b"x"
    return models.RecordingInfo(enabled=wrong)


def test_kinds_of_values_have_the_names_of_python(
    sandbox: Sandbox, client: hundredms.Client
) -> None:
    anything: Any = client
    create: Any = client.rooms.create
    cases: list[tuple[Callable[[], object], str]] = [
        (lambda: anything.rooms.get(None), "room_id: expected a string, found None"),
        (lambda: anything.rooms.get(True), "room_id: expected a string, found a bool"),
        (lambda: create(name={"a": 1}), "name: expected a string, found a dict"),
        (lambda: create(name=["a"]), "name: expected a string, found a list"),
        (lambda: create(recording_info=7), "recording_info: expected a dict, found a number"),
        (
            lambda: create(recording_info={"enabled": "x"}),
            "recording_info.enabled: expected True or False, found a string",
        ),
        (
            lambda: client.recordings.list(room_id=None).first_page(),  # type: ignore[arg-type] # pyright: ignore
            "room_id: must not be None; omit the argument instead",
        ),
    ]
    for call, said in cases:
        error = refusal(call)
        assert error.message == said
        assert said in str(error)
    with pytest.raises(hundredms.ConfigurationError, match="list of texts, found None"):
        webhooks.Receiver(headers={"x": None})  # type: ignore[dict-item] # pyright: ignore
    with pytest.raises(SandboxError, match=r"^match: expected a dict, found a list$"):
        sandbox.control("add_fault", {"effect": {"status": 500}, "match": []})


def test_an_answer_that_does_not_match_is_told_of_in_the_words_of_json(
    sandbox: Sandbox, client: hundredms.Client
) -> None:
    sandbox.add_fault({"status": 200, "body": '{"id": {}}'}, match={"operation": "rooms.get"})
    with pytest.raises(hundredms.DecodeError, match="expected a string, found an object"):
        client.rooms.get("1")


def test_an_object_where_its_id_belongs_is_refused_with_the_id_to_pass(
    sandbox: Sandbox, client: hundredms.Client
) -> None:
    anything: Any = client
    room: Any = client.rooms.create(name="physics")
    found = "expected a string, found the whole object"
    cases: list[tuple[Callable[[Any], object], str]] = [
        (client.rooms.get, f"room_id: {found}: pass its id, room.id"),
        (client.room_codes.create, f"room_id: {found}: pass its id, room.id"),
        (
            lambda room: client.rooms.create(template_id=room),
            f"template_id: {found}: pass its template_id",
        ),
        (anything.recordings.wait, f"recording_id: {found}: pass its id, recording.id"),
        (
            lambda room: client.tokens.auth(room, "host"),
            "room_id: must be text, not Room: pass its id, room.id",
        ),
    ]
    for call, said in cases:
        assert refusal(lambda call=call: call(room)).message == said  # type: ignore[misc]
    with pytest.raises(SandboxError, match=r"pass its id, room\.id"):
        sandbox.messages(room)


def test_an_object_that_has_the_field_itself_is_refused_with_that_field(
    sandbox: Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics")
    sandbox.join_peer(room_id=room.id, role="host")
    recording: Any = client.recordings.start(room.id, meeting_url="https://a.example")
    said = "room_id: must be text, not Recording: pass its room_id"
    assert refusal(lambda: client.tokens.auth(recording, "host")).message == said
    anything: Any = client
    assert refusal(lambda: anything.links.recorder("acme", recording, "host")).message == said
    said = "recording_id: expected a string, found the whole object: pass its id, recording.id"
    assert refusal(lambda: anything.recordings.wait(recording)).message == said
    said = "room_id: expected a string, found the whole object: pass its room_id"
    assert refusal(lambda: client.rooms.get(recording)).message == said


def test_a_number_that_is_too_large_is_refused_by_name(client: hundredms.Client) -> None:
    anything: Any = client
    assert refusal(lambda: anything.rooms.get(10**400)).field == "room_id"


def test_options_that_cannot_be_are_refused_by_name() -> None:
    anything: Any = hundredms
    hook: Any = 5

    async def awaited(seen: object) -> None: ...

    class Awaited:
        async def __call__(self, seen: object) -> None: ...

    receiver: Any = webhooks.Receiver
    cases: list[tuple[str, Callable[[], object]]] = [
        ("secret", lambda: anything.Client("key", b"secret")),
        ("timeout", lambda: anything.Client("key", "secret", timeout="5")),
        ("timeout", lambda: anything.Client("key", "secret", timeout=timedelta(seconds=5))),
        ("timeout", lambda: anything.Client("key", "secret", timeout=1e300)),
        ("timeout", lambda: anything.Client("key", "secret", timeout=10**400)),
        ("secret", lambda: anything.Client("key", Proxy())),
        ("max_retries", lambda: anything.Client("key", "secret", max_retries="2")),
        ("cassette", lambda: anything.Client(cassette="x.json")),
        ("cassette", lambda: anything.Client(cassette={"mode": "replay"})),
        ("cassette", lambda: anything.Client(cassette={"path": "x", "mode": "play"})),
        ("on_request", lambda: anything.Client("key", "secret", on_request=hook)),
        ("on_retry", lambda: anything.AsyncClient("key", "secret", on_retry=awaited)),
        ("on_retry", lambda: anything.AsyncClient("key", "secret", on_retry=Awaited())),
        ("headers.x-secret", lambda: receiver(headers={"x-secret": None})),
        ("headers.x-secret", lambda: receiver(headers={"x-secret": b"tok"})),
        ("hmac_key[0]", lambda: receiver(hmac_key=[b"k1"])),
        ("lease", lambda: receiver(headers={"x": "y"}, lease=-1)),
        ("lease", lambda: receiver(headers={"x": "y"}, lease="5")),
        ("ttl", lambda: receiver(headers={"x": "y"}, ttl=0)),
        ("store", lambda: receiver(headers={"x": "y"}, store=5)),
    ]
    for name, make in cases:
        with pytest.raises(hundredms.ConfigurationError) as refused:
            make()
        assert refused.value.message.startswith(f"{name}: "), refused.value
    with pytest.raises(hundredms.ConfigurationError, match="must be callable"):
        receiver(headers={"x": "y"}).on("peer.join.success")(5)


def test_what_was_made_of_a_request_is_no_request() -> None:
    receiver: Any = webhooks.Receiver(headers={"x-secret": "s"})
    headers = {"x-secret": "s"}
    for body in (json.loads(BODY), [1, 2], 5, None):
        assert refusal(lambda body=body: receiver.handle(body, headers)).field == "body"  # type: ignore[misc]
        assert refusal(lambda body=body: webhooks.parse(body)).field == "body"  # type: ignore[misc]
    for body in (BODY, bytearray(BODY), memoryview(BODY), BODY.decode()):
        assert receiver.handle(body, headers).status == 200
    for wrong in ([(b"x-secret", b"s")], {"x-secret": b"s"}, {"x-secret": ["s"]}, None, "abc", 5):
        assert refusal(lambda wrong=wrong: receiver.handle(BODY, wrong)).field == "headers"  # type: ignore[misc]
    assert receiver.handle(BODY, {"accept": ["a"]}).status == 401
    assert receiver.handle(BODY, []).status == 401


def test_a_token_callback_that_gives_no_text_is_told_of(sandbox: Sandbox) -> None:
    async def awaited() -> str:
        return "token"

    for callback, said in ((awaited, "only an AsyncClient awaits"), (lambda: None, "NoneType")):
        wrong: Any = callback
        with hundredms.Client(token=wrong, base_url=sandbox.base_url) as client:
            with pytest.raises(hundredms.AuthenticationError) as refused:
                client.rooms.get("1")
            assert said in str(refused.value)


def test_recovery_tells_blocking_and_async_clients_apart(
    sandbox: Sandbox, client: hundredms.Client
) -> None:
    anything: Any = webhooks
    now = sandbox.clock().now
    other = hundredms.AsyncClient(sandbox.access_key, sandbox.secret, base_url=sandbox.base_url)
    for recover in (anything.recover, anything.missed):
        with pytest.raises(ValueError, match="client: must be a Client"):
            recover(other, now - timedelta(days=1), now)
    for recover in (anything.recover_async, anything.missed_async):
        with pytest.raises(ValueError, match="client: must be an AsyncClient"):
            asyncio.run(recover(client, now - timedelta(days=1), now))
    # What stands in for a client in tests is neither.
    stand_in = MagicMock()
    page = stand_in.analytics.list_webhook_events.return_value.first_page.return_value
    page.pagination.total_items = 0
    assert anything.recover(stand_in, now - timedelta(days=1), now, replay=True).found == 0


def test_a_control_of_the_sandbox_names_what_cannot_be(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="seconds: must be a finite number"):
        sandbox.advance_clock(float("nan"))


def test_a_raw_call_that_failed_can_be_reconciled(
    sandbox: Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics")
    sandbox.add_fault({"disconnect": "close_after"}, match={"operation": "recordings.start"})
    with pytest.raises(hundredms.AmbiguousOutcomeError) as failed:
        client.call_raw(
            "recordings.start", {"room_id": room.id, "meeting_url": "https://a.example"}
        )
    assert client.reconcile(failed.value)["room_id"] == room.id


def test_an_unknown_argument_names_the_public_method_and_suggests_a_name() -> None:
    client = hundredms.Client("key", "secret")
    calls: list[tuple[Callable[[], object], str]] = [
        (
            lambda: hundredms.Client(access_ky="key"),  # type: ignore[call-arg] # pyright: ignore
            "Client() got an unexpected keyword argument 'access_ky'; did you mean 'access_key'?",
        ),
        (
            lambda: hundredms.AsyncClient(secrt="s"),  # type: ignore[call-arg] # pyright: ignore
            "AsyncClient() got an unexpected keyword argument 'secrt'; did you mean 'secret'?",
        ),
        (
            lambda: client.rooms.create(nme="a"),  # type: ignore[call-arg] # pyright: ignore
            "Rooms.create() got an unexpected keyword argument 'nme'; did you mean 'name'?",
        ),
        (
            lambda: client.tokens.auth("r", "host", userid="a"),  # type: ignore[call-arg] # pyright: ignore
            "Tokens.auth() got an unexpected keyword argument 'userid'; did you mean 'user_id'?",
        ),
        (
            lambda: client.rooms.create(zzz=1),  # type: ignore[call-arg] # pyright: ignore
            "Rooms.create() got an unexpected keyword argument 'zzz'",
        ),
        (
            lambda: client.map(len, [], concurrensy=2),  # type: ignore[call-arg] # pyright: ignore
            "Client.map() got an unexpected keyword argument 'concurrensy'; did you mean "
            "'concurrency'?",
        ),
        (
            lambda: webhooks.Receiver(heders={}),  # type: ignore[call-arg] # pyright: ignore
            "Receiver() got an unexpected keyword argument 'heders'; did you mean 'headers'?",
        ),
        (
            lambda: hundredms.Client("a", "b", "c"),  # type: ignore[call-arg] # pyright: ignore
            "Client() takes from 1 to 3 positional arguments but 4 were given",
        ),
        (
            client.rooms.get,  # type: ignore[list-item] # pyright: ignore
            "Rooms.get() missing 1 required positional argument: 'room_id'",
        ),
    ]
    for call, text in calls:
        with pytest.raises(TypeError) as caught:
            call()
        assert str(caught.value) == text
        assert caught.value.__suppress_context__


def test_an_unknown_argument_of_an_async_method_suggests_a_name() -> None:
    async def main() -> None:
        client = hundredms.AsyncClient("key", "secret")
        with pytest.raises(
            TypeError, match=r"AsyncRooms.create\(\) got .* 'nme'; did you mean 'name'\?"
        ):
            await client.rooms.create(nme="a")  # type: ignore[call-arg] # pyright: ignore

    asyncio.run(main())


def test_a_type_error_of_the_program_stays_as_it_is() -> None:
    def token() -> str:
        raise TypeError("of a callback")

    client = hundredms.Client(token=token, base_url="http://127.0.0.1:9")
    with pytest.raises(hundredms.AuthenticationError) as caught:
        client.rooms.get("r")
    assert str(caught.value.__cause__) == "of a callback"


def test_a_misspelt_required_field_is_unknown_and_not_missing() -> None:
    client = hundredms.Client("key", "secret")
    with pytest.raises(hundredms.InvalidRequestError) as caught:
        client.rooms.create(webhook={"ulr": "https://a.example"})  # type: ignore[arg-type] # pyright: ignore
    assert caught.value.field == "webhook.ulr"
    assert "unknown field `ulr`; did you mean `url`?" in str(caught.value)


def test_a_handler_for_an_unknown_event_type_gets_a_suggestion() -> None:
    receiver = webhooks.Receiver(headers={"a": "b"})
    with pytest.raises(hundredms.ConfigurationError) as caught:
        receiver.on("peer.joined")  # type: ignore[call-overload] # pyright: ignore
    said = "unknown event type `peer.joined`; did you mean `peer.join.success`?"
    assert caught.value.message.startswith(said)
