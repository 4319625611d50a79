"""Room on the call stack, so that no call in a deep request begins a new piece of it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

# CPython lays the frames of calls into pieces of 16 kB, some hundred calls each, and gives a piece back to
# the system when the first call in it returns. A loop that stands at the end of a piece takes and returns
# one in each turn, and a call takes 300 times as long (docs/adr/0060). A frame that is larger than a piece
# gets one of the next power of two: of that, what is left is room for the calls below it.
WORDS = 33_000

Result = TypeVar("Result")


def call_with_room(function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """Call the function with 248 kB of the stack in one piece for the calls below: a thousand and more."""
    return function(*args, **kwargs)


# In words of 8 bytes; the call itself needs five.
call_with_room.__code__ = call_with_room.__code__.replace(co_stacksize=WORDS)


def make_room(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that answers each request with room for the calls of its pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return call_with_room(get_response, request)

    return middleware
