"""Lists: items, pages, the first page, resuming."""

from __future__ import annotations

import asyncio

import pytest

import hundredms
from hundredms._pages import Listing


@pytest.fixture
def seeded(hundredms_sandbox: hundredms.Sandbox) -> hundredms.Sandbox:
    hundredms_sandbox.seed(rooms=250)
    return hundredms_sandbox


def test_iterating_gives_the_items_of_all_pages(seeded: hundredms.Sandbox) -> None:
    client = seeded.client()
    rooms = client.rooms.list()
    names = {room.name for room in rooms}
    assert names == {f"room-{number}" for number in range(1, 251)}
    assert [request.query[0] for request in seeded.requests()] == [("limit", "100")] * 4
    assert len(list(rooms)) == 250


def test_pages_have_cursors_to_resume_from(seeded: hundredms.Sandbox) -> None:
    client = seeded.client()
    pages = client.rooms.list(limit=50).pages()
    first = next(pages)
    assert len(first.data) == 50
    assert pages.cursor
    rest = list(client.rooms.list(limit=100).resume(pages.cursor))
    assert len(rest) == 200
    assert {room.id for room in first.data}.isdisjoint(room.id for room in rest)
    assert [len(page.data) for page in pages] == [50, 50, 50, 50, 0]
    assert client.rooms.list(limit=10).first_page().limit == 10


def test_async_lists_do_the_same(seeded: hundredms.Sandbox) -> None:
    async def run() -> None:
        client = hundredms.AsyncClient(seeded.access_key, seeded.secret, base_url=seeded.base_url)
        rooms = client.rooms.list()
        assert len([room async for room in rooms]) == 250
        pages = rooms.pages()
        assert len((await anext(pages)).data) == 100
        assert pages.cursor
        assert len([room async for room in rooms.resume(pages.cursor)]) == 150
        assert len((await rooms.first_page()).data) == 100

    asyncio.run(run())


def test_numbered_pages_take_a_number(client: hundredms.Client) -> None:
    deliveries = client.analytics.list_webhook_events(room_id="66b2d2105c803b002ae4f611")
    with pytest.raises(hundredms.InvalidRequestError, match="number of a page"):
        deliveries.resume("next")


def test_a_list_read_to_its_end_has_nothing_to_resume(seeded: hundredms.Sandbox) -> None:
    rooms = seeded.client().rooms.list()
    pages = rooms.pages()
    assert len(list(pages)) == 4
    asked = len(seeded.requests())
    for cursor in (pages.cursor, ""):
        with pytest.raises(hundredms.InvalidRequestError, match="there is no cursor") as refused:
            rooms.resume(cursor)
        assert refused.value.field == "start"
    assert len(seeded.requests()) == asked


def test_a_cursor_that_comes_twice_is_an_error() -> None:
    listing = Listing("rooms.list", object, "data", "start", {}, None, None)
    assert listing.turn("a", "b") == listing.behind("b")
    assert listing.turn("a", None) is None
    with pytest.raises(hundredms.DecodeError, match="same cursor twice"):
        listing.turn("a", "a")
