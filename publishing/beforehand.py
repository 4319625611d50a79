"""What follows from values alone, worked out before a lock is taken and looked up while it is held."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection

Result = TypeVar("Result")
# Of each function what it was called with, by place and by name, and what it returned.
Known = dict[Callable[..., Any], list[tuple[tuple[Any, ...], dict[str, Any], Any]]]

_known: ContextVar[Known | None] = ContextVar("worked_out", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, what is worked out is remembered; nothing of it outlives the block."""
    before = _known.set({})
    try:
        yield
    finally:
        _known.reset(before)


def work_out(function: Callable[..., Result], *of: Any, **named: Any) -> Result:
    """Call the function and remember what it returns, unless it asked the database.

    Its result is shared by all who look it up, so nobody may change it.
    """
    asked = _Asked()
    with connection.execute_wrapper(asked):
        result = function(*of, **named)
    if not asked:
        _remember(function, of, named, result)
    return result


def read_ahead(function: Callable[..., Result], *of: Any) -> Result:
    """As `work_out`, of a function that reads the database.

    Among the values must be a number that grows with each change of what it reads, so that nobody looks
    it up who has read a newer number under the lock.
    """
    result = function(*of)
    _remember(function, of, {}, result)
    return result


def worked_out(function: Callable[..., Result], *of: Any, **named: Any) -> Result:
    """What the function returns; it is called only where it was not called before with equal values."""
    for values, by_name, result in (_known.get() or {}).get(function, ()):
        if values == of and by_name == named:
            return result  # type: ignore[no-any-return]
    return function(*of, **named)


def _remember(function: Callable[..., Any], of: tuple[Any, ...], named: dict[str, Any], result: Any) -> None:
    known = _known.get()
    if known is not None:
        known.setdefault(function, []).append((of, named, result))


class _Asked:
    """Notes whether anybody asked the database: true once somebody did."""

    def __init__(self) -> None:
        self._is_asked = False

    def __bool__(self) -> bool:
        return self._is_asked

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self._is_asked = True
        return execute(*statement)
