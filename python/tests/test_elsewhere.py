"""Programs that freeze time, that run on greenlets, and on event loops that are not asyncio's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from subprocess import CompletedProcess
from typing import Any

import pytest

import hundredms

Run = Callable[..., CompletedProcess[str]]

GEVENT = """
from gevent import monkey
monkey.patch_all()
import contextvars, time
import gevent
import hundredms
sandbox_id = contextvars.ContextVar("id", default=None)
seen = []
minting = hundredms.Client()
client = hundredms.Client(on_response=lambda _: seen.append(sandbox_id.get()))
asking = hundredms.Client(token=lambda: (gevent.sleep(0), minting.tokens.management())[1])
turns = 0
def count():
    global turns
    while True:
        gevent.sleep(0.01)
        turns += 1
def call(number):
    sandbox_id.set(number)
    return client.rooms.create(name=f"room-{number}").name
# Nothing else waits in the loop.
assert client.rooms.create(name="alone").name == "alone"
alone = gevent.spawn(call, 0)
alone.join()
assert alone.value == "room-0"
counting = gevent.spawn(count)
client.request("POST", "/rooms", body={"name": "first"})
begun = time.monotonic()
calls = [gevent.spawn(call, number) for number in range(30)]
gevent.joinall(calls, timeout=30)
assert sorted(one.value for one in calls) == sorted(f"room-{number}" for number in range(30))
assert {one for one in seen if one is not None} == set(range(30))
assert asking.rooms.list().first_page().data
assert turns > 2, turns
try:
    client.rooms.get("none")
except hundredms.NotFoundError:
    pass
given_up = gevent.spawn(call, 1)
gevent.sleep(0)
given_up.kill()
with gevent.Timeout(20):
    assert len(list(client.rooms.list())) >= 31
"""


def test_a_call_lets_the_other_greenlets_of_gevent_run(
    run_script: Run, hundredms_sandbox: hundredms.Sandbox
) -> None:
    pytest.importorskip("gevent")
    hundredms_sandbox.add_fault({"delay_answer_ms": 100})
    ended = run_script(GEVENT)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


EVENTLET = """
import warnings
warnings.simplefilter("ignore")
import eventlet
eventlet.monkey_patch()
from eventlet import tpool
import hundredms
client = hundredms.Client()
eventlet.sleep(0)
try:
    client.rooms.create(name="x")
except RuntimeError as error:
    assert "eventlet.tpool" in str(error), error
else:
    raise AssertionError("it was made")
assert tpool.execute(client.rooms.create, name="x").name == "x"
"""


def test_a_call_in_a_green_thread_of_eventlet_is_refused_with_words(run_script: Run) -> None:
    pytest.importorskip("eventlet")
    ended = run_script(EVENTLET)
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr


TRIO = """
import trio
import hundredms
from hundredms import webhooks
receiver = webhooks.Receiver(headers={"x-s": "k"})
scope = {"type": "http", "method": "POST", "headers": []}
async def main():
    client = hundredms.AsyncClient()
    for call in (
        lambda: client.rooms.create(name="x"),
        lambda: client.rooms.list(),
        lambda: receiver.asgi()(scope, None, None),
    ):
        try:
            await call()
        except RuntimeError as error:
            assert "asyncio" in str(error) and "trio" in str(error), error
        else:
            raise AssertionError("it was made")
    blocking = hundredms.Client()
    assert await trio.to_thread.run_sync(lambda: blocking.rooms.create(name="x").name) == "x"
trio.run(main)
"""


def test_an_async_call_under_trio_is_refused_with_words(run_script: Run) -> None:
    pytest.importorskip("trio")
    ended = run_script(TRIO)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


FROZEN = """
from datetime import datetime, timezone
import freezegun
{first}
frozen = freezegun.freeze_time("2030-01-01")
frozen.start()
import hundredms
from hundredms import webhooks
client = hundredms.Client()
room = client.rooms.create(name="x")
assert room.created_at.year > 2000, room
assert client.rooms.list(after=datetime.now(timezone.utc)).first_page().data == []
body = b'{{"id":"1","type":"peer.join.success","timestamp":"2024-02-01T08:00:00Z","data":{{"room_id":"r","session_id":"s","peer_id":"p","joined_at":"2024-02-01T08:00:00Z"}}}}'
event = webhooks.parse(body)
assert (event.problem, event.data.joined_at.year) == (None, 2024), event
client.tokens.decode(client.tokens.management())
frozen.stop()
assert client.rooms.get(room.id) == room
assert client.recordings.list().first_page().data == []
assert type(client.rooms.get(room.id).created_at) is datetime
assert webhooks.parse(body) == event
"""


@pytest.mark.parametrize("first", ["", "import hundredms; hundredms.Client; hundredms.models"])
def test_models_and_events_are_read_while_time_is_frozen_and_after(
    run_script: Run, first: str
) -> None:
    pytest.importorskip("freezegun")
    ended = run_script(FROZEN.format(first=first))
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_times_of_a_time_machine_are_sent_and_read(hundredms_sandbox: hundredms.Sandbox) -> None:
    machine: Any = pytest.importorskip("time_machine")
    with (
        hundredms_sandbox.client() as client,
        machine.travel(datetime(2030, 1, 1, tzinfo=timezone.utc)),
    ):
        room = client.rooms.create(name="x")
        since = datetime.now(timezone.utc) - timedelta(days=3650)
        assert [one.id for one in client.rooms.list(after=since)] == [room.id]
