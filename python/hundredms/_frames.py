"""Keeps what calls are given out of the frames of exceptions.

Error reporters, debugging pages and test runners show the local variables of every frame that an
exception has passed. Arguments may be secrets, under names that no filter knows.
"""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FunctionType, TracebackType

_PACKAGE = __name__.partition(".")[0]


def seal(owner: Any, names: Iterable[str] | None = None) -> None:
    """Seal the methods of a class, or the functions of a module, by their names.

    Without names all that the class itself defines and that are public. What a sealed function is
    given is in no frame of an exception that comes out of it.
    """
    found = vars(owner)
    for name in list(found) if names is None else names:
        value = found[name]
        if names is None and name.startswith("_"):
            continue
        if isinstance(value, classmethod):
            setattr(owner, name, classmethod(_sealed(value.__func__)))
        elif inspect.isfunction(value):
            setattr(owner, name, _sealed(value))


def _sealed(function: FunctionType) -> Callable[..., Any]:
    call: Callable[..., Any]
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return await function(*args, **kwargs)
            except BaseException as error:
                del args, kwargs
                clear(error)
                raise

    else:

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except BaseException as error:
                del args, kwargs
                clear(error)
                raise

    return call


def clear(error: BaseException) -> None:
    """Forget the variables of the frames of this package that an exception has passed.

    Frames of the program, as those of its hooks, stay as they are, and so does the traceback.
    """
    seen: set[int] = set()
    chained: list[BaseException | None] = [error]
    while chained:
        one = chained.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        _clear_frames(one.__traceback__)
        chained += (one.__cause__, one.__context__)


def _clear_frames(traceback: TracebackType | None) -> None:
    while traceback is not None:
        frame = traceback.tb_frame
        module = frame.f_globals.get("__name__", "")
        if isinstance(module, str) and module.partition(".")[0] == _PACKAGE:
            try:
                frame.clear()
            except RuntimeError:  # it still runs
                pass
        traceback = traceback.tb_next
