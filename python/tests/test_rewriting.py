"""What was read is changed and written back, and nothing else changes."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

import hundredms
from hundredms import models
from hundredms.sandbox import Sandbox

TEMPLATE: dict[str, Any] = {
    "name": "stage",
    "weather": {"sun": [1, 2.5, "x"]},
    "roles": {
        "viewer": {
            "publishParams": {"allowed": [], "hologram": {"depth": 3}},
            "subscribeParams": {"subscribeToRoles": ["host"], "smell": True},
            "permissions": {"teleport": True, "mute": False},
            "colour": "crimson",
            "priority": 7,
        },
        "host": {"publishParams": {"allowed": ["audio", "odour"]}},
    },
    "settings": {
        "region": "eu",
        "gravity": 9.81,
        "roomState": {"messageInterval": 15, "tempo": 2},
    },
    "destinations": {
        "rtmpDestinations": {"a": {"name": "a", "rtmpUrls": [], "shape": "round"}},
        "beacon": {"b": {}},
    },
    "plugins": {"whiteboard": {"permissions": {"admin": [], "chalk": ["host"]}}, "abacus": {}},
}


@pytest.fixture
def client() -> Iterator[hundredms.Client]:
    with Sandbox() as sandbox:
        yield sandbox.client()


@pytest.fixture
def template(client: hundredms.Client) -> models.Template:
    made = client.request("POST", "/templates", body=TEMPLATE).json()
    return client.templates.get(made["id"])


def stored(client: hundredms.Client, template: models.Template) -> dict[str, Any]:
    found: dict[str, Any] = client.request("GET", f"/templates/{template.id}").json()
    found.pop("updatedAt")
    return found


def write(client: hundredms.Client, template: models.Template) -> None:
    client.templates.update(
        template.id,
        name=template.name,
        roles=template.roles,
        settings=template.settings,
        destinations=template.destinations,
        plugins=template.plugins,
        extra=template.extra,
    )


def test_a_template_with_one_permission_changed_is_else_as_it_was(
    client: hundredms.Client, template: models.Template
) -> None:
    before = stored(client, template)
    viewer = template.roles["viewer"]
    changed = msgspec.structs.replace(
        viewer, permissions=msgspec.structs.replace(viewer.permissions, mute=True)
    )
    roles = {**template.roles, "viewer": changed}
    write(client, msgspec.structs.replace(template, roles=roles))
    before["roles"]["viewer"]["permissions"]["mute"] = True
    assert stored(client, template) == before


def test_the_same_is_done_with_dictionaries(
    client: hundredms.Client, template: models.Template
) -> None:
    before = stored(client, template)
    plain = template.to_dict()
    assert plain["roles"]["viewer"]["colour"] == "crimson"
    assert plain["roles"]["viewer"]["publishParams"]["allowed"] == []
    plain["roles"]["viewer"]["permissions"]["mute"] = True
    client.templates.update(
        template.id,
        roles=plain["roles"],
        settings=plain["settings"],
        destinations=plain["destinations"],
        plugins=plain["plugins"],
        extra={"weather": plain["weather"]},
    )
    before["roles"]["viewer"]["permissions"]["mute"] = True
    assert stored(client, template) == before


def test_a_role_settings_and_destinations_are_written_back_as_they_were_read(
    client: hundredms.Client, template: models.Template
) -> None:
    before = stored(client, template)
    role = client.templates.get_role(template.id, "viewer")
    assert role.publish_params.allowed == []
    client.templates.put_role(
        template.id,
        role.name,
        publish_params=role.publish_params,
        subscribe_params=role.subscribe_params,
        permissions=role.permissions,
        priority=role.priority,
        max_peer_count=role.max_peer_count,
        extra=role.extra,
    )
    settings = client.templates.get_settings(template.id)
    client.templates.update_settings(
        template.id,
        region=settings.region,
        recording=settings.recording,
        room_state=settings.room_state,
        retry=settings.retry,
        extra=settings.extra,
    )
    destinations = client.templates.get_destinations(template.id)
    client.templates.update_destinations(
        template.id,
        browser_recordings=destinations.browser_recordings,
        rtmp_destinations=destinations.rtmp_destinations,
        hls_destinations=destinations.hls_destinations,
        transcriptions=destinations.transcriptions,
        extra=destinations.extra,
    )
    assert stored(client, template) == before


def test_fields_that_are_not_known_survive_copies_and_are_not_shown(
    template: models.Template,
) -> None:
    role = template.roles["viewer"]
    assert role.extra == {"colour": "crimson"}
    for twin in (copy.deepcopy(role), pickle.loads(pickle.dumps(role)), copy.copy(role)):
        assert twin == role
        assert twin.extra == role.extra
    assert "crimson" not in repr(template)
    assert msgspec.structs.replace(role, extra={}) != role


def test_unknown_fields_of_a_dictionary_pass_and_other_spellings_are_refused(
    client: hundredms.Client, template: models.Template
) -> None:
    roles: Any = {"host": {"publish_params": {"allowed": []}}}
    with pytest.raises(
        hundredms.InvalidRequestError, match="did you mean `publishParams`"
    ) as error:
        client.templates.update(template.id, roles=roles, settings={})
    assert error.value.field == "roles.host.publish_params"
