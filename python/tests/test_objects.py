"""Clients and what they give are good objects: to be mocked, copied, pickled, compared, shown."""

from __future__ import annotations

import copy
import enum
import pickle
import typing
import uuid
from collections import UserString
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import FunctionType
from typing import Any
from unittest import mock

import pytest

import hundredms
from hundredms import webhooks
from hundredms.resources import Resources

from .conftest import environment

# What is wrong here is meant to be.
H: Any = hundredms
W: Any = webhooks

KINDS: list[Any] = [hundredms.Client, hundredms.AsyncClient]
RESOURCES = [name for name in vars(Resources) if not name.startswith("_")]


def made(kind: Any, **options: Any) -> Any:
    return kind("key", "secret" * 6, base_url="http://127.0.0.1:9/v2", **options)


# Mocks


@pytest.mark.parametrize("kind", KINDS)
def test_methods_of_a_client_can_be_patched_and_are_as_before_then(
    kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = made(kind)
    for name in RESOURCES:
        resource = getattr(client, name)
        method = next(one for one in dir(resource) if not one.startswith("_"))
        before = getattr(resource, method)
        with mock.patch.object(resource, method, new=mock.Mock()) as patched:
            getattr(resource, method)("x")
            patched.assert_called_once_with("x")
        assert getattr(resource, method) == before
    monkeypatch.setattr(client.rooms, "create", lambda: "made")
    assert client.rooms.create() == "made"
    monkeypatch.setattr(client.tokens, "auth", lambda *_: "token")
    assert client.tokens.auth("room", "role") == "token"
    monkeypatch.setattr(client, "request", lambda *_: "answer")
    assert client.request("GET", "/") == "answer"
    with (
        mock.patch.object(hundredms.Client, "reconcile"),
        mock.patch.object(client, "rooms") as rooms,
    ):
        assert client.rooms is rooms


def test_autospecs_know_resources_tokens_and_arguments() -> None:
    client = mock.create_autospec(hundredms.Client, instance=True)
    client.rooms.create(name="physics-7")
    client.rooms.create.assert_called_once_with(name="physics-7")
    client.tokens.auth("room", "host", user_id="ada")
    with pytest.raises(TypeError, match="nonsense"):
        client.rooms.create(nonsense=1)
    with pytest.raises(AttributeError):
        client.rooms.nonsense()
    of_class = mock.create_autospec(hundredms.Client)
    of_class("key", "secret").rooms.create(name="x")
    for name in [*RESOURCES, "tokens"]:
        assert hasattr(mock.Mock(spec=hundredms.Client), name)
        assert hasattr(mock.Mock(spec=made(hundredms.AsyncClient)), name)


@pytest.mark.filterwarnings("ignore:coroutine")
def test_autospecs_of_async_clients_are_awaited() -> None:
    client = mock.create_autospec(hundredms.AsyncClient, instance=True)
    assert isinstance(client.rooms.create, mock.AsyncMock) or hasattr(
        client.rooms.create, "assert_awaited"
    )
    with pytest.raises(TypeError, match="nonsense"):
        client.rooms.create(nonsense=1)


# Copies


class Held(typing.NamedTuple):
    client: Any


@pytest.mark.parametrize("kind", KINDS)
def test_copies_of_a_client_and_its_parts_are_these_themselves(kind: Any) -> None:
    client = made(kind)
    for one in (client, client.rooms, client.tokens):
        assert copy.copy(one) is one
        assert copy.deepcopy(one) is one
        assert one == copy.deepcopy(one)
        assert len({one, copy.deepcopy(one)}) == 1
    assert copy.deepcopy({"held": [Held(client)]})["held"][0].client is client
    listed = copy.deepcopy(client.rooms.list(name="x"))
    assert repr(listed) == repr(client.rooms.list(name="x"))


def test_a_pydantic_model_may_hold_a_client() -> None:
    pydantic: Any = pytest.importorskip("pydantic")
    given = made(hundredms.Client)

    class Settings(pydantic.BaseModel):  # type: ignore[misc]
        model_config = pydantic.ConfigDict(arbitrary_types_allowed=True)
        client: hundredms.Client = given

    assert Settings().client is given
    assert Settings().model_copy(deep=True).client is given


def on_response(_: object) -> None: ...


@pytest.mark.parametrize("kind", KINDS)
def test_a_client_with_credentials_of_the_environment_is_pickled_as_its_recipe(
    kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HMS_ACCESS_KEY", "key-of-the-environment")
    monkeypatch.setenv("HMS_SECRET", "secret-of-the-environment")
    client = kind(base_url="http://127.0.0.1:9/v2", timeout=5, on_response=on_response)
    written = pickle.dumps(client)
    assert b"of-the-environment" not in written
    monkeypatch.setenv("HMS_ACCESS_KEY", "another-key")
    again = pickle.loads(written)
    assert type(again) is kind
    assert repr(again) == repr(client) == f"{kind.__name__}(base_url='http://127.0.0.1:9/v2')"
    assert again.tokens.decode(again.tokens.management()).access_key == "another-key"
    for part in (client.rooms, client.tokens, client.rooms.list(name="x")):
        assert type(pickle.loads(pickle.dumps(part))) is type(part)
    method = pickle.loads(pickle.dumps(client.rooms.create))
    assert method.__name__ == "create"


@pytest.mark.parametrize(
    "given",
    [
        {"access_key": "k", "secret": "canary"},
        {"token": "canary"},
        {"token": lambda: "canary"},
        {"proxy": "http://u:canary@127.0.0.1:9"},
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_pickling_a_client_that_was_given_a_secret_says_what_to_do(
    kind: Any, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "proxy" in given:
        monkeypatch.setenv("HMS_ACCESS_KEY", "key")
        monkeypatch.setenv("HMS_SECRET", "secret")
    client = kind(**given)
    for one in (client, client.rooms, client.tokens):
        with pytest.raises(TypeError, match=r"Make a .*Client in each process") as caught:
            pickle.dumps(one)
        assert "canary" not in str(caught.value)


@pytest.mark.parametrize("method", ["spawn", "forkserver", "fork"])
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_client_is_an_argument_of_another_process(
    hundredms_sandbox: hundredms.Sandbox, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    for name, value in environment(hundredms_sandbox).items():
        monkeypatch.setenv(name, value)
    client = hundredms.Client()
    room = client.rooms.create(name="physics-7")
    with ProcessPoolExecutor(1, mp_context=get_context(method)) as pool:
        # A method takes its client along.
        assert pool.submit(client.rooms.get, room.id).result(60).id == room.id


# Annotations


def public(module: Any) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name in module.__all__:
        value = getattr(module, name)
        found.append((f"{module.__name__}.{name}", value))
        if isinstance(value, type):
            for attribute in dir(value):
                method = getattr(value, attribute, None)
                if not attribute.startswith("_") and isinstance(method, FunctionType):
                    found.append((f"{module.__name__}.{name}.{attribute}", method))
    return found


def annotated() -> list[tuple[str, Any]]:
    from hundredms import inputs, models, sandbox

    found = [one for module in (hundredms, webhooks, sandbox, models) for one in public(module)]
    found += [
        (f"inputs.{name}", value) for name, value in vars(inputs).items() if name.endswith("Input")
    ]
    for kind in KINDS:
        client = made(kind)
        for name in RESOURCES:
            resource = getattr(client, name)
            found += [
                (f"{kind.__name__}.{name}.{method}", getattr(resource, method))
                for method in dir(resource)
                if not method.startswith("_")
            ]
    return found


def test_type_hints_of_everything_public_can_be_read() -> None:
    wrong: dict[str, str] = {}
    for name, value in annotated():
        try:
            typing.get_type_hints(value)
            if isinstance(value, type):
                typing.get_type_hints(vars(value).get("__init__", value))
        except NameError as error:
            wrong[name] = str(error)
        except TypeError:  # a constant has none
            pass
    assert wrong == {}
    assert typing.get_type_hints(hundredms.Client.reconcile)["error"] is hundredms.HundredmsError
    assert typing.get_type_hints(made(hundredms.Client).rooms.get)["return"].__name__ == "Room"


def test_the_version_needs_no_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    expected = metadata.version("hundredms")
    monkeypatch.setattr(metadata, "version", lambda _: 1 / 0)
    assert hundredms.__version__ == expected


def test_editors_that_do_not_run_code_complete_a_client() -> None:
    jedi: Any = pytest.importorskip("jedi")
    script = jedi.Script("import hundredms\nclient = hundredms.Client()\nclient.")
    names = {one.name for one in script.complete(3, 7)}
    assert {"rooms", "tokens", "reconcile"} <= names
    script = jedi.Script("import hundredms\nclient = hundredms.Client()\nclient.rooms.")
    assert {"create", "list"} <= {one.name for one in script.complete(3, 13)}


# Lists


def test_a_list_that_was_not_read_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match=r"first_page\(\)"):
        bool(made(hundredms.Client).rooms.list(name="nope"))
    with pytest.raises(TypeError, match="anext"):
        if not made(hundredms.AsyncClient).rooms.list(name="nope"):
            pass


async def first(client: hundredms.AsyncClient) -> list[Any]:
    return (await client.rooms.list(limit=10)).data


def test_awaiting_a_list_gives_its_first_page(hundredms_sandbox: hundredms.Sandbox) -> None:
    import asyncio

    async def main() -> None:
        client = hundredms.AsyncClient(
            hundredms_sandbox.access_key,
            hundredms_sandbox.secret,
            base_url=hundredms_sandbox.base_url,
        )
        room = await client.rooms.create(name="physics-7")
        assert [one.id for one in await first(client)] == [room.id]

    asyncio.run(main())


# Text


class Name(str, enum.Enum):
    PHYSICS = "physics-7"


class Url:
    """As pydantic has them."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text


def test_urls_ids_enums_and_own_kinds_of_text_are_taken_wherever_text_goes_in(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    id = uuid.uuid4()
    webhook: Any = {"url": Url("https://a.example/x")}
    with hundredms_sandbox.client() as client:
        room = client.rooms.create(
            name=Name.PHYSICS,
            description=UserString("of words"),  # type: ignore[arg-type]
            webhook=webhook,
        )
        assert (room.name, room.description) == ("physics-7", "of words")
        assert room.webhook is not None
        assert room.webhook.url == "https://a.example/x"
        token = client.tokens.auth(UserString(room.id), Name.PHYSICS, user_id=id)  # type: ignore[arg-type]
        claims = client.tokens.decode(UserString(token))  # type: ignore[arg-type]
        assert (claims.room_id, claims.role, claims.user_id) == (room.id, "physics-7", str(id))
        assert client.rooms.get(UserString(room.id)).id == room.id  # type: ignore[arg-type]
        assert client.request("GET", "/rooms", query={"name": Name.PHYSICS}).json()["data"]
    base_url = Url(hundredms_sandbox.base_url)
    keys = (hundredms_sandbox.access_key, hundredms_sandbox.secret)
    assert hundredms.Client(*keys, base_url=base_url).rooms.get(room.id) == room  # type: ignore[arg-type]


def test_what_pydantic_has_for_text_is_taken_and_secrets_are_not_read(
    hundredms_sandbox: hundredms.Sandbox,
) -> None:
    pydantic: Any = pytest.importorskip("pydantic")
    url = pydantic.TypeAdapter(pydantic.HttpUrl).validate_python("https://a.example/x")
    with hundredms_sandbox.client() as client:
        room = client.rooms.create(webhook={"url": url})
        assert room.webhook is not None
        assert room.webhook.url == "https://a.example/x"
        with pytest.raises(hundredms.InvalidRequestError, match=r"get_secret_value\(\)"):
            client.rooms.create(description=pydantic.SecretStr("x"))
    with pytest.raises(hundredms.ConfigurationError, match=r"get_secret_value\(\)"):
        hundredms.Client("key", pydantic.SecretStr("x"))


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.rooms.create(size=10**5000),
        lambda client: client.rooms.create(size=10**5000, polls=["x"]),
        lambda client: client.rooms.create(size=1, timeout=10**5000),
        lambda client: client.rooms.create(size=1, max_retries=10**5000),
        lambda client: client.request("GET", "/rooms", query={"a": 10**5000}),
        lambda client: client.request("POST", "/rooms", body={"a": [10**5000]}),
        lambda client: client.call_raw("rooms.create", {"size": 10**5000}),
        lambda client: client.tokens.auth("room", "role", valid_for=10**5000),
        lambda client: H.Client("k", "s", timeout=10**5000),
        lambda client: H.Client("k", "s", max_retries=10**5000),
        lambda client: W.Receiver(headers={"a": "b"}, max_bytes=10**5000),
        lambda client: W.Receiver(headers={"a": "b"}, trusted_proxies=10**5000),
        lambda client: W.Receiver(headers={"a": "b"}, lease=10**5000),
        lambda client: W.MemoryStore(capacity=10**5000),
        lambda client: W.Receiver(headers={"a": "b"}).receive(b"{}", {"a": "b"}, 5),
        lambda client: W.Receiver(headers={"a": "b"}).receive(b"{}", {"a": "b"}, 10**5000),
        lambda client: W.Receiver(headers={"a": "b"}).on(len),
    ],
)
def test_numbers_and_objects_that_cannot_be_are_errors_of_this_package(call: Any) -> None:
    client = made(hundredms.Client)
    with pytest.raises(hundredms.HundredmsError) as caught:
        call(client)
    assert len(str(caught.value)) < 300
