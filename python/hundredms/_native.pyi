"""The core as Python calls it: operations by name, arguments and answers as JSON."""

from typing import Literal, final

__version__: str

__all__ = [
    "Core",
    "Failure",
    "Flight",
    "MemoryStore",
    "Question",
    "Queue",
    "Receiver",
    "Sandbox",
    "Tokens",
    "__version__",
    "after_fork",
    "claim",
    "error_kinds",
    "leave",
    "misfit",
    "parse_webhook",
]

@final
class Core:
    def __new__(cls, options: bytes, recording: str | None, asks: bool) -> Core: ...
    def target(self, operation: str) -> tuple[str | None, str, str | None] | None: ...
    def close(self) -> None: ...
    def set_clock_offset(self, seconds: int) -> None: ...
    def begin_reconcile(
        self,
        queue: Queue | None,
        ticket: int,
        operation: str,
        arguments: bytes,
        since: str | None,
        context: tuple[bool, str | None, str | None] | None,
    ) -> Flight: ...
    def begin_call(
        self,
        queue: Queue | None,
        ticket: int,
        operation: str,
        arguments: bytes,
        timeout: float | None,
        max_retries: int | None,
        extra: bytes | None,
        context: tuple[bool, str | None, str | None] | None,
    ) -> Flight: ...
    def begin_call_with_response(
        self,
        queue: Queue | None,
        ticket: int,
        operation: str,
        arguments: bytes,
        timeout: float | None,
        max_retries: int | None,
        extra: bytes | None,
        context: tuple[bool, str | None, str | None] | None,
    ) -> Flight: ...
    def begin_call_raw(
        self,
        queue: Queue | None,
        ticket: int,
        operation: str,
        arguments: bytes,
        timeout: float | None,
        max_retries: int | None,
        context: tuple[bool, str | None, str | None] | None,
    ) -> Flight: ...
    def begin_request(
        self,
        queue: Queue | None,
        ticket: int,
        method: str,
        path: str,
        query: list[tuple[str, str]],
        body: bytes | None,
        timeout: float | None,
        max_retries: int | None,
        context: tuple[bool, str | None, str | None] | None,
    ) -> Flight: ...

@final
class Failure:
    @property
    def text(self) -> str: ...
    @property
    def json(self) -> str: ...

@final
class Flight:
    def cancel(self) -> None: ...
    def next(self) -> object: ...

@final
class MemoryStore:
    def __new__(cls, capacity: int) -> MemoryStore: ...
    def claim(self, id: str, owner: str, lease: float) -> Literal["new", "in_progress", "done"]: ...
    def done(self, id: str, ttl: float) -> None: ...
    def release(self, id: str, owner: str) -> None: ...

@final
class Question:
    def answer(self, token: str) -> None: ...
    def abandon(self) -> None: ...
    def fail(self, reason: str) -> None: ...

@final
class Queue:
    @staticmethod
    def with_descriptor() -> Queue: ...
    @staticmethod
    def with_thread() -> Queue: ...
    def fileno(self) -> int | None: ...
    def wait(self, timeout: float) -> bool: ...
    def take(self) -> list[tuple[int, object]]: ...

@final
class Receiver:
    def __new__(cls, options: str) -> Receiver: ...
    def header_names(self) -> list[str]: ...
    def max_bytes(self) -> int: ...
    def verify_sender(self, headers: list[tuple[str, bytes]], peer: str | None) -> None: ...
    def receive(
        self, body: bytes, headers: list[tuple[str, bytes]], peer: str | None, now: float
    ) -> bytes | str: ...

@final
class Sandbox:
    def __new__(
        cls,
        port: int,
        access_key: str | None,
        secret: str | None,
        host: str | None,
        allow_hosts: list[str],
    ) -> Sandbox: ...
    def base_url(self) -> str: ...
    def auth_url(self) -> str: ...
    def access_key(self) -> str: ...
    def secret(self) -> str: ...
    def control(self, name: str, arguments: str) -> str: ...
    def stop(self) -> None: ...

@final
class Tokens:
    def __new__(cls, core: Core) -> Tokens: ...
    def auth(
        self,
        now: float,
        room_id: str,
        role: str,
        user_id: str | None,
        valid_for: float | None,
        not_before: float | None,
    ) -> str: ...
    def management(self, now: float, valid_for: float | None) -> str: ...
    def decode(self, token: str) -> bytes: ...
    def check(self, now: float, token: str) -> bytes: ...

def after_fork() -> None: ...
def claim(interpreter: int) -> bool: ...
def error_kinds() -> list[str]: ...
def leave() -> None: ...
def misfit(operation: str, field: str | None, reason: str) -> Failure: ...
def parse_webhook(body: bytes) -> bytes | str: ...
