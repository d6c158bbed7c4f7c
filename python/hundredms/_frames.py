"""Keeps what calls are given out of the frames of exceptions.

Error reporters, debugging pages and test runners show the local variables of every frame that an
exception has passed. Arguments may be secrets, under names that no filter knows.
"""

from __future__ import annotations

from contextlib import suppress
from functools import wraps
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

_PACKAGE = __name__.partition(".")[0]
_CLEARED = (_PACKAGE, "pyarrow")
"""pyarrow has what lists contain, and prints it."""

# `inspect`, which names them, is slow to import.
_CO_COROUTINE = 0x80
_CO_VARKEYWORDS = 0x08


def seal(owner: Any, names: Iterable[str] | None = None) -> None:
    """Seal the methods of a class, or the functions of a module, by their names.

    Without names all that the class itself defines and that are public. What a sealed function is
    given is in no frame of an exception that comes out of it.
    """
    found: dict[str, Any] = {**vars(owner)}
    public = [name for name in found if not name.startswith("_")]
    for name in public if names is None else names:
        value = found[name]
        if isinstance(value, classmethod):
            method: Any = value  # pyright: ignore[reportUnknownVariableType]
            setattr(owner, name, classmethod(sealed(method.__func__)))
        elif isinstance(value, FunctionType):
            setattr(owner, name, sealed(value))


def sealed(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function without its arguments in frames."""

    async def call_async(*args: Any, **kwargs: Any) -> Any:
        try:
            return await function(*args, **kwargs)
        except BaseException as error:
            mismatch = _mismatch(function, args, kwargs, error)
            del args, kwargs
            clear(error)
            if mismatch is not None:
                raise TypeError(mismatch) from None
            raise

    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except BaseException as error:
            mismatch = _mismatch(function, args, kwargs, error)
            del args, kwargs
            clear(error)
            if mismatch is not None:
                raise TypeError(mismatch) from None
            raise

    waits = isinstance(function, FunctionType) and function.__code__.co_flags & _CO_COROUTINE
    return wraps(function)(call_async if waits else call)


def _mismatch(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    error: BaseException,
) -> str | None:
    """Return the text for an error about arguments that do not match the signature of `function`.

    It has the public name, and suggests a name for an unknown argument. None for other errors.
    """
    traceback = error.__traceback__
    if (
        type(error) is not TypeError
        or not isinstance(function, FunctionType)
        or traceback is None
        or traceback.tb_next is not None
    ):
        return None
    name = function.__qualname__
    public = type(args[0]).__name__ if args and name.endswith(".__init__") else name
    code = function.__code__
    known = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    unknown = next((given for given in kwargs if given not in known), None)
    if unknown is None or code.co_flags & _CO_VARKEYWORDS:
        return str(error).replace(f"{name}()", f"{public}()", 1)
    import difflib  # noqa: PLC0415 - slow to import, and only for this error

    near = difflib.get_close_matches(unknown, known, 1)
    guess = f"; did you mean {near[0]!r}?" if near else ""
    return f"{public}() got an unexpected keyword argument {unknown!r}{guess}"


def clear(error: BaseException) -> None:
    """Forget the variables of the frames of this package and pyarrow that an exception has passed.

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
        if isinstance(module, str) and module.partition(".")[0] in _CLEARED:
            with suppress(RuntimeError):  # it still runs
                frame.clear()
        traceback = traceback.tb_next
