"""Models as responses and parameters of a FastAPI application."""

from __future__ import annotations

import pytest

import hundredms
from hundredms.models import Room

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
    assert schemas["Room"]["properties"]["recording_info"]["anyOf"][0]["$ref"].startswith(
        "#/components/schemas/"
    )
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
