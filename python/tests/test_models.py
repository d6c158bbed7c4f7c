"""Models: frozen, printable, comparable, and fit to be sent around."""

from __future__ import annotations

import copy
import pickle
import threading
from datetime import datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest

import hundredms
from hundredms._model import DECODERS, _Decoders
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


def test_a_model_survives_pickling_and_copying_and_is_equal_to_its_copies(room: Room) -> None:
    for same in (pickle.loads(pickle.dumps(room)), copy.copy(room), copy.deepcopy(room)):
        assert same == room
        assert type(same) is Room
    assert room != msgspec.structs.replace(room, name="other")


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
