"""Webhooks of a sandbox that reach a receiver or an app without a server."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
import threading
import urllib.error
import urllib.request
from typing import Any

import pytest

import hundredms
from hundredms import webhooks
from hundredms.sandbox import SandboxError
from hundredms.sandbox._delivery import Server

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


class Full(webhooks.MemoryStore):
    """A store that raises in one of its methods."""

    def __init__(self, method: str) -> None:
        super().__init__()
        self.method = method

    def claim(self, id: str, owner: str, lease: float) -> webhooks.Claim:
        self.check("claim")
        return super().claim(id, owner, lease)

    def done(self, id: str, ttl: float) -> None:
        self.check("done")
        super().done(id, ttl)

    def check(self, method: str) -> None:
        if method == self.method:
            raise OSError("disk full")


@pytest.mark.parametrize("method", ["claim", "done"])
@pytest.mark.parametrize("kind", ["asgi", "flask"])
def test_what_a_store_raises_is_the_cause_of_the_error(
    hundredms_sandbox: hundredms.Sandbox, client: hundredms.Client, method: str, kind: str
) -> None:
    flask: Any = pytest.importorskip("flask")
    ours = receiver_of([], store=Full(method))
    app: Any = ours.asgi()
    if kind == "flask":
        app = flask.Flask("app")
        app.add_url_rule("/", view_func=ours.flask(), methods=["POST"])
    room = client.rooms.create(name="physics-7")
    with (
        pytest.raises(SandboxError, match="store of handled webhooks failed") as failed,
        hundredms_sandbox.deliver_to(app, headers=HEADERS),
    ):
        hundredms_sandbox.send_webhook("peer.join.success", room_id=room.id)
    assert isinstance(failed.value.__cause__, OSError)
    assert "OSError: disk full" in str(failed.value)


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
    monkeypatch.setattr("hundredms.sandbox._delivery_work.LATE", 0.05)
    receiver = webhooks.Receiver(headers=HEADERS)

    @receiver.on("peer.join.success", background=True)
    async def hang(event: webhooks.Event[Any]) -> None:
        await asyncio.Event().wait()

    with pytest.raises(SandboxError, match=r"still ran 0\.05 seconds after the end of the block"):
        deliver(hundredms_sandbox, receiver, "blocking")


def served(receiver: webhooks.Receiver, kind: str) -> Any:
    """Make an app of either kind of a receiver."""
    if kind == "asgi":
        return receiver.asgi()

    def app(environ: Any, start_response: Any) -> list[bytes]:
        response = receiver.handle(environ["wsgi.input"].read(), HEADERS)
        start_response(f"{response.status} -", [])
        return [response.body]

    return app


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["asgi", "wsgi"])
@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("is_async", [False, True])
def test_a_failure_of_pytest_in_a_handler_is_one_of_the_block(
    hundredms_sandbox: hundredms.Sandbox,
    caplog: pytest.LogCaptureFixture,
    form: str,
    kind: str,
    background: bool,
    is_async: bool,
) -> None:
    receiver = webhooks.Receiver(headers=HEADERS)

    def handle(event: webhooks.Event[Any]) -> None:
        pytest.fail("no minutes")

    async def handle_async(event: webhooks.Event[Any]) -> None:
        pytest.fail("no minutes")

    handler: Any = handle_async if is_async else handle
    receiver.on("peer.join.success", background=background)(handler)
    said = rf"answered {200 if background else 500} \(Failed: no minutes\)"
    with pytest.raises(SandboxError, match=said) as raised:
        deliver(hundredms_sandbox, served(receiver, kind), form)
    assert isinstance(raised.value.__cause__, pytest.fail.Exception)
    gc.collect()
    assert "never retrieved" not in caplog.text


def test_a_background_handler_that_exits_is_a_failure(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    receiver = webhooks.Receiver(headers=HEADERS)

    @receiver.on("peer.join.success", background=True)
    def leave(event: webhooks.Event[Any]) -> None:
        sys.exit("no minutes")

    with pytest.raises(SandboxError, match=r"\(SystemExit: no minutes\)\. Its background handler"):
        deliver(hundredms_sandbox, served(receiver, "wsgi"), "blocking")


@pytest.mark.parametrize("form", FORMS)
def test_an_exit_of_a_handler_ends_the_block(
    hundredms_sandbox: hundredms.Sandbox, form: str
) -> None:
    receiver = webhooks.Receiver(headers=HEADERS)

    @receiver.fallback
    async def leave(event: webhooks.Event[Any]) -> None:
        sys.exit("no minutes")

    with pytest.raises(SystemExit, match="no minutes"):
        deliver(hundredms_sandbox, receiver, form)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let blocks end soon after the first handler has set this."""
    began = threading.Event()
    monkeypatch.setattr("hundredms.sandbox._delivery_work.LATE", 0.05)

    async def begin(sandbox: object) -> None:
        assert await asyncio.to_thread(began.wait, 10)

    monkeypatch.setattr(hundredms.Sandbox, "settle_webhooks", lambda sandbox: began.wait(10))
    monkeypatch.setattr(hundredms.AsyncSandbox, "settle_webhooks", begin)
    return began


