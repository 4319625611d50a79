"""What follows from values, worked out before a lock is taken and looked up while it is held."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


# Equal ones are not the same: 1, 1.0 and True are written differently.
NUMBERS = (int, float, complex, Decimal)


def is_same(one: Any, other: Any) -> bool:
    """Whether both are equal, and each number in lists and dictionaries of the same type, written alike."""
    if one is other:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        # A tuple equals no list.
        return type(one) is type(other) and len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, NUMBERS) or isinstance(other, NUMBERS):
        return type(one) is type(other) and repr(one) == repr(other)
    return bool(one == other)


@dataclass(frozen=True)
class Question:
    """What was asked of the database, and its answer."""

    ask: Callable[..., Any]
    values: tuple[Any, ...]
    answer: Any

    def has_same_answer(self) -> bool:
        """Ask again, whether the database answers as it did."""
        return is_same(self.ask(*self.values), self.answer)


@dataclass(frozen=True)
class Known:
    """What a function returned for values, by place and by name, while the questions had these answers."""

    values: tuple[Any, ...]
    named: dict[str, Any]
    result: Any
    questions: tuple[Question, ...] = ()

    def holds(self, values: tuple[Any, ...], named: dict[str, Any]) -> bool:
        """Whether it would be returned for these values now."""
        is_asked = is_same(self.values, values) and is_same(self.named, named)
        return is_asked and all(one.has_same_answer() for one in self.questions)


@dataclass
class _Asked:
    """Counts the statements, and keeps the questions among them that can be asked again."""

    statements: int = 0
    questions: list[Question] = field(default_factory=list)


_known: ContextVar[dict[Callable[..., Any], list[Known]] | None] = ContextVar("worked_out", default=None)
_asked: ContextVar[_Asked | None] = ContextVar("asked", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, what is worked out is remembered; nothing of it outlives the block."""
    before = _known.set({})
    is_counting = _count in connection.execute_wrappers
    try:
        with nullcontext() if is_counting else connection.execute_wrapper(_count):
            yield
    finally:
        _known.reset(before)


def _count(execute: Callable[..., Any], *statement: Any) -> Any:
    """Count the statement, where something is worked out."""
    asked = _asked.get()
    if asked is not None:
        asked.statements += 1
    return execute(*statement)


def know(function: Callable[..., Result], *of: Any, result: Result) -> None:
    """Remember what the function would return."""
    _remember(function, Known(of, {}, result))


def work_out(function: Callable[..., Result], *of: Any, **named: Any) -> Result:
    """Call the function, unless that was worked out already, and remember what it returns.

    Not where it asked the database other than by functions that are `asked_again`. The result is shared by
    all who look it up, so nobody may change it.
    """
    remembered = _known.get()
    if remembered is None:
        return function(*of, **named)
    for known in remembered.get(function, ()):
        if not known.questions and known.holds(of, named):
            return known.result
    asked, around = _Asked(), _asked.get()
    before = _asked.set(asked)
    try:
        result = function(*of, **named)
    finally:
        _asked.reset(before)
        if around is not None:
            around.statements += asked.statements
    if asked.statements == len(asked.questions):
        _remember(function, Known(of, named, result, tuple(asked.questions)))
    return result


def read_ahead(function: Callable[..., Result], *of: Any) -> Result:
    """As `work_out`, of a function that reads the database.

    Among the values must be a number that grows with each change of what it reads, so that nobody looks
    it up who has read a newer number under the lock.
    """
    result = function(*of)
    _remember(function, Known(of, {}, result))
    return result


def worked_out(function: Callable[..., Result], *of: Any, **named: Any) -> Result:
    """What the function returns.

    It is not called where it was called with equal values before, and what it asked has the same answers.
    """
    for known in (_known.get() or {}).get(function, ()):
        if known.holds(of, named):
            return known.result
    return function(*of, **named)


def asked_again(ask: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Let what follows from the one statement of the function be worked out beforehand.

    It is asked again by whoever looks that up, with the same values, which must be given by place.
    """

    @wraps(ask)
    def noted(*values: Parameters.args, **named: Parameters.kwargs) -> Result:
        answer = ask(*values, **named)
        asked = _asked.get()
        if asked is not None and not named:
            asked.questions.append(Question(ask, values, answer))
        return answer

    return noted


def _remember(function: Callable[..., Any], known: Known) -> None:
    remembered = _known.get()
    if remembered is not None:
        remembered.setdefault(function, []).append(known)
