"""Which pages are kept as bytes, how they are sent, and what happens where something fails."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from unittest.mock import patch

import brotli
import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.db import OperationalError, connection, transaction

from cases.vocabulary import Outcome
from portal.models import ContentChange
from portal.page_cache import front as front_module
from portal.page_cache.changes import content_tables, newest_changes
from portal.page_cache.front import Front
from portal.page_cache.pages import OVERHEAD
from portal.page_cache.proxies import cache_control
from portal.page_cache.questions import Question
from portal.page_cache.shared import SharedPages
from publishing.models import Entry
from tests.factories import (
    a_contribution,
    an_account,
    publish_case,
    publish_change,
    publish_page,
    publish_theme,
)
from tests.portal.fronts import a_front, an_application, ask

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def page() -> str:
    """The address of a page."""
    return publish_case(slug="a-truce", title_en="A truce").get_absolute_url()


def rendered(front: Front) -> int:
    return front.counts["rendered"]


def write_and_fail() -> None:
    """Change the page in a transaction, or in a part of one, that is undone."""
    with transaction.atomic():
        Entry.objects.filter(slug="a-truce").update(title_en="Undone")
        transaction.set_rollback(True)


# --- what is kept ------------------------------------------------------------------------


@pytest.mark.every_database
def test_a_page_is_rendered_once_and_the_same_for_everybody(page: str) -> None:
    front = a_front()

    first, second = ask(front, page), ask(front, page)

    assert (first.status, first.body, first.headers) == (second.status, second.body, second.headers)
    assert b"A truce" in first.body
    assert (rendered(front), front.counts["kept"]) == (1, 1)


@pytest.mark.every_database
def test_a_kept_page_asks_one_statement(page: str, django_assert_num_queries: Any) -> None:
    front = a_front()
    ask(front, page)

    with django_assert_num_queries(1):
        ask(front, page)


@pytest.mark.parametrize(
    "address",
    [
        "/en/cases/?page=nothing",
        "/en/cases/?utm_source=x",
        "/en/?x=1",
        "/en/cases/missing/",
        "/en/Cases/",
        "/",
    ],
)
def test_what_is_not_the_same_for_everybody_or_not_understood_is_not_kept(page: str, address: str) -> None:
    front = a_front()

    first, second = ask(front, address), ask(front, address)

    assert first.status == second.status
    assert front.counts == {"not kept": 2}


def test_a_question_that_the_page_understands_is_kept() -> None:
    publish_case(outcome=Outcome.HOLDING, outcome_as_of="2026")
    front = a_front()
    for _ in range(2):
        ask(front, f"/en/cases/?outcome={Outcome.HOLDING}&page=1")

    assert (rendered(front), front.counts["kept"]) == (1, 1)


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "PUT"])
def test_other_methods_pass_by(page: str, method: str) -> None:
    front = a_front()
    ask(front, page)

    assert ask(front, page, method).status in {"POST": {403}, "PUT": {405}, "OPTIONS": {200}}[method]
    assert front.counts == {"rendered": 1}


@pytest.mark.parametrize("cookie", ["session=x", "messages=x", "anything=x", "csrf=y; session=x", "broken"])
def test_whoever_brings_a_cookie_gets_a_page_of_their_own(page: str, cookie: str) -> None:
    front = a_front()
    ask(front, page)
    ask(front, page, HTTP_COOKIE=cookie)

    assert front.counts == {"rendered": 1}


def test_the_cookie_of_our_forms_tells_a_page_nothing(page: str) -> None:
    front = a_front()
    ask(front, page)
    ask(front, page, HTTP_COOKIE="csrf=abc")

    assert front.counts == {"rendered": 1, "kept": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"Set-Cookie": "a=b"},
        {"Cache-Control": "no-store"},
        {"Vary": "Cookie"},
        {"Vary": "Accept-Language, Accept-Encoding"},
        {"Content-Length": "2000000"},
        {"Content-Length": ""},
    ],
)
def test_an_answer_for_one_reader_or_too_long_is_not_kept(headers: dict[str, str]) -> None:
    front = a_front(an_application(lambda: ("200 OK", {"Content-Length": "3", **headers}, [b"abc"])))

    assert ask(front, "/en/").body == ask(front, "/en/").body == b"abc"
    assert front.counts == {"not kept": 2}


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved", "500 Error", "503 Unavailable", "410 Gone"])
def test_only_pages_that_are_there_are_kept(status: str) -> None:
    front = a_front(an_application(lambda: (status, {"Content-Length": "3"}, [b"abc"])))

    assert ask(front, "/en/").status == ask(front, "/en/").status == int(status[:3])
    assert front.counts == {"not kept": 2}


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost:x", ""])
def test_another_host_gets_nothing_that_is_kept(page: str, host: str) -> None:
    front = a_front()
    ask(front, page)

    assert ask(front, page, HTTP_HOST=host, SERVER_NAME="elsewhere.example").status == 400
    assert front.counts["kept"] == 0


def test_what_https_shows_is_not_sent_by_http(page: str, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    front = a_front()

    assert ask(front, page, HTTP_X_FORWARDED_PROTO="https").status == 200
    assert ask(front, page, HTTP_X_FORWARDED_PROTO="http").status == 301
    assert ask(front, page).status == 301


def test_what_is_asked_for_least_recently_makes_room(page: str) -> None:
    others = [publish_theme().get_absolute_url() for _ in range(3)]
    front = a_front(max_bytes=3 * (OVERHEAD + 6_000))
    for address in (page, others[0], page, others[1], others[2]):
        ask(front, address, HTTP_ACCEPT_ENCODING="br")
    before = rendered(front)

    ask(front, others[2], HTTP_ACCEPT_ENCODING="br")
    assert rendered(front) == before
    ask(front, others[0], HTTP_ACCEPT_ENCODING="br")
    assert rendered(front) == before + 1


# --- how it is sent ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "accepted,encoding",
    [("", ""), ("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip"), ("BR", "br")],
)
def test_each_reader_gets_the_encoding_that_they_accept(page: str, accepted: str, encoding: str) -> None:
    front = a_front()
    whole = ask(front, page).body
    for _ in range(2):
        got = ask(front, page, HTTP_ACCEPT_ENCODING=accepted)

        assert got.headers.get("Content-Encoding", "") == encoding
        assert got.headers["Content-Length"] == str(len(got.body))
        assert {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding](got.body) == whole
    assert got.headers["Vary"] == "Accept-Encoding"


def test_the_first_reader_and_all_others_get_the_same_headers(page: str) -> None:
    plain = ask(a_front().application, page)
    kept = ask(a_front(), page)

    added = {"Cache-Control", "Vary"}
    assert {key: value for key, value in kept.headers.items() if key not in added | {"ETag"}} == {
        key: value for key, value in plain.headers.items() if key not in added | {"ETag"}
    }
    assert kept.headers["Cache-Control"].startswith("public, max-age=0, ")


@pytest.mark.parametrize("form", ["{}", 'W/"other", {}', "*"])
def test_whoever_has_it_gets_no_body(page: str, form: str) -> None:
    front = a_front()
    etag = ask(front, page).headers["ETag"]
    for asked in (front, a_front()):
        got = ask(asked, page, HTTP_IF_NONE_MATCH=form.format(etag))

        assert (got.status, got.body, got.headers["ETag"]) == (304, b"", etag)
    assert ask(front, page, HTTP_IF_NONE_MATCH='"other"').status == 200


def test_what_is_not_kept_answers_304_all_the_same() -> None:
    front = a_front()
    etag = ask(front, "/en/?x=1").headers["ETag"]

    assert ask(front, "/en/?x=1", HTTP_IF_NONE_MATCH=etag).status == 304
    assert front.counts == {"not kept": 2}


@pytest.mark.parametrize(
    "address", ["/robots.txt", "/sitemap.xml", "/sitemap-entries.xml", "/sitemap-entries.xml?p=1"]
)
def test_what_is_in_no_language_is_kept(page: str, address: str) -> None:
    front = a_front()
    ask(front, address, HTTP_ACCEPT_LANGUAGE="ar")
    ask(front, address, HTTP_ACCEPT_LANGUAGE="fr")

    assert front.counts == {"rendered": 1, "kept": 1}
    assert ask(front, address).headers["Vary"] == "Accept-Encoding"


def test_a_part_of_a_list_on_a_page_is_kept_and_a_part_that_is_not_there_is_not() -> None:
    address = publish_theme().get_absolute_url()
    front = a_front()
    ask(front, f"{address}?page=1")
    assert front.counts == {"rendered": 1}
    ask(front, f"{address}?page=2")
    ask(front, f"{address}?page=1&x=2")
    assert front.counts == {"rendered": 1, "not kept": 2}


def test_head_has_the_headers_and_no_body(page: str) -> None:
    front = a_front()
    assert ask(front, page, "HEAD").status == 200
    whole = ask(front, page)

    got = ask(front, page, "HEAD")

    assert (got.status, got.body, got.headers) == (200, b"", whole.headers)
    assert front.counts == {"rendered": 1, "kept": 1}


# --- when it is rendered anew ------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.every_database
def test_a_change_of_the_page_is_shown_at_once_and_no_other_page_is_rendered(page: str) -> None:
    other = publish_case(slug="another").get_absolute_url()
    front = a_front()
    ask(front, page)
    ask(front, other)

    publish_change(Entry.objects.get(slug="a-truce").case, title_en="A lasting truce")

    assert b"A lasting truce" in ask(front, page).body
    ask(front, other)
    assert rendered(front) == 3


def test_a_change_that_nobody_noted_is_shown_within_a_minute(page: str) -> None:
    front = a_front()
    ask(front, page)
    with connection.cursor() as cursor, patch("portal.page_cache.changes._note_change"):
        cursor.execute("UPDATE publishing_entry SET title_en = 'By hand' WHERE slug = 'a-truce'")

    assert b"By hand" not in ask(front, page).body
    with patch.object(front_module, "MAX_UNASKED", -1):
        assert b"By hand" in ask(front, page).body


@pytest.mark.django_db(transaction=True)
def test_what_is_written_while_a_page_is_rendered_is_not_kept(page: str) -> None:
    front = a_front()
    digest = front_module.digest_of_answers

    def and_before(questions: list[Question]) -> bytes:
        publish_change(Entry.objects.get(slug="a-truce").case, title_en="Meanwhile")
        return digest(questions)

    with patch.object(front_module, "digest_of_answers", and_before):
        assert b"Meanwhile" not in ask(front, page).body

    assert b"Meanwhile" in ask(front, page).body


@pytest.mark.django_db(transaction=True)
@pytest.mark.every_database
def test_a_transaction_has_one_number_and_one_that_is_undone_has_none(page: str) -> None:
    before = newest_changes()
    with transaction.atomic():
        Entry.objects.filter(slug="a-truce").update(title_en="One")
        Entry.objects.filter(slug="a-truce").update(title_en="Two")
        with transaction.atomic():
            Entry.objects.filter(slug="a-truce").update(title_en="Three")
        assert len({*newest_changes()} - {*before}) == 1

    after = newest_changes()
    write_and_fail()

    assert newest_changes() == after


@pytest.mark.django_db(transaction=True)
@pytest.mark.every_database
def test_a_part_that_is_undone_does_not_take_the_number_of_the_rest(page: str) -> None:
    with transaction.atomic():
        write_and_fail()
        before = newest_changes()
        Entry.objects.filter(slug="a-truce").update(title_en="Done")

        assert newest_changes() != before


def test_only_the_newest_numbers_remain() -> None:
    with patch("portal.page_cache.changes.REMAINING", 10):
        for number in range(45):
            publish_page() if number == 0 else Entry.objects.update(title_en=f"{number}")

    assert ContentChange.objects.count() <= 20


def test_before_there_is_a_table_for_numbers_content_is_written_all_the_same() -> None:
    entry = publish_page()
    with (
        patch("portal.page_cache.changes._with_table", set()),
        patch.object(ContentChange._meta, "db_table", "portal_missing"),
    ):
        Entry.objects.filter(pk=entry.pk).update(title_en="Written")

    assert Entry.objects.get(pk=entry.pk).title_en == "Written"


def test_the_tables_of_people_are_no_content() -> None:
    private = {"auth_user", "django_session", "contributions_contribution", "accounts_mail"}

    assert not private & content_tables()
    assert {
        "cases_case",
        "cases_case_countries",
        "publishing_revision",
        "sources_linkcheck",
    } <= content_tables()


# --- what fails, and who comes at once ---------------------------------------------------


@pytest.fixture
def no_database() -> Iterator[None]:
    """Every statement fails."""

    def fail(*_args: Any) -> None:
        raise OperationalError("away")

    with connection.execute_wrapper(fail):
        yield


def test_kept_pages_go_on_without_the_database(page: str, no_database: None) -> None:
    front = a_front()
    with patch.object(connection, "execute_wrappers", []):
        whole = ask(front, page).body
        etag = ask(front, page).headers["ETag"]

    with patch.object(connection, "close"):
        assert ask(front, page).body == whole
        assert ask(front, page, HTTP_IF_NONE_MATCH=etag).status == 304
        assert ask(front, "/en/cases/").status == 503
    assert front.counts["without the database"] == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_at_once_one_waits_for_the_renderer_each(page: str) -> None:
    slow = an_application(lambda: (time.sleep(0.3), ("200 OK", {"Content-Length": "3"}, [b"abc"]))[1])
    front = a_front(slow)
    got: list[bytes] = []

    def reader() -> None:
        got.append(ask(front, "/en/").body)
        connection.close()

    readers = [threading.Thread(target=reader) for _ in range(8)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()

    assert got == [b"abc"] * 8
    assert front.counts == {"rendered": 1, "waited": 7}


# --- several processes -------------------------------------------------------------------


@pytest.fixture
def shared() -> SharedPages:
    """A cache that several processes would share."""
    return SharedPages(LocMemCache("shared pages", {}), "this-release")


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


# --- a proxy in front --------------------------------------------------------------------


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