HANGS = (
    r"\(TimeoutError: it still ran 0\.05 seconds after the end of the block\)\. It was cancelled"
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("background", [False, True])
def test_a_handler_that_hangs_is_named_and_ends_before_the_lifespan(
    hundredms_sandbox: hundredms.Sandbox, hurried: threading.Event, form: str, background: bool
) -> None:
    receiver = webhooks.Receiver(headers=HEADERS)
    ended: list[str] = []

    @receiver.on("peer.join.success", background=background)
    async def hang(event: webhooks.Event[Any]) -> None:
        hurried.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("handler")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await receiver.asgi()(scope, receive, send)
            return
        for what in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{what}.complete"})
        ended.append("lifespan")

    answer = "answered 200" if background else "did not answer"
    with pytest.raises(SandboxError, match=f"it {answer} {HANGS}") as raised:
        deliver(hundredms_sandbox, app, form, lifespan=True)
    assert raised.value.status == (200 if background else 500)
    assert ended == ["handler", "lifespan"]
    ended.clear()
    hurried.clear()
    deliver(hundredms_sandbox, app, form, lifespan=True, allow_failures=True)
    assert ended == ["handler", "lifespan"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["asgi", "wsgi"])
@pytest.mark.parametrize("background", [False, True])
def test_a_thread_that_hangs_is_named_and_not_waited_for(
    hundredms_sandbox: hundredms.Sandbox,
    hurried: threading.Event,
    form: str,
    kind: str,
    background: bool,
) -> None:
    receiver = webhooks.Receiver(headers=HEADERS)
    over = threading.Event()
    threads: list[threading.Thread] = []

    @receiver.on("peer.join.success", background=background)
    def hang(event: webhooks.Event[Any]) -> None:
        threads.append(threading.current_thread())
        hurried.set()
        over.wait()

    try:
        with pytest.raises(SandboxError, match=HANGS):
            deliver(hundredms_sandbox, served(receiver, kind), form)
        assert all(thread.is_alive() and thread.daemon for thread in threads)
    finally:
        over.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_a_handler_that_blocks_the_event_loop_is_an_error(
    hundredms_sandbox: hundredms.Sandbox,
    hurried: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hundredms.sandbox._delivery_work.BLOCKED", 0.05)
    receiver = webhooks.Receiver(headers=HEADERS)
    over = threading.Event()

    @receiver.fallback
    async def hang(event: webhooks.Event[Any]) -> None:
        hurried.set()
        over.wait()

    try:
        with pytest.raises(SandboxError, match="blocks its event loop"):
            deliver(hundredms_sandbox, receiver, "blocking")
    finally:
        over.set()


@pytest.mark.parametrize("form", FORMS)
def test_a_handler_that_hangs_says_more_than_a_webhook_that_is_due(
    hundredms_sandbox: hundredms.Sandbox, hurried: threading.Event, form: str
) -> None:
    began = hurried.wait

    def due(*_: Any) -> None:
        began(10)
        raise SandboxError("1 delivery is still due or running", 409)

    async def due_async(*_: Any) -> None:
        await asyncio.to_thread(began, 10)
        due()

    receiver = webhooks.Receiver(headers=HEADERS)

    @receiver.fallback
    async def hang(event: webhooks.Event[Any]) -> None:
        hurried.set()
        await asyncio.Event().wait()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hundredms.Sandbox, "settle_webhooks", due)
        patch.setattr(hundredms.AsyncSandbox, "settle_webhooks", due_async)
        with pytest.raises(SandboxError, match=HANGS):
            deliver(hundredms_sandbox, receiver, form)
        hurried.clear()
        with pytest.raises(SandboxError, match="1 delivery is still due"):
            deliver(hundredms_sandbox, receiver, form, allow_failures=True)


@pytest.mark.parametrize("raises", [False, True])
def test_a_cancellation_at_the_end_of_a_block_is_kept(
    raises: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = webhooks.Receiver(headers=HEADERS)
    began, ended = asyncio.Event(), list[str]()

    @receiver.fallback
    async def hang(event: webhooks.Event[Any]) -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("handler")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await receiver.asgi()(scope, receive, send)
            return
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        ended.append("lifespan")
        raise ZeroDivisionError("no database")

    ending, stop = asyncio.Event(), Server.stop

    async def settle(sandbox: object) -> None: ...

    async def noted(server: Server, **options: Any) -> None:
        ending.set()
        await stop(server, **options)

    monkeypatch.setattr(hundredms.AsyncSandbox, "settle_webhooks", settle)
    monkeypatch.setattr(Server, "stop", noted)

    async def block(sandbox: hundredms.AsyncSandbox) -> None:
        async with sandbox.deliver_to(app, headers=HEADERS, lifespan=True):
            sandbox.send_webhook("peer.join.success")
            await began.wait()
            if raises:
                raise RuntimeError("of the block")

    async def main() -> None:
        async with hundredms.AsyncSandbox() as sandbox:
            task = asyncio.create_task(block(sandbox))
            await ending.wait()
            task.cancel()
            await asyncio.wait([task], timeout=5)
            assert task.cancelled()
        assert ended == ["handler", "lifespan"]

    asyncio.run(main())


def test_what_is_no_event_reaches_the_app(hundredms_sandbox: hundredms.Sandbox) -> None:
    bodies: list[bytes] = []

    def app(environ: Any, start_response: Any) -> list[bytes]:
        bodies.append(environ["wsgi.input"].read())
        start_response("400 Bad Request", [])
        return []

    sent = [b"{", b"[]", b'{"id": "1"}']
    with (
        pytest.raises(SandboxError, match="failed on a request that is no event: it answered 400"),
        hundredms_sandbox.deliver_to(app) as block,
    ):
        for body in sent:
            with pytest.raises(urllib.error.HTTPError, match="400"):
                urllib.request.urlopen(block._url, body, timeout=10)
    assert bodies == sent


def test_events_of_two_types_with_one_id_are_two(hundredms_sandbox: hundredms.Sandbox) -> None:
    statuses = iter(["500 Failed", "200 OK"])

    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response(next(statuses), [])
        return []

    with (
        pytest.raises(SandboxError, match=r"failed on peer\.join\.success \(event 1\)"),
        hundredms_sandbox.deliver_to(app),
    ):
        for type in ("peer.join.success", "peer.leave.success"):
            hundredms_sandbox.send_webhook(type, id="1")
            hundredms_sandbox.settle_webhooks()


@pytest.mark.parametrize(
    ("count", "said"), [(1, "answered 500. Pass"), (2, "1 more event. "), (3, "2 more events. ")]
)
def test_the_other_events_that_failed_are_counted(
    hundredms_sandbox: hundredms.Sandbox, count: int, said: str
) -> None:
    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response("500 Failed", [])
        return []

    with (
        pytest.raises(SandboxError, match=said.replace(".", r"\.")),
        hundredms_sandbox.deliver_to(app),
    ):
        for _ in range(count):
            hundredms_sandbox.send_webhook("peer.join.success")


def test_an_interrupt_before_the_thread_listens_ends_it(
    hundredms_sandbox: hundredms.Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = hundredms_sandbox.deliver_to(receiver_of([]))
    live = block._live

    ending = threading.Event()

    async def late() -> None:
        assert await asyncio.to_thread(ending.wait, 10)
        await live()

    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(block, "_live", late)
    monkeypatch.setattr(block, "_stop", ending.set)
    monkeypatch.setattr(block._started, "wait", interrupt)
    with pytest.raises(KeyboardInterrupt), block:
        pass
    assert not block._thread.is_alive()


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


@pytest.mark.parametrize(
    ("end", "message", "said"),
    [
        ("fails", {"message": "no database"}, "no database"),
        ("fails", {"message": ""}, "it sent no message"),
        ("fails", {}, "it sent no message"),
        ("is cancelled", {}, ""),
    ],
)
def test_a_lifespan_whose_start_fails_or_is_cancelled_leaves_no_task(
    end: str, message: dict[str, str], said: str
) -> None:
    ended: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if end == "fails":
            await send({"type": "lifespan.startup.failed", **message})
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(end)

    async def main() -> None:
        async with hundredms.AsyncSandbox() as sandbox:
            block = sandbox.deliver_to(app, lifespan=True)
            if end == "fails":
                with pytest.raises(SandboxError, match=f"failed at its startup: {said}$"):
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
