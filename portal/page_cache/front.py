"""Answers for pages that are kept, before the rest of Django wakes."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.db import DatabaseError, InterfaceError, connection

from portal.page_cache.at_once import NewestChanges, whole_answer
from portal.page_cache.changes import newest_changes
from portal.page_cache.messages import (
    Environ,
    Response,
    StartResponse,
    accepted_encoding,
    address_of,
    is_among,
)
from portal.page_cache.pages import Address, KeptPage, Pages
from portal.page_cache.questions import Questions, digest_of_answers
from portal.page_cache.shared import NotShared, SharedPages, release

Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Observer = Callable[[Environ, "Sent"], None]
Answer = TypeVar("Answer")

log = logging.getLogger(__name__)

# Seconds after which the questions are asked again, also where nobody noted a change.
MAX_UNASKED = 60
# Seconds for which nobody asks a database that did not answer.
PAUSE_WITHOUT_DATABASE = 5
# The part of the room that pages with a query may take.
PART_OF_QUERIES = 0.25
# The key of a request's META by which whoever logs it says the name of its address.
ROUTE = "sulh.route"
# These are for the application only where there is no page.
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}


def pages_in_front_of(application: Application, observers: Sequence[Observer] = ()) -> Application:
    """The application, with the pages that it renders kept as the settings say.

    observers: are called with each answer that the application does not see.
    """
    max_bytes = settings.PAGE_CACHE_MEGABYTES * 1024 * 1024
    if settings.DEBUG or not max_bytes:
        return application
    cache = caches["default"]
    is_shared = isinstance(cache, RedisCache)
    shared = SharedPages(cache, release()) if is_shared else NotShared()
    return Front(application, max_bytes, shared, observers)


class Sent(NamedTuple):
    """How a request was answered that the application did not see.

    route: the name of the page's address. how: as `Front.counts` has it. seconds: until the answer.
    """

    route: str
    how: str
    status: int
    seconds: float


class Front:
    """A WSGI application that keeps the pages of another one.

    A page is kept where it is the same for everybody: it was asked for by GET without a cookie and with a
    query that the page knows; the answer has status 200, sets no cookie and varies by encoding alone.

    There are as many pages with a query as somebody makes up: these have a part of the room for themselves,
    and are not shared: whoever asks for many of them takes no other page away.
    """

    def __init__(
        self, application: Application, max_bytes: int, shared: NotShared, observers: Sequence[Observer] = ()
    ) -> None:
        self.application, self._observers = application, observers
        self.newest_at_once = NewestChanges()
        of_queries = int(max_bytes * PART_OF_QUERIES)
        self._plain, self._shared = Pages(max_bytes - of_queries), shared
        self._with_query, self._not_shared = Pages(of_queries), NotShared()
        # Until then, by time.time(), nobody asks the database whether pages are fresh: it did not answer.
        self.asks_again_at = 0.0
        # How many requests were answered in which way, since the start of the process.
        self.counts: Counter[str] = Counter()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        address = address_of(environ)
        if address is None:
            return self.application(environ, start_response)
        began = time.perf_counter()
        pages, shared = self._places_of(address)
        page = pages.get(address)
        if page is not None and (how := self._freshness(page)):
            return self._send(page, how, began, environ, start_response)
        # What a reader without a body asks for is rendered for the next who wants one.
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        with pages.turn(address), shared.turn(address):
            if (found := self._found_meanwhile(address)) is not None:
                return self._send(*found, began, environ, start_response)
            return self._render(address, environ, start_response)

    def at_once(self, environ: Environ) -> bytes | None:
        """The whole answer, for a server that can wait for nothing; None where that is not known by now."""
        address = address_of(environ)
        if address is None:
            return None
        began = time.perf_counter()
        page = self._places_of(address)[0].get(address)
        if page is None or not self._is_fresh_at_once(page):
            return None
        if (answer := whole_answer(page, environ)) is None:
            return None
        status, sent = answer
        self._note(page, "kept", status, began, environ)
        return sent

    def _is_fresh_at_once(self, page: KeptPage) -> bool:
        """Whether it is "kept", as `_freshness` has it; what takes longer to know is for that."""
        now = time.time()
        return (
            now >= self.asks_again_at
            and now - page.asked_at < MAX_UNASKED
            and self.newest_at_once() == page.changes
        )

    def _places_of(self, address: Address) -> tuple[Pages, NotShared]:
        """Where a page of that address is kept: in this process, and for all."""
        return (self._with_query, self._not_shared) if address.query else (self._plain, self._shared)

    def _found_meanwhile(self, address: Address) -> tuple[KeptPage, str] | None:
        """The page that another request, or another process, has rendered."""
        pages, shared = self._places_of(address)
        if (page := pages.get(address)) is not None and self._freshness(page):
            return page, "waited"
        if (page := shared.get(address)) is not None and self._freshness(page):
            pages.put(address, page)
            return page, "shared"
        return None

    def _freshness(self, page: KeptPage) -> str:
        """How it is known that all that the page shows is still so; "" where it is not.

        What is kept is sent as it is where the database does not answer.
        """
        now = time.time()
        if now < self.asks_again_at:
            return "without the database"
        changes = _answer_or_none(newest_changes)
        if changes is not None and changes == page.changes and now - page.asked_at < MAX_UNASKED:
            return "kept"
        answers = None if changes is None else _answer_or_none(digest_of_answers, page.questions)
        # One that answers, and not what this page asks, is there: no other page waits for it.
        if answers is None and _answer_or_none(newest_changes) is None:
            log.warning("pages are sent as they were kept, since the database does not answer")
            self.asks_again_at = now + PAUSE_WITHOUT_DATABASE
            return "without the database"
        if changes is None or answers != page.answers:
            return ""
        page.changes, page.asked_at = changes, now
        return "asked again"

    def _render(self, address: Address, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Let the application answer, and keep the page if it is one that may be kept."""
        before = _answer_or_none(newest_changes)
        questions, response = Questions(), Response()
        asked = {key: value for key, value in environ.items() if key not in CONDITIONS}
        with connection.execute_wrapper(questions.note):
            chunks = self.application(asked, response.start)
        if before is None or not questions.are_all or not response.may_be_kept(asked):
            self.counts["not kept"] += 1
            return response.passed_on(chunks, environ, start_response)
        self.counts["rendered"] += 1
        text, answers = response.text(chunks), _answer_or_none(digest_of_answers, questions.asked)
        encoding = accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers, etag = response.headers_to_keep(text, asked)
        route = asked.get(ROUTE, "")
        made_of = questions.asked, answers or b"", before
        page = KeptPage(headers, etag, route, text, encoding, *made_of, asked_at=time.time())
        # What somebody wrote meanwhile may be in the answers and not on the page, or the other way round.
        if answers is not None and _answer_or_none(newest_changes) == before:
            for place in self._places_of(address):
                place.put(address, page)
        return _sent(page, environ, start_response)[1]

    def _send(
        self, page: KeptPage, how: str, began: float, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        status, body = _sent(page, environ, start_response)
        self._note(page, how, status, began, environ)
        return body

    def _note(self, page: KeptPage, how: str, status: int, began: float, environ: Environ) -> None:
        self.counts[how] += 1
        for observer in self._observers:
            observer(environ, Sent(page.route, how, status, time.perf_counter() - began))


def _sent(page: KeptPage, environ: Environ, start_response: StartResponse) -> tuple[int, list[bytes]]:
    """The status and the body of the answer, whose headers are said."""
    if is_among(page.etag, environ.get("HTTP_IF_NONE_MATCH", "")):
        start_response("304 Not Modified", page.headers_of_not_modified())
        return 304, []
    headers, body = page.sent(accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
    start_response("200 OK", [*headers])
    return 200, [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _answer_or_none(ask: Callable[..., Answer], *args: Any) -> Answer | None:
    """What the database answers; None where it does not, by a new connection neither."""
    for _try in range(2):
        try:
            return ask(*args)
        except (DatabaseError, InterfaceError) as error:
            log.info("the database did not answer: %s", error)
            connection.close()
    return None
