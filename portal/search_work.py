"""How much work the searches of one network may be in a minute.

Most searches are done in some thousandths of a second. The worst take a hundred times as long: many words
that occur nowhere, for each of which thousands of names are compared. So work is counted, and not searches.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest

from publishing.limits import Allowance, count, counted

COUNTED = "portal:searches"


class TooMuchWork(Exception):
    """The searches of the network were as much work as they may be. allowance: when it may search again."""

    def __init__(self, allowance: Allowance) -> None:
        super().__init__()
        self.allowance = allowance


@contextmanager
def counted_work(request: HttpRequest) -> Iterator[None]:
    """Inside, a search is done, whose work is counted; raises TooMuchWork where there was too much before.

    Where nothing can be counted, the search is done all the same.
    """
    limit = settings.SEARCH_LIMITS["milliseconds_in_a_minute"]
    allowance = counted(request, COUNTED, limit)
    if allowance.is_exceeded:
        raise TooMuchWork(allowance)
    began = time.thread_time()
    try:
        yield
    finally:
        count(request, COUNTED, max(1, math.ceil(1000 * (time.thread_time() - began))), limit)
