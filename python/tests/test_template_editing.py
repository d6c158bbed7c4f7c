"""`templates.edit`, and templates as code: what is written, what is refused, and when."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

import hundredms
from hundredms.models import Template, TemplateProgress
from hundredms.sandbox import Sandbox

BODY: dict[str, Any] = {
    "name": "stage",
    "weather": {"sun": [1, 1.0, "x"]},
    "roles": {"viewer": {"colour": "red", "priority": 7}, "host": {}},
    "settings": {"region": "eu", "gravity": 9.81},
}


@pytest.fixture
def client(hundredms_sandbox: Sandbox) -> hundredms.Client:
    return hundredms_sandbox.client()


@pytest.fixture
def template_id(client: hundredms.Client) -> str:
    made: str = client.request("POST", "/templates", body=BODY).json()["id"]
    return made


def stored(client: hundredms.Client, template_id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.request("GET", f"/templates/{template_id}").json()
    found.pop("updatedAt")
    return found


def european(template: Template) -> Template:
    return replace(template, settings=replace(template.settings, region="in"))


def test_an_edited_template_is_else_as_it_was(client: hundredms.Client, template_id: str) -> None:
    before = stored(client, template_id)
    edited = client.templates.edit(template_id, european)
    assert edited.settings.region == "in"
    before["settings"]["region"] = "in"
    assert stored(client, template_id) == before

    def remove(template: Template) -> None:
        del template.roles["host"]

    edited = client.templates.edit(template_id, remove)
    assert list(edited.roles) == ["viewer"]
    del before["roles"]["host"]
    assert stored(client, template_id) == before
    edited = client.templates.edit(
        template_id, lambda template: {**template.to_dict(), "name": "x"}
    )
    assert edited.name == "x"


def test_what_is_not_changed_is_not_written(
    client: hundredms.Client, template_id: str, hundredms_sandbox: Sandbox
) -> None:
    hundredms_sandbox.clear_requests()
    edited = client.templates.edit(template_id, lambda _: None)
    assert edited == client.templates.get(template_id)
    operations = [request.operation for request in hundredms_sandbox.requests()]
    assert operations == ["templates.get", "templates.get"]


def test_a_template_that_somebody_else_changed_meanwhile_is_not_written(
    client: hundredms.Client, template_id: str
) -> None:
    def change(template: Template) -> Template:
        client.templates.put_role(template_id, "assistant")
        return european(template)

    with pytest.raises(hundredms.ConflictError, match="nothing was written") as raised:
        client.templates.edit(template_id, change)
    assert raised.value.operation == "templates.edit"
    template = client.templates.get(template_id)
    assert template.settings.region == "eu"
    assert "assistant" in template.roles


def test_a_callback_that_fails_or_does_not_fit_writes_nothing(
    client: hundredms.Client, template_id: str
) -> None:
    before = stored(client, template_id)

    def fail(template: Template) -> None:
        raise KeyError(template.name)

    with pytest.raises(KeyError):
        client.templates.edit(template_id, fail)

    async def late(template: Template) -> Template:
        return european(template)

    def number(_: Template) -> int:
        return 5

    def part(_: Template) -> dict[str, Any]:
        return {"roles": {}}

    wrongs: list[tuple[Any, str]] = [
        (late, "must not be async"),
        (number, "not int"),
        (None, "must be callable"),
        (part, "settings"),
    ]
    for wrong, message in wrongs:
        with pytest.raises(hundredms.InvalidRequestError, match=message):
            client.templates.edit(template_id, wrong)
    assert stored(client, template_id) == before


def test_an_async_client_awaits_the_callback(hundredms_sandbox: Sandbox, template_id: str) -> None:
    async def late(template: Template) -> Template:
        await asyncio.sleep(0)
        return european(template)

    async def edit() -> None:
        async with hundredms_sandbox.async_client() as client:
            edited = await client.templates.edit(template_id, late)
            assert edited.settings.region == "in"
            edited = await client.templates.edit(template_id, lambda template: template)
            assert edited.settings.region == "in"

            async def meanwhile(template: Template) -> Template:
                await client.templates.put_role(template_id, "assistant")
                return replace(template, name="other")

            with pytest.raises(hundredms.ConflictError):
                await client.templates.edit(template_id, meanwhile)

    asyncio.run(edit())


def test_a_description_is_applied_once(client: hundredms.Client, template_id: str) -> None:
    desired = {"name": "stage", "roles": {"host": {"priority": 2}, "guest": {}, "viewer": None}}
    seen: list[TemplateProgress] = []
    planned = client.templates.apply(desired, dry_run=True)
    applied = client.templates.apply(desired, on_progress=seen.append)
    assert planned.changes == applied.changes
    assert (planned.applied, applied.applied) == (False, True)
    assert applied.template_id == template_id
    assert [change.path for change in applied.changes] == [
        "roles.guest",
        "roles.host.priority",
        "roles.viewer",
    ]
    assert [(report.done, report.total) for report in seen] == [(0, 3), (1, 3), (2, 3)]
    assert client.templates.diff(template_id, desired).changes == []
    assert not client.templates.apply(desired).applied
    # A template that was read is a description.
    read = client.templates.get(template_id)
    assert client.templates.diff(template_id, read.to_dict()).changes == []


def test_a_template_with_its_recordings_makes_the_same_one_elsewhere(
    client: hundredms.Client,
) -> None:
    client.templates.apply(
        {
            "name": "lessons",
            "roles": {"host": {"priority": 2}},
            "recordings": [
                {
                    "name": "r",
                    "role": "host",
                    "compositeRecording": {"browserComposite": {"enabled": True}},
                }
            ],
        }
    )
    [template] = [found for found in client.templates.list() if found.name == "lessons"]
    recordings = client.templates.get_recordings(template.id)
    with Sandbox() as sandbox, sandbox.client() as other:
        # A template that was read is a description, without its recordings.
        assert other.templates.apply(template).creates
        made = other.templates.apply({**template.to_dict(), "recordings": recordings})
        assert [change.path for change in made.changes] == ["recordings"]
        copied = other.templates.get_recordings(made.template_id or "")
        assert copied == recordings
        assert not other.templates.apply({"name": "lessons", "recordings": copied}).changes


def test_what_is_probably_a_mistake_in_a_description_is_logged_and_in_the_plan(
    client: hundredms.Client, caplog: pytest.LogCaptureFixture
) -> None:
    description = {
        "name": "doubtful",
        "roles": {"host": {"subscribeParams": {"subscribeToRoles": ["ghost"]}}},
        "recordings": [
            {"name": "r", "role": "host", "compositeRecording": {"browserRecording": {}}}
        ],
    }
    role = '`roles.host.subscribeParams.subscribeToRoles`: the template has no role "ghost"'
    field = "`recordings[0].compositeRecording.browserRecording` is not a field that this version"
    plan = client.templates.apply(description, dry_run=True)
    assert sorted(plan.warnings)[1] == role
    assert sorted(plan.warnings)[0].startswith(field)
    assert not caplog.records
    client.templates.apply(description)
    assert role in caplog.text
    assert field in caplog.text
