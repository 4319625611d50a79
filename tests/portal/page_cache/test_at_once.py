"""Kept pages are answered in the loop of the web server, and nobody can tell: the same bytes, as fresh."""

import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from portal.page_cache import at_once
from portal.page_cache import front as front_module
from portal.page_cache.at_once import NewestChanges
from portal.page_cache.changes import newest_changes
from portal.page_cache.front import Application, Front, Sent
from portal.page_cache.shared import NotShared
from publishing.models import Entry
from tests.factories import publish_case, publish_change
from tests.portal.fronts import ENOUGH, ask
from tests.portal.raw import answers, request, served

# What is odd about a request, in the place of what; and how many answers it has.
ODD = [
    (b"GET /robots.txt HTTP/1.1", b"GET http://localhost/robots.txt HTTP/1.1", 1),
    (b"GET /robots.txt", b"GET //robots.txt", 1),
    (b"GET /robots.txt", b"GET /robots.txt?x=1", 1),
    (b"GET /robots.txt", b"GET /no-such-page", 1),
    (b"GET /robots.txt", b"POST /robots.txt", 1),
    (b"GET /robots.txt", b"GET /%72obots.txt", 1),
    (b"HTTP/1.1", b"HTTP/1.0", 1),
    (b"localhost", b"evil.example", 1),
    (b"localhost", b"localhost:1", 1),
    (b"localhost", b"localhost\r\nHost: localhost", 1),
    (b"localhost", b"localhost\r\nHost: evil.example", 1),
    (b"localhost", b"localhost\r\nAccept-Encoding: gzip\r\nAccept-Encoding: br", 1),
    (b"localhost", b"localhost\r\nIf-None-Match: \r\n *", 1),
    (b"localhost", b"localhost\r\nConnection: close", 1),
    (b"localhost", b"localhost\r\nCookie: csrf=a", 1),
    (b"localhost", b"localhost\r\nCookie: session=a", 1),
    (b"localhost", b"localhost\r\nContent-Length: 0", 1),
    (b"localhost", b"localhost\r\nContent-Length: -1", 1),
    (b"localhost", b"localhost\r\nTransfer-Encoding: chunked\r\n\r\n0", 1),
    (b"localhost", b"localhost\r\nTransfer-Encoding: gzip", 1),
    (b"localhost\r\n\r\n", b"localhost\r\n\r\nGET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n", 2),
]

pytestmark = [pytest.mark.one_database, pytest.mark.django_db(transaction=True)]


class Watched(Front):
    """A front that notes what it was asked for at once, and what it then told."""

    def __init__(self) -> None:
        super().__init__(closing_its_connection(WSGIHandler()), ENOUGH, NotShared(), [self._observe])
        self.told: list[bool] = []
        self.sent: list[tuple[str, Sent]] = []

    def at_once(self, environ: dict[str, Any]) -> bytes | None:
        answer = super().at_once(environ)
        self.told.append(answer is not None)
        return answer

    def _observe(self, environ: dict[str, Any], sent: Sent) -> None:
        self.sent.append((environ["REQUEST_METHOD"], sent))


