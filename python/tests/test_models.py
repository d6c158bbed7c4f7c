"""Models: frozen, printable, comparable, and fit to be sent around."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest

import hundredms
from hundredms import models
from hundredms._model import DECODERS, Model, OpenUnion, _Decoders
from hundredms.models import (
    AnalyticsEventList,
    AnalyticsTrackEvent,
    Room,
    RoomWebhook,
    UnknownAnalyticsEvent,
    UploadCredentials,
)


@pytest.fixture
def room(client: hundredms.Client) -> Room:
    return client.rooms.create(
        name="physics-7",
        webhook={"url": "https://x.example/hook", "headers": {"x-key": "hidden-value"}},
    )


MODELS: list[type[Model]] = [
    model
    for model in (getattr(models, name) for name in models.__all__)
    if isinstance(model, type) and issubclass(model, Model) and model is not Model
]


def example(of: Any) -> Any:
    """Give a value of a type; a model with every field filled."""
    if isinstance(of, type) and issubclass(of, Model):
        return of(**{field.name: example(field.type) for field in msgspec.structs.fields(of)})
    if isinstance(of, type) and issubclass(of, OpenUnion):
        word, shape = next(iter(of.shapes.items()))
        return msgspec.structs.replace(example(shape), **{of.tag: word})
    arguments = get_args(of)
    origin = get_origin(of)
    if origin is list:
        return [example(arguments[0])]
    if origin is dict:
        return {"x": example(arguments[1])}
    if origin is Literal:
        return arguments[0]
    if arguments:  # one or None
        return example(arguments[0])
    return {Any: "x", str: "x", int: 7, float: 0.5, bool: True, datetime: NOON}[of]


NOON = datetime(2030, 1, 2, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_survives_pickling_and_copying_and_compares_and_matches(
    model: type[Model],
) -> None:
    made = example(model)
    assert made == example(model)
    for same in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert same == made
        assert type(same) is model
    assert DECODERS[model].decode(msgspec.json.encode(made.to_dict())) == made
    for name in model.__struct_fields__:
        assert msgspec.structs.replace(made, **{name: "other"}) != made
    match made:
        case model():
            pass
        case _:
            pytest.fail("it did not match")


class Types:
    """Calls that give the type of their answer."""

    def call(self, operation: str, type: Any, *_: Any, **__: Any) -> Any:
        return type


def answer_type(client: hundredms.Client, operation: str) -> Any:
    resource, method = operation.split(".")
    call = getattr(type(getattr(client, resource))(Types()), method)
    needed = [
        one for one in inspect.signature(call).parameters.values() if one.default is one.empty
    ]
    answer = call(
        *("x" for one in needed if one.kind is not one.KEYWORD_ONLY),
        **{one.name: "x" for one in needed if one.kind is one.KEYWORD_ONLY},
    )
    return answer._listing.type if isinstance(answer, hundredms.Pager) else answer


FIXTURES = Path(__file__).parents[2] / "tests" / "fixtures"


@pytest.mark.parametrize("fixture", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_every_answer_is_read_and_survives_pickling_and_copying(fixture: Path) -> None:
    story = json.loads(fixture.read_text())
    of = answer_type(hundredms.Client("key", "secret"), story["operation"])
    answer = DECODERS[of].decode(json.dumps(story["value"]))
    for same in (pickle.loads(pickle.dumps(answer)), copy.copy(answer), copy.deepcopy(answer)):
        assert same == answer
        assert type(same) is type(answer)
    assert DECODERS[of].decode(msgspec.json.encode(answer)) == answer


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:pw@h.example:8/x?key=k#f", "https://h.example:8/x?[redacted]"),
        ("https://user:pw@h.example#f", "https://h.example?[redacted]"),
        ("https://h.example/x", "https://h.example/x"),
        ("user:pw@h.example", "[redacted]"),
    ],
)
def test_of_the_url_of_a_webhook_host_and_path_are_shown(url: str, shown: str) -> None:
    webhook = RoomWebhook(url=url)
    assert repr(webhook) == f"RoomWebhook(url={shown!r})"
    assert dict(webhook.__rich_repr__())["url"] == shown
    assert webhook.to_dict()["url"] == url


def test_a_model_cannot_be_changed(room: Room) -> None:
    with pytest.raises(AttributeError):
        room.name = "other"  # type: ignore[misc] # pyright: ignore


def test_a_model_can_be_matched(room: Room) -> None:
    match room:
        case Room(name="physics-7", enabled=True):
            pass
        case _:
            pytest.fail("it did not match")


def test_times_are_aware(room: Room) -> None:
    assert isinstance(room.created_at, datetime)
    assert room.created_at.tzinfo is not None
    assert abs(datetime.now(timezone.utc) - room.created_at) < timedelta(minutes=1)


def test_to_dict_leaves_out_what_is_none_or_empty(room: Room) -> None:
    assert (room.polls, room.max_duration_seconds) == ([], None)
    assert {"polls", "max_duration_seconds"}.isdisjoint(room.to_dict())


def test_to_dict_gives_what_the_service_sent(room: Room, client: hundredms.Client) -> None:
    sent: dict[str, Any] = client.call_raw("rooms.get", {"room_id": room.id}).json()
    ours = room.to_dict()
    assert {name: sent[name] for name in ours if not name.endswith("_at")} == {
        name: value for name, value in ours.items() if not name.endswith("_at")
    }
    assert DECODERS[Room].decode(msgspec.json.encode(ours)) == room


def test_names_of_the_wire_are_snake_case_here(client: hundredms.Client) -> None:
    template = client.templates.create(
        name="lessons", roles={"host": {"maxPeerCount": 5, "publishParams": {"allowed": ["audio"]}}}
    )
    host = template.roles["host"]
    assert host.max_peer_count == 5
    assert host.publish_params.allowed == ["audio"]
    assert host.to_dict()["maxPeerCount"] == 5
    again = client.templates.put_role(template.id, "host", publish_params=host.publish_params)
    assert again.publish_params == host.publish_params


def test_what_the_service_left_out_is_not_shown(room: Room, client: hundredms.Client) -> None:
    assert "None" not in repr(room) and f"id={room.id!r}" in repr(room)
    template = client.templates.create(name="plain")
    assert "None" not in repr(template) and "extra" not in repr(template)
    assert repr(client.rooms) == "<Rooms of a client>"
    assert repr(client.rooms.with_raw_response) == "<RoomsWithRawResponse of a client>"


def test_secrets_are_not_shown(room: Room) -> None:
    assert room.webhook == RoomWebhook(
        url="https://x.example/hook", headers={"x-key": "hidden-value"}
    )
    assert "hidden-value" not in repr(room)
    assert "headers='[redacted]'" in repr(room)
    assert "hidden" not in str(UploadCredentials(key="hidden-key", secret="hidden-secret"))


def test_unknown_words_and_fields_are_taken() -> None:
    text = (
        b'{"id":"1","name":"x","enabled":true,"description":"","customer_id":"1","template_id":"1",'
        b'"region":"moon","brand_new":{"a":1}}'
    )
    assert DECODERS[Room].decode(text).region == "moon"


def test_an_analytics_event_has_the_shape_that_its_type_asks_for(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics-7")
    template = client.templates.get(room.template_id)
    peer = hundredms_sandbox.join_peer(room_id=room.id, role=next(iter(template.roles)))
    hundredms_sandbox.publish_track(peer.id, "audio")
    events = list(client.analytics.list_events(room_id=room.id))
    assert [type(event) for event in events] == [AnalyticsTrackEvent]
    assert pickle.loads(pickle.dumps(events)) == events


def test_an_analytics_event_of_an_unknown_kind_is_kept_as_it_came() -> None:
    text = b'{"events":[{"type":"brand.new","version":"3.0"}],"limit":1,"total":1}'
    (event,) = DECODERS[AnalyticsEventList].decode(text).events
    assert event == UnknownAnalyticsEvent(
        type="brand.new", raw={"type": "brand.new", "version": "3.0"}
    )


def test_many_threads_may_be_the_first_to_read_a_type() -> None:
    text = b'{"data":[],"limit":10}'
    from hundredms.models import RoomList

    for _ in range(20):
        decoders = _Decoders()
        together = threading.Barrier(8)
        failures: list[BaseException] = []

        def read(
            decoders: _Decoders = decoders,
            together: threading.Barrier = together,
            failures: list[BaseException] = failures,
        ) -> None:
            together.wait()
            try:
                assert decoders[RoomList].decode(text).data == []
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []


FORK_WHILE_A_TYPE_IS_LOOKED_AT = """
import hundredms, os, threading, warnings
warnings.simplefilter("ignore", DeprecationWarning)  # of a fork beside a thread, which is the point
from hundredms import _model
from hundredms.models import RoomList
looking, forking = threading.Event(), threading.Event()
def look():
    with _model._looking:
        looking.set()
        forking.wait()
threading.Thread(target=look).start()
looking.wait()
os.register_at_fork(before=forking.set)  # the last to be registered is the first to run
child = os.fork()
if child == 0:
    ended = threading.Timer(10, os._exit, [1])
    ended.start()
    _model.DECODERS[RoomList]
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
"""


def test_a_fork_waits_until_types_are_looked_at(
    run_script: Callable[..., CompletedProcess[str]],
) -> None:
    ended = run_script(FORK_WHILE_A_TYPE_IS_LOOKED_AT)
    assert (ended.returncode, ended.stderr) == (0, "")
