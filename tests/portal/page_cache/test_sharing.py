"""One rendering serves all who come at once, all processes, and a proxy in front that is told of changes."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from unittest.mock import patch

import pytest
from django.db import connection

from portal.page_cache import pages
from portal.page_cache.proxies import cache_control
from portal.page_cache.shared import SharedPages
from publishing.models import Entry
from tests.factories import (
    a_contribution,
    an_account,
    publish_change,
)
from tests.portal.fronts import a_front, an_application, ask, rendered

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_at_once_one_waits_for_the_renderer_each(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MAX_WAIT", 60)
    readers: list[threading.Thread] = []

    def once_all_are_there() -> tuple[str, dict[str, str], list[bytes]]:
        deadline = time.monotonic() + 60
        while [count for _lock, count in front._plain._turns.values()] != [len(readers)]:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return "200 OK", {"Content-Length": "3"}, [b"abc"]

    front = a_front(an_application(once_all_are_there))
    got: list[bytes] = []

    def reader() -> None:
        got.append(ask(front, "/en/").body)
        connection.close()

    readers += [threading.Thread(target=reader) for _ in range(8)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()

    assert got == [b"abc"] * 8
    assert front.counts == {"rendered": 1, "waited": 7}


@pytest.mark.django_db(transaction=True)
def test_what_one_process_rendered_the_others_send(page: str, shared: SharedPages) -> None:
    one, other = a_front(shared=shared), a_front(shared=shared)

    assert ask(one, page).body == ask(other, page).body
    assert (rendered(one), rendered(other), other.counts["shared"]) == (1, 0, 1)

    publish_change(Entry.objects.get(slug="a-truce").case, title_en="A lasting truce")
    assert b"A lasting truce" in ask(other, page).body
    assert b"A lasting truce" in ask(one, page).body
    assert (rendered(one), rendered(other)) == (1, 1)


def test_pages_of_another_release_are_not_sent(page: str, shared: SharedPages) -> None:
    ask(a_front(shared=shared), page)
    newer = a_front(shared=SharedPages(shared.cache, "next-release"))
    ask(newer, page)

    assert rendered(newer) == 1


def test_a_cache_that_does_not_answer_stops_nobody(page: str, shared: SharedPages) -> None:
    front = a_front(shared=shared)
    with patch.object(shared, "cache") as away:
        away.get.side_effect = away.set.side_effect = away.add.side_effect = ConnectionRefusedError

        assert ask(front, page).status == 200
        assert ask(front, page).status == 200
    assert front.counts == {"rendered": 1, "kept": 1}


class Proxy(BaseHTTPRequestHandler):
    """A proxy that notes what it is told."""

    told: ClassVar[list[str]] = []
    status = 200

    def do_PURGE(self) -> None:
        self.told.append(self.path)
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Print nothing."""


@pytest.fixture
def proxy(settings: Any) -> Iterator[type[Proxy]]:
    """A proxy that is told of changes."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.PURGE_URL = f"http://127.0.0.1:{server.server_port}/all"
        cache_control.cache_clear()
        Proxy.told.clear()
        yield Proxy
        server.shutdown()
    cache_control.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_a_proxy_is_told_once_of_each_publication_and_of_nothing_else(page: str, proxy: type[Proxy]) -> None:
    an_account("somebody")
    a_contribution()
    assert proxy.told == []

    publish_change(Entry.objects.get(slug="a-truce").case, title_en="A lasting truce")

    assert proxy.told == ["/all"]
    assert "s-maxage=600" in ask(a_front(), page).headers["Cache-Control"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", [None, 405, 500])
def test_a_proxy_that_does_not_answer_stops_no_publication(
    page: str, proxy: type[Proxy], settings: Any, caplog: Any, status: int | None
) -> None:
    if status is None:
        settings.PURGE_URL = "http://127.0.0.1:9/"
    with patch.object(Proxy, "status", status or 200):
        publish_change(Entry.objects.get(slug="a-truce").case, title_en="A lasting truce")

    assert Entry.objects.get(slug="a-truce").title_en == "A lasting truce"
    assert "the proxy in front cannot be told" in caplog.text


def test_without_a_word_to_the_proxy_it_keeps_a_page_for_a_second(page: str) -> None:
    cache_control.cache_clear()

    assert "s-maxage=1," in ask(a_front(), page).headers["Cache-Control"]
