"""Webhooks of a sandbox that reach a receiver or an app without a server."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Any

import pytest

import hundredms
from hundredms import webhooks
from hundredms.sandbox import SandboxError

HEADERS = {"x-secret": "k"}


def receiver_of(seen: list[Any], **options: Any) -> webhooks.Receiver:
    receiver = webhooks.Receiver(headers=HEADERS, **options)
    receiver.fallback(seen.append)
    return receiver


def test_a_webhook_can_be_had_as_a_request(hundredms_sandbox: hundredms.Sandbox) -> None:
    seen: list[Any] = []
    receiver = receiver_of(seen, hmac_key="key")
    request = hundredms_sandbox.webhook_request(
        "peer.join.success", fields={"peer_id": "ada"}, headers=HEADERS, signing_key="key"
    )
    assert receiver.handle(request.body, request.headers).status == 200
    assert seen[0].id == request.event_id
    assert request.url is None
    assert seen[0].data.peer_id == "ada" and seen[0].data.role
    assert "'k'" not in repr(request)
    assert "'k'" not in repr(request.__rich_repr__())
    forged = request.body.replace(b"ada", b"eve")
    assert receiver.handle(forged, request.headers).status == 401
    # Headers and key of `set_webhook` are those that are taken without others.
    hundredms_sandbox.set_webhook("http://127.0.0.1:1", headers=HEADERS, signing_key="key")
    same = hundredms_sandbox.webhook_request("session.open.success")
    assert same.url == "http://127.0.0.1:1"
    assert receiver.handle(same.body, same.headers).status == 200


def test_test_clients_of_frameworks_take_it(hundredms_sandbox: hundredms.Sandbox) -> None:
    fastapi: Any = pytest.importorskip("fastapi")
    testing: Any = pytest.importorskip("fastapi.testclient")
    flask: Any = pytest.importorskip("flask")
    seen: list[Any] = []
    app, other = fastapi.FastAPI(), flask.Flask("app")
    app.add_route("/hook", receiver_of(seen).starlette(), methods=["POST"])
    other.add_url_rule("/hook", view_func=receiver_of(seen).flask(), methods=["POST"])
    request = hundredms_sandbox.webhook_request("peer.join.success", headers=HEADERS)
    with testing.TestClient(app) as client:
        answer = client.post("/hook", content=request.body, headers=request.headers)
    assert answer.status_code == 200
    answer = other.test_client().post("/hook", data=request.body, headers=request.headers)
    assert answer.status_code == 200
    assert [event.id for event in seen] == [request.event_id] * 2


def apps(seen: list[Any]) -> dict[str, Any]:
    flask: Any = pytest.importorskip("flask")
    wsgi = flask.Flask("app")
    wsgi.add_url_rule("/hook", view_func=receiver_of(seen).flask(), methods=["POST"])
    return {
        "receiver": receiver_of(seen),
        "asgi": receiver_of(seen).asgi(),
        "wsgi": wsgi,
        "wsgi function": wsgi.wsgi_app,
    }


@pytest.mark.parametrize("name", ["receiver", "asgi", "wsgi", "wsgi function"])
def test_what_happens_in_the_sandbox_reaches_an_app_of_the_process(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client, name: str
) -> None:
    seen: list[Any] = []
    room = client.rooms.create(name="physics-7")
    app = apps(seen)[name]
    with hundredms_sandbox.deliver_to(app, path="/hook", headers=HEADERS):
        peer = hundredms_sandbox.join_peer(room_id=room.id, role="host", user_id="ada")
    assert [event.type for event in seen] == ["session.open.success", "peer.join.success"]
    assert seen[1].data.peer_id == peer.id
    assert {one.status for one in hundredms_sandbox.webhook_deliveries()} == {"delivered"}
    # It is over with the block.
    hundredms_sandbox.leave_peer(peer.id)
    hundredms_sandbox.settle_webhooks()
    assert len(seen) == 2
    assert not [one for one in threading.enumerate() if one.name == "hundredms-sandbox-webhooks"]


def test_a_peer_without_a_user_id_has_none(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    room = client.rooms.create(name="physics-7")
    seen: list[webhooks.Event[Any]] = []
    with hundredms_sandbox.deliver_to(receiver_of(seen), headers=HEADERS):
        hundredms_sandbox.join_peer(room_id=room.id, role="host")
        hundredms_sandbox.join_peer(room_id=room.id, role="host", user_id="ada")
    joined = [event.data.user_id for event in seen if event.type == "peer.join.success"]
    assert joined == [None, "ada"]
    peers = client.sessions.list(room_id=room.id).first_page().data[0].peers
    assert sorted(str(peer.user_id) for peer in peers.values()) == ["None", "ada"]


def test_what_an_app_refuses_is_sent_again(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    seen: list[Any] = []

    class Shaky:
        def __init__(self) -> None:
            self.failing = 1

        def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
            self.failing -= 1
            if self.failing >= 0:
                raise ValueError("not now")
            seen.append(environ["wsgi.input"].read())
            start_response("200 OK", [])
            return [b"{}"]

    room = client.rooms.create(name="physics-7")
    with hundredms_sandbox.deliver_to(Shaky()):
        hundredms_sandbox.send_webhook("peer.join.success", room_id=room.id)
        hundredms_sandbox.settle_webhooks()
        assert seen == []
        hundredms_sandbox.advance_clock(2)
        assert len(seen) == 1
    (delivery,) = hundredms_sandbox.webhook_deliveries()
    assert [attempt.status for attempt in delivery.attempts] == [500, 200]
    assert seen[0].decode() == delivery.body


def test_an_app_may_live_in_the_event_loop_of_the_test(
    hundredms_async_sandbox: hundredms.AsyncSandbox,
) -> None:
    seen: list[Any] = []

    async def main() -> None:
        receiver = webhooks.Receiver(headers=HEADERS)
        loop = asyncio.get_running_loop()

        @receiver.fallback
        async def handle(event: webhooks.Event[Any]) -> None:
            assert asyncio.get_running_loop() is loop
            seen.append(event.type)

        async with hundredms_async_sandbox.client() as client:
            room = await client.rooms.create(name="physics-7")
            async with hundredms_async_sandbox.deliver_to(receiver, headers=HEADERS):
                hundredms_async_sandbox.join_peer(room_id=room.id, role="host")
        assert seen == ["session.open.success", "peer.join.success"]

    asyncio.run(main())


def test_a_block_that_raises_waits_for_nothing(
    hundredms_sandbox: hundredms.Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[object] = []
    monkeypatch.setattr(hundredms.Sandbox, "settle_webhooks", waited.append)
    with (
        pytest.raises(ZeroDivisionError),
        hundredms_sandbox.deliver_to(receiver_of([])),
    ):
        raise ZeroDivisionError
    assert waited == []


@pytest.mark.parametrize(
    ("path", "headers", "problem"),
    [
        ("/", HEADERS, r"404 to every webhook at /: is `path` that of its route\?"),
        ("/hook", {}, r"401 to every webhook at /hook: is `headers` what the app expects\?"),
    ],
)
def test_an_app_that_refuses_every_webhook_is_an_error_unless_that_is_allowed(
    hundredms_sandbox: hundredms.Sandbox,
    client: hundredms.Client,
    path: str,
    headers: dict[str, str],
    problem: str,
) -> None:
    app = apps([])["wsgi"]
    room = client.rooms.create(name="physics-7")

    def deliver(*, allow_refusals: bool) -> None:
        with hundredms_sandbox.deliver_to(
            app, path=path, headers=headers, allow_refusals=allow_refusals
        ):
            hundredms_sandbox.join_peer(room_id=room.id, role="host")

    async def deliver_in_loop() -> None:
        async with hundredms.AsyncSandbox() as sandbox, sandbox.client() as client:
            room = await client.rooms.create(name="physics-7")
            async with sandbox.deliver_to(app, path=path, headers=headers):
                sandbox.join_peer(room_id=room.id, role="host")

    deliver(allow_refusals=True)
    with pytest.raises(SandboxError, match=problem):
        deliver(allow_refusals=False)
    with pytest.raises(SandboxError, match=problem):
        asyncio.run(deliver_in_loop())


def test_an_app_may_refuse_some_webhooks(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client
) -> None:
    statuses = iter(["404 Not Found", "200 OK"])

    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response(next(statuses), [])
        return []

    room = client.rooms.create(name="physics-7")
    with hundredms_sandbox.deliver_to(app):
        for _ in range(2):
            hundredms_sandbox.send_webhook("session.open.success", room_id=room.id)
            hundredms_sandbox.settle_webhooks()
    assert next(statuses, None) is None


FORMS = ["blocking", "async"]


def deliver(sandbox: hundredms.Sandbox, app: Any, form: str, **options: Any) -> None:
    """Send one webhook to an app, in a block of either form."""
    if form == "blocking":
        with sandbox.deliver_to(app, headers=HEADERS, **options):
            sandbox.send_webhook("peer.join.success", fields={"peer_id": "ada"})
        return

    async def main() -> None:
        async with (
            hundredms.AsyncSandbox() as other,
            other.deliver_to(app, headers=HEADERS, **options),
        ):
            other.send_webhook("peer.join.success", fields={"peer_id": "ada"})

    asyncio.run(main())


def failing(*, background: bool) -> webhooks.Receiver:
    receiver = webhooks.Receiver(headers=HEADERS)

    @receiver.on("peer.join.success", background=background)
    def crash(event: webhooks.Event[Any]) -> None:
        raise ZeroDivisionError("no minutes")

    return receiver


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("background", "problem"),
    [
        (False, r"peer\.join\.success \(event [\w-]+\): it answered 500 \(ZeroDivisionError"),
        (True, r"200 \(ZeroDivisionError: no minutes\)\. Its background handler failed after that"),
    ],
)
def test_a_handler_that_fails_is_an_error_at_the_end_of_the_block_unless_that_is_allowed(
    hundredms_sandbox: hundredms.Sandbox, form: str, background: bool, problem: str
) -> None:
    with pytest.raises(SandboxError, match=problem) as raised:
        deliver(hundredms_sandbox, failing(background=background), form)
    assert isinstance(raised.value.__cause__, ZeroDivisionError)
    assert "lifespan" not in str(raised.value)
    deliver(hundredms_sandbox, failing(background=background), form, allow_failures=True)


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        ("204 No Content", "The service takes only 200"),
        ("307 Temporary Redirect", "with its slash"),
        ("422 Unprocessable", "as it is"),
        ("503 Unavailable", "Pass allow_failures=True"),
    ],
)
def test_an_app_that_answers_what_the_service_takes_for_a_failure_is_an_error(
    hundredms_sandbox: hundredms.Sandbox, status: str, advice: str
) -> None:
    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response(status, [])
        return []

    with pytest.raises(SandboxError, match=advice) as raised:
        deliver(hundredms_sandbox, app, "blocking")
    assert raised.value.status == int(status[:3])


def test_a_copy_that_comes_while_the_other_is_handled_is_no_failure(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    statuses = iter(["200 OK", "503 Unavailable"])

    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response(next(statuses), [])
        return []

    hundredms_sandbox.webhook_faults([{"fault": "duplicate", "copies": 2}])
    deliver(hundredms_sandbox, app, "blocking")
    assert next(statuses, None) is None


@pytest.mark.parametrize("form", FORMS)
def test_a_copy_that_is_handled_after_the_other_has_failed_in_the_background_counts(
    hundredms_sandbox: hundredms.Sandbox, form: str
) -> None:
    receiver = webhooks.Receiver(headers=HEADERS)
    failures = iter([ZeroDivisionError("once")])

    @receiver.on("peer.join.success", background=True)
    def handle(event: webhooks.Event[Any]) -> None:
        for failure in failures:
            raise failure

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receiver.asgi()(scope, receive, send)
        await receiver.drain_async()

    async def main() -> None:
        async with hundredms.AsyncSandbox() as sandbox, sandbox.deliver_to(app, headers=HEADERS):
            for _ in range(2):
                sandbox.send_webhook("peer.join.success", id="1")
                await sandbox.settle_webhooks()

    if form == "blocking":
        with hundredms_sandbox.deliver_to(app, headers=HEADERS):
            for _ in range(2):
                hundredms_sandbox.send_webhook("peer.join.success", id="1")
                hundredms_sandbox.settle_webhooks()
    else:
        asyncio.run(main())
    assert next(failures, None) is None


def framed(receiver: webhooks.Receiver, framework: str) -> Any:
    """Make an app of a framework that takes webhooks at /hook."""
    package: Any = pytest.importorskip(framework)
    if framework == "flask":
        app = package.Flask("app")
        app.add_url_rule("/hook", view_func=receiver.flask(), methods=["POST"])
        return app
    app = package.FastAPI()
    app.add_route("/hook", receiver.starlette(), methods=["POST"])
    return app


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("framework", ["fastapi", "flask"])
@pytest.mark.parametrize("is_async", [False, True])
def test_background_handlers_behind_a_framework_are_waited_for(
    hundredms_sandbox: hundredms.Sandbox, form: str, framework: str, is_async: bool
) -> None:
    receiver = webhooks.Receiver(headers=HEADERS)
    ended: list[str] = []
    answered = threading.Event()

    def handle(event: webhooks.Event[Any]) -> None:
        assert answered.wait(10)
        ended.append(event.type)
        raise ZeroDivisionError("no minutes")

    async def handle_async(event: webhooks.Event[Any]) -> None:
        await asyncio.to_thread(answered.wait, 10)
        ended.append(event.type)
        raise ZeroDivisionError("no minutes")

    receiver.on("peer.join.success", background=True)(handle_async if is_async else handle)
    app = framed(receiver, framework)

    async def main() -> None:
        async with (
            hundredms.AsyncSandbox() as sandbox,
            sandbox.deliver_to(app, path="/hook", headers=HEADERS),
        ):
            sandbox.send_webhook("peer.join.success")
            await sandbox.settle_webhooks()
            answered.set()

    def blocking() -> None:
        with hundredms_sandbox.deliver_to(app, path="/hook", headers=HEADERS):
            hundredms_sandbox.send_webhook("peer.join.success")
            hundredms_sandbox.settle_webhooks()
            answered.set()

    with pytest.raises(SandboxError, match="Its background handler failed") as raised:
        blocking() if form == "blocking" else asyncio.run(main())
    assert ended == ["peer.join.success"]
    assert isinstance(raised.value.__cause__, ZeroDivisionError)


def test_a_background_handler_that_hangs_is_named(
    hundredms_sandbox: hundredms.Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hundredms.sandbox._delivery_outcomes.LATE", 0.05)
    receiver = webhooks.Receiver(headers=HEADERS)

    @receiver.on("peer.join.success", background=True)
    async def hang(event: webhooks.Event[Any]) -> None:
        await asyncio.Event().wait()

    with pytest.raises(SandboxError, match=r"still runs 0\.05 seconds after the block"):
        deliver(hundredms_sandbox, receiver, "blocking")


def test_an_app_that_answers_200_although_its_handler_failed_is_told_what_to_answer(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    receiver = failing(background=False)

    def app(environ: Any, start_response: Any) -> list[bytes]:
        receiver.handle(environ["wsgi.input"].read(), HEADERS)
        start_response("200 OK", [])
        return []

    with pytest.raises(SandboxError, match="must answer what the receiver answers") as raised:
        deliver(hundredms_sandbox, app, "blocking")
    assert "background" not in str(raised.value)


def test_what_an_app_does_after_its_answer_is_waited_for(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    fastapi: Any = pytest.importorskip("fastapi")
    app = fastapi.FastAPI()

    async def later() -> None:
        raise ZeroDivisionError("no minutes")

    async def hook(request: Any) -> Any:
        tasks = fastapi.BackgroundTasks()
        tasks.add_task(later)
        return fastapi.Response(background=tasks)

    app.add_route("/hook", hook, methods=["POST"])
    with pytest.raises(SandboxError, match=r"answered 200 .* The app failed after that") as raised:
        deliver(hundredms_sandbox, app, "blocking", path="/hook")
    assert isinstance(raised.value.__cause__, ZeroDivisionError)


def lived(*, failing_at: str = "") -> Any:
    """Make an app of FastAPI whose handler needs what its lifespan makes."""
    fastapi: Any = pytest.importorskip("fastapi")

    async def lifespan(app: Any) -> Any:
        if failing_at == "startup":
            raise ZeroDivisionError("no database")
        app.state.seen = list[str]()
        yield {"seen": app.state.seen}
        app.state.seen.append("end")
        if failing_at == "shutdown":
            raise ZeroDivisionError("no database")

    async def hook(request: Any) -> Any:
        app.state.seen.append((await request.json())["type"])
        assert request.state.seen == app.state.seen
        return fastapi.Response()

    app = fastapi.FastAPI(lifespan=contextlib.asynccontextmanager(lifespan))
    app.add_route("/hook", hook, methods=["POST"])
    return app


@pytest.mark.parametrize("form", FORMS)
def test_the_lifespan_of_an_app_is_run_if_that_is_asked_for(
    hundredms_sandbox: hundredms.Sandbox, form: str
) -> None:
    app = lived()
    with pytest.raises(SandboxError, match="nothing else runs that, pass lifespan=True") as raised:
        deliver(hundredms_sandbox, app, form, path="/hook")
    assert isinstance(raised.value.__cause__, AttributeError)
    deliver(hundredms_sandbox, app, form, path="/hook", lifespan=True)
    assert app.state.seen == ["peer.join.success", "end"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("when", ["startup", "shutdown"])
def test_a_lifespan_that_fails_is_an_error(
    hundredms_sandbox: hundredms.Sandbox, form: str, when: str
) -> None:
    problem = f"failed at its {when}: ZeroDivisionError: no database"
    with pytest.raises(SandboxError, match=problem) as raised:
        deliver(hundredms_sandbox, lived(failing_at=when), form, path="/hook", lifespan=True)
    assert isinstance(raised.value.__cause__, ZeroDivisionError)


@pytest.mark.parametrize("form", ["blocking", "async"])
def test_the_end_of_a_lifespan_does_not_hide_what_the_block_raised(
    hundredms_sandbox: hundredms.Sandbox, form: str
) -> None:
    app = lived(failing_at="shutdown")

    async def in_a_loop() -> None:
        async with (
            hundredms.AsyncSandbox() as sandbox,
            sandbox.deliver_to(app, path="/hook", lifespan=True),
        ):
            raise KeyError("of the test")

    def blocking() -> None:
        with hundredms_sandbox.deliver_to(app, path="/hook", lifespan=True):
            raise KeyError("of the test")

    with pytest.raises(KeyError, match="of the test"):
        blocking() if form == "blocking" else asyncio.run(in_a_loop())


def test_the_lifespan_of_a_receiver_waits_for_its_background_work(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    app = failing(background=True).asgi()
    with pytest.raises(SandboxError, match="background handler failed"):
        deliver(hundredms_sandbox, app, "blocking", lifespan=True)


@pytest.mark.parametrize("form", FORMS)
def test_a_lifespan_whose_end_hangs_is_cancelled_and_named(
    hundredms_sandbox: hundredms.Sandbox, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr("hundredms.sandbox._lifespan.LIMIT", 0.05)
    said: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body"})
            return
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            said.append("cancelled")
            raise

    problem = "the shutdown of the app's lifespan hangs: it has not sent lifespan.shutdown.complete"
    with pytest.raises(SandboxError, match=problem):
        deliver(hundredms_sandbox, app, form, lifespan=True)
    assert said == ["cancelled"]


def test_a_lifespan_that_does_not_return_after_its_end_is_named(
    hundredms_sandbox: hundredms.Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hundredms.sandbox._lifespan.LIMIT", 0.05)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        for what in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{what}.complete"})
        await asyncio.Event().wait()

    with (
        pytest.raises(SandboxError, match=r"hangs: it has not returned within 0\.05 seconds"),
        hundredms_sandbox.deliver_to(app, lifespan=True),
    ):
        pass


@pytest.mark.parametrize("end", ["fails", "is cancelled"])
def test_a_lifespan_whose_start_fails_or_is_cancelled_leaves_no_task(end: str) -> None:
    ended: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if end == "fails":
            await send({"type": "lifespan.startup.failed", "message": "no database"})
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(end)

    async def main() -> None:
        async with hundredms.AsyncSandbox() as sandbox:
            block = sandbox.deliver_to(app, lifespan=True)
            if end == "fails":
                with pytest.raises(SandboxError, match="failed at its startup: no database"):
                    await block.__aenter__()
            else:
                with pytest.raises(asyncio.TimeoutError):
                    await asyncio.wait_for(block.__aenter__(), 0.05)
            assert ended == [end]

    asyncio.run(main())


@pytest.mark.parametrize("form", FORMS)
def test_a_lifespan_that_fails_during_the_block_is_an_error(
    hundredms_sandbox: hundredms.Sandbox, form: str
) -> None:
    delivered = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body"})
            delivered.set()
            return
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await delivered.wait()
        raise ZeroDivisionError("no database")

    with pytest.raises(SandboxError, match=r"the lifespan of the app failed .*ZeroDivisionError"):
        deliver(hundredms_sandbox, app, form, lifespan=True)


def test_what_has_no_lifespan_is_refused(hundredms_sandbox: hundredms.Sandbox) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"

    with pytest.raises(SandboxError, match="failed at its startup: AssertionError"):
        deliver(hundredms_sandbox, app, "blocking", lifespan=True)
    with pytest.raises(TypeError, match="this is a WSGI app: leave it out"):
        deliver(hundredms_sandbox, lambda environ, start: [], "blocking", lifespan=True)


def test_the_other_form_of_the_block_is_named(hundredms_sandbox: hundredms.Sandbox) -> None:
    blocking: Any = hundredms_sandbox.deliver_to(receiver_of([]))

    async def main() -> None:
        with pytest.raises(TypeError, match=r"write `with sandbox\.deliver_to"):
            async with blocking:
                pass
        async with hundredms.AsyncSandbox() as sandbox:
            other: Any = sandbox.deliver_to(receiver_of([]))
            with pytest.raises(TypeError, match=r"write `async with sandbox\.deliver_to"), other:
                pass

    asyncio.run(main())
