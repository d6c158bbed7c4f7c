"""Links to rooms, and results with secrets, as Python shows them."""

from __future__ import annotations

import copy
import pickle

import pytest

import hundredms
from hundredms.models import RtmpIngest


@pytest.fixture
def client() -> hundredms.Client:
    return hundredms.Client("key", "secret")


def test_links_look_as_the_service_documents_them(client: hundredms.Client) -> None:
    links = client.links
    assert links.join("acme", "abc-defg-hij") == "https://acme.app.100ms.live/meeting/abc-defg-hij"
    assert (
        links.join("acme", "abc", name="Ada & Ben", user_id="u/1")
        == "https://acme.app.100ms.live/meeting/abc?name=Ada%20%26%20Ben&userId=u%2F1"
    )
    assert links.preview("acme.app.100ms.live", "abc") == "https://acme.app.100ms.live/preview/abc"
    assert (
        links.recorder("acme", "64d2f0a17c3be91f5a08d412", "a/b")
        == "https://acme.app.100ms.live/preview/64d2f0a17c3be91f5a08d412/a%2Fb?skip_preview=true"
    )
    asynchronous = hundredms.AsyncClient("key", "secret")
    assert asynchronous.links.join("acme", "abc") == links.join("acme", "abc")


@pytest.mark.parametrize(
    "subdomain", ["", "a.b", "acme/", "https://acme", "acme@evil.example", "-a"]
)
def test_what_is_no_subdomain_is_refused(client: hundredms.Client, subdomain: str) -> None:
    with pytest.raises(hundredms.InvalidRequestError, match="subdomain") as raised:
        client.links.join(subdomain, "abc")
    assert (raised.value.operation, raised.value.field) == ("links.join", "subdomain")


def test_missing_parts_are_refused(client: hundredms.Client) -> None:
    with pytest.raises(hundredms.InvalidRequestError, match="code: must not be empty"):
        client.links.preview("acme", "")
    with pytest.raises(hundredms.InvalidRequestError, match="role: must not be"):
        client.links.recorder("acme", "room", "..")
    with pytest.raises(hundredms.InvalidRequestError, match="role: must be text, not NoneType"):
        client.links.recorder("acme", "room", None)  # type: ignore[arg-type] # pyright: ignore
    with pytest.raises(hundredms.InvalidRequestError, match="name: must be text, not int"):
        client.links.join("acme", "abc", name=7)  # type: ignore[arg-type] # pyright: ignore


def test_links_are_copied_and_pickled_as_a_part_of_their_client(
    client: hundredms.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert copy.copy(client.links) is client.links
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(client.links)
    monkeypatch.setenv("HMS_ACCESS_KEY", "key")
    monkeypatch.setenv("HMS_SECRET", "secret")
    restored = pickle.loads(pickle.dumps(hundredms.Client().links))
    assert restored.join("acme", "abc") == client.links.join("acme", "abc")


def test_the_address_with_the_key_is_not_shown(hundredms_sandbox: hundredms.Sandbox) -> None:
    client = hundredms_sandbox.client()
    room = client.rooms.create(name="physics-7")
    ingest = client.stream_keys.get_or_create(room.id)
    assert isinstance(ingest, RtmpIngest)
    assert ingest.rtmp_url == f"{ingest.stream_key.url}/{ingest.stream_key.key}"
    assert ingest.stream_key.key not in repr(ingest)
    assert client.stream_keys.get_or_create(room.id).stream_key.id == ingest.stream_key.id


def test_the_error_between_two_calls_has_the_id_of_the_room(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    client = hundredms_sandbox.client(max_retries=0)
    room = client.rooms.create(name="physics-7")
    hundredms_sandbox.add_fault(
        match={"operation": "room_codes.create"}, effect={"status": 500}, on={"nth": 1}
    )
    with pytest.raises(hundredms.ServerError, match=f'the room "{room.id}" exists'):
        client.rooms.create_with_codes(name="physics-7")
    created = client.rooms.create_with_codes(name="physics-7")
    assert created.room.id == room.id
    assert {"host", "guest"} <= set(created.codes)
