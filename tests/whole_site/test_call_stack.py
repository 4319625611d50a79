"""However deep a caller stands, its calls take no new memory from the system."""

import resource
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.call_stack import call_with_room, make_room

DEPTHS = range(300)
CALLS = 200
KEEPS_FRAMES_IN_PIECES = sys.implementation.name == "cpython" and sys.version_info < (3, 14)
OF_THIS_THREAD = getattr(resource, "RUSAGE_THREAD", resource.RUSAGE_SELF)


def most_pages_taken() -> int:
    """How many pages of memory so many calls take, where their caller stands as deep as is worst."""
    return max(map(_pages_taken, DEPTHS))


def _pages_taken(depth: int) -> int:
    if depth:
        return _pages_taken(depth - 1)
    before = resource.getrusage(OF_THIS_THREAD).ru_minflt
    for number in range(CALLS):
        _called(number)
    return resource.getrusage(OF_THIS_THREAD).ru_minflt - before


def _called(number: int) -> int:
    return number


def on_a_new_stack(function: Callable[[], int]) -> int:
    """What it returns in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function).result()


def test_with_room_no_caller_takes_any() -> None:
    # Without it, whoever stands at the end of a piece takes the next one for each call (docs/adr/0060).
    if KEEPS_FRAMES_IN_PIECES:
        assert on_a_new_stack(most_pages_taken) >= CALLS
    assert on_a_new_stack(lambda: call_with_room(most_pages_taken)) < CALLS / 2


def test_each_request_has_room() -> None:
    taken = []

    def page(_request: HttpRequest) -> HttpResponse:
        taken.append(most_pages_taken())
        return HttpResponse("page")

    response = on_a_new_stack(lambda: make_room(page)(HttpRequest()).status_code)

    assert response == 200
    assert taken[0] < CALLS / 2
    # What stands before it would be outside.
    assert settings.MIDDLEWARE[0] == "config.call_stack.make_room"


def test_the_tests_themselves_have_room() -> None:
    frame, codes = sys._getframe(), set()
    while frame.f_back:
        frame = frame.f_back
        codes.add(frame.f_code)

    assert call_with_room.__code__ in codes


def test_it_gives_back_what_was_called_for() -> None:
    assert call_with_room(divmod, 7, 2) == (3, 1)
    assert call_with_room(dict, one=1) == {"one": 1}
