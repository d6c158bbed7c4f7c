"""Models as responses and parameters of a FastAPI application."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import hundredms
from hundredms.models import (
    AnalyticsEvent,
    AnalyticsEventList,
    AnalyticsTrackEvent,
    Room,
    UnknownAnalyticsEvent,
)

from .test_models import MODELS, example

fastapi = pytest.importorskip("fastapi")
testclient = pytest.importorskip("fastapi.testclient")


def test_models_are_responses_and_are_described_in_the_openapi_page() -> None:
    app = fastapi.FastAPI()
    sandbox = hundredms.AsyncSandbox()
    client = sandbox.client()

    @app.post("/rooms", response_model=Room)  # type: ignore[untyped-decorator, unused-ignore]
    async def create(name: str) -> Room:
        return await client.rooms.create(name=name)

    @app.get("/rooms", response_model=list[Room])  # type: ignore[untyped-decorator, unused-ignore]
    async def rooms() -> list[Room]:
        return [room async for room in client.rooms.list()]

    with testclient.TestClient(app) as http:
        created = http.post("/rooms", params={"name": "physics-7"})
        assert created.status_code == 200
        assert created.json()["name"] == "physics-7"
        assert http.get("/rooms").json() == [created.json()]
        page = http.get("/openapi.json").json()
    schemas = page["components"]["schemas"]
    assert schemas["Room"]["properties"]["recording_info"]["anyOf"][0] == {
        "$ref": "#/components/schemas/RecordingInfo"
    }
    assert "id" in schemas["Room"]["required"]
    assert schemas["Room"]["title"] == "Room"
    answer = page["paths"]["/rooms"]["post"]["responses"]["200"]["content"]["application/json"]
    assert answer["schema"] == {"$ref": "#/components/schemas/Room"}


def test_models_are_fields_of_pydantic_models(client: hundredms.Client) -> None:
    import pydantic

    class Lesson(pydantic.BaseModel):
        room: Room

    room = client.rooms.create(name="physics-7")
    lesson = Lesson(room=room)
    assert lesson.room is room
    assert Lesson.model_validate_json(lesson.model_dump_json()) == lesson
    with pytest.raises(pydantic.ValidationError, match="room"):
        Lesson.model_validate({"room": {"id": 1}})


EVERY_MODEL: list[Any] = [*MODELS, AnalyticsEvent]


def dangling(page: dict[str, Any], place: str, there: dict[str, Any]) -> set[str]:
    """Give what `page` refers to at `place` that is not there."""
    return set(re.findall(rf'"{place}([^"]+)"', json.dumps(page))) - set(there)


def test_every_model_can_be_a_response_and_a_body_with_all_that_it_refers_to() -> None:
    assert len(EVERY_MODEL) > 130
    app = fastapi.FastAPI()
    for model in EVERY_MODEL:
        alone = fastapi.FastAPI()
        for one in (alone, app):
            one.get(f"/{model.__name__}", response_model=list[model])(lambda: None)  # type: ignore[valid-type]
            one.post(f"/{model.__name__}", response_model=model)(taking(model))
        page = alone.openapi()
        assert dangling(page, "#/components/schemas/", page["components"]["schemas"]) == set()
    page = app.openapi()
    assert dangling(page, "#/components/schemas/", page["components"]["schemas"]) == set()
    # FastAPI adds two for answers of its own.
    described = set(page["components"]["schemas"]) - {"HTTPValidationError", "ValidationError"}
    assert described == {model.__name__ for model in EVERY_MODEL}


def taking(model: Any) -> Any:
    def route(body: Any) -> None: ...

    route.__annotations__["body"] = model
    return route


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_pydantic_models_describe_every_model_that_they_hold(mode: Any) -> None:
    import pydantic

    for model in EVERY_MODEL:
        page = pydantic.create_model("Holder", held=model).model_json_schema(mode=mode)
        assert dangling(page, "#/\\$defs/", page["$defs"]) == set()
        assert model.__name__ in page["$defs"]


def test_events_are_written_and_read_in_the_shape_that_their_type_asks_for() -> None:
    import pydantic

    read = pydantic.TypeAdapter(AnalyticsEventList).validate_python
    page = {"limit": 1, "total": 1, "events": [{"type": "brand.new", "version": "3.0"}]}
    (unknown,) = read(page).events
    assert isinstance(unknown, UnknownAnalyticsEvent)
    with pytest.raises(pydantic.ValidationError, match="type"):
        read({**page, "events": [{}]})
    track = example(AnalyticsEvent)
    assert isinstance(track, AnalyticsTrackEvent)
    written = pydantic.TypeAdapter(AnalyticsEvent).dump_python(track)
    assert read({**page, "events": [written]}).events == [track]