def closing_its_connection(application: Application) -> Application:
    """Threads of the server keep nothing of a test's database."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return application(environ, start_response)
        finally:
            connection.close()

    return answer


@dataclass
class Lanes:
    """The ports of a server that answers at once where it can, and of one that never does."""

    quick: int
    slow: int
    front: Watched

    def differ(self, sent: bytes, number: int = 1) -> bool:
        """Whether they answer differently."""
        return answers(self.quick, sent, number) != answers(self.slow, sent, number)


@pytest.fixture
def front() -> Iterator[Watched]:
    front = Watched()
    yield front
    front.newest_at_once.close()


@pytest.fixture
def lanes(front: Watched) -> Iterator[Lanes]:
    with served(front) as quick, served(closing_its_connection(front)) as slow:
        yield Lanes(quick, slow, front)


def etag_of(answer: bytes) -> str:
    found = re.search(rb'W/"\w+"', answer)
    assert found is not None, answer
    return found[0].decode()


def test_both_lanes_send_the_same_bytes(page: str, lanes: Lanes) -> None:
    sent = []
    for address in (page, "/robots.txt"):
        for encoding in ("br", "gzip, deflate", "br;q=0, gzip"):
            (first,) = answers(lanes.slow, request(address, Accept_Encoding=encoding))
            has_it = f'"other", {etag_of(first)}'
            for more in (
                {},
                {"If_None_Match": etag_of(first)},
                {"If_None_Match": has_it},
                {"X_Other": "a, b"},
            ):
                for method in ("GET", "HEAD"):
                    sent.append(request(address, method, Accept_Encoding=encoding, **more))
        sent.append(request(address, Accept_Encoding="br", Connection="Keep-Alive", Accept_Language="ar"))

    assert [one for one in sent if lanes.differ(one)] == []
    assert lanes.front.told == [True] * len(sent)
    # Nor does who counts them: of two requests, each lane answered one.
    noted = [(method, *one[:3]) for method, one in lanes.front.sent[-2 * len(sent) :]]
    assert noted[::2] == noted[1::2]
    # With the port on which it is served, a host is ours as well.
    for _one in range(2):
        answers(lanes.quick, request("/robots.txt", Host=f"localhost:{lanes.quick}"))
    assert lanes.front.told[-2:] == [False, True]


def test_whatever_is_odd_is_answered_as_ever(lanes: Lanes) -> None:
    plain = request("/robots.txt")
    answers(lanes.slow, plain)

    odd = [(plain.replace(old, new, 1), number) for old, new, number in ODD]
    assert plain not in dict(odd)
    assert [one for one in odd if lanes.differ(*one)] == []
    # Of several that are sent at once, the last comes alone, when the others are answered.
    assert lanes.front.told.count(True) == sum(number > 1 for _sent, number in odd)


def test_a_change_is_shown_at_once_by_whomever_it_was_made(page: str, lanes: Lanes) -> None:
    other = publish_case(slug="another").get_absolute_url()
    asked = [request(one) for one in (page, other)]
    for one in asked:
        answers(lanes.slow, one)

    assert b"A truce" in answers(lanes.quick, asked[0])[0]
    publish_change(Entry.objects.get(slug="a-truce").case, title_en="A lasting truce")
    assert b"A lasting truce" in answers(lanes.quick, asked[0])[0]
    assert b"A lasting truce" in answers(lanes.quick, asked[0])[0]
    answers(lanes.quick, asked[1])
    answers(lanes.quick, asked[1])

    # A change is a question that a thread asks, once for each page.
    assert lanes.front.told == [True, False, True, False, True]
    assert lanes.front.counts["rendered"] == 3
    assert lanes.front.counts["asked again"] == 1


def test_what_takes_longer_to_know_is_left_to_a_thread(front: Watched, page: str) -> None:
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": page, "QUERY_STRING": "", "HTTP_HOST": "localhost"}
    asked |= {"SERVER_PORT": "80", "wsgi.url_scheme": "http"}
    assert front.at_once(asked) is None
    ask(front, page, HTTP_ACCEPT_ENCODING="gzip")

    gzip = asked | {"HTTP_ACCEPT_ENCODING": "gzip"}
    assert front.at_once(gzip) is not None
    # It would have to be compressed, or to be made plain.
    assert front.at_once(asked | {"HTTP_ACCEPT_ENCODING": "br"}) is None
    assert front.at_once(asked) is None
    with patch.object(front_module, "MAX_UNASKED", -1):
        assert front.at_once(gzip) is None
    front.asks_again_at = time.time() + 60
    assert front.at_once(gzip) is None


@pytest.mark.every_database
def test_the_newest_changes_are_known_at_once_where_no_network_is_asked(page: str) -> None:
    with closing(NewestChanges()) as ask_at_once:
        for _one in range(2):
            expected = newest_changes() if connection.vendor == "sqlite" else None
            assert ask_at_once() == ask_at_once() == expected
            Entry.objects.filter(slug="a-truce").update(title_en="Changed")


def test_who_asks_at_once_waits_for_no_lock_and_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "locked.sqlite3"
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as other,
        closing(NewestChanges()) as ask_at_once,
        patch.dict(connection.settings_dict, NAME=file),
        patch.object(at_once, "PAUSE", 60),
    ):
        other.execute("CREATE TABLE portal_contentchange (id INTEGER PRIMARY KEY)")
        other.execute("INSERT INTO portal_contentchange VALUES (7)")
        assert ask_at_once() == (7,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            ask_at_once._connection.execute("DELETE FROM portal_contentchange")

        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        assert ask_at_once() is None
        # Whoever waits for a lock in tests waits a minute.
        assert time.monotonic() - began < 20
        other.execute("COMMIT")
        # Who was refused asks no more for a while, in which each request would wait a little.
        assert ask_at_once() is None
        with patch.object(at_once.time, "monotonic", lambda: began + 100):
            assert ask_at_once() == (7,)
