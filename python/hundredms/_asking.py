"""The token callback of a client: called once at a time, and never by its own calls."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from types import CoroutineType
from typing import TYPE_CHECKING

from ._errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from ._native import TokenRequest


class _Run:
    """One run of a callback."""

    __slots__ = ("callback", "outer", "over")

    def __init__(self, callback: object, outer: _Run | None) -> None:
        self.callback = callback
        self.outer = outer
        self.over = False


_within: ContextVar[_Run | None] = ContextVar("hundredms_token_callback", default=None)


@contextmanager
def running(callback: object) -> Generator[None]:
    """Run `callback` in this context: a call that needs it is refused meanwhile."""
    run = _Run(callback, _within.get())
    reset = _within.set(run)
    try:
        yield
    finally:
        run.over = True
        _within.reset(reset)


def refuse_within(callback: object) -> None:
    """Refuse a call that its own token callback makes, which would wait for itself."""
    run = _within.get()
    while run is not None:
        if run.callback is callback and not run.over:
            message = (
                "the token callback calls the client that waits for its token: "
                "let it use another client"
            )
            raise ConfigurationError(f"{message} (configuration)", message=message)
        run = run.outer


class Asking:
    """The callback of a blocking client.

    It runs in a thread of its own, with the context of the call that asks, so that a call gives up
    in time though it blocks. While it runs, others who ask wait for the same answer.
    """

    __slots__ = ("_lock", "_process", "_questions", "callback", "raised")

    raised: BaseException | None
    """What it raised when it ran last."""

    def __init__(self, callback: Callable[[], object]) -> None:
        self.callback = callback
        self.raised = None
        self._reset()

    def _reset(self) -> None:
        self._lock = threading.Lock()
        self._questions: list[TokenRequest] = []
        self._process = os.getpid()

    def ask(self, question: TokenRequest) -> None:
        """Begin to answer, or have `question` answered with what is on its way."""
        if self._process != os.getpid():  # a forked child has no thread of its parent
            self._reset()
        with self._lock:
            self._questions.append(question)
            if len(self._questions) > 1:
                return
        thread = threading.Thread(
            target=copy_context().run,
            args=(self._run,),
            name="hundredms-token-callback",
            daemon=True,
        )
        try:
            thread.start()
        except RuntimeError:  # the interpreter is ending
            self._run()

    def _run(self) -> None:
        token: object = None
        raised: BaseException | None = None
        try:
            with running(self.callback):
                token = self.callback()
        except BaseException as error:
            raised = error
        self.raised = raised
        with self._lock:
            questions, self._questions = self._questions, []
        for question in questions:
            if raised is not None:
                question.fail(repr(type(raised)))
            elif isinstance(token, str):
                question.answer(token)
            else:
                question.fail(no_text(token))


def no_text(token: object) -> str:
    """Say what a token callback returned instead of a token."""
    if isinstance(token, CoroutineType):
        token.close()
        return "it returned a coroutine, which only an AsyncClient awaits"
    return f"it returned {type(token).__name__}, not text"
