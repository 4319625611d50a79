"""Which answers are kept as bytes: those that are the same for everybody, as far as there is room."""

from typing import Any

import pytest

from cases.vocabulary import Outcome
from portal.page_cache.messages import LONGEST_ADDRESS
from portal.page_cache.pages import OVERHEAD
from portal.page_cache.shared import SharedPages
from tests.factories import (
    publish_case,
    publish_place,
    publish_theme,
)
from tests.portal.fronts import a_front, an_application, ask, rendered

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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


@pytest.mark.parametrize("host", ["localhost:4711", "LOCALHOST", "localhost:0080", "127.0.0.1:4711"])
def test_a_host_that_our_links_do_not_name_is_answered_and_not_kept(page: str, host: str) -> None:
    front = a_front()

    assert ask(front, page, HTTP_HOST=host).status == 200
    assert front.counts == {}


def test_whoever_makes_up_queries_takes_no_other_page_away(page: str, shared: SharedPages) -> None:
    publish_case(countries=[publish_place(title_en="Libya")])
    front = a_front(max_bytes=8 * (OVERHEAD + 6_000), shared=shared)
    ask(front, page, HTTP_ACCEPT_ENCODING="br")
    for country in range(20):
        ask(front, f"/en/cases/?country={' ' * country}Libya", HTTP_ACCEPT_ENCODING="br")
    assert front.counts == {"rendered": 21}

    ask(front, page, HTTP_ACCEPT_ENCODING="br")

    assert front.counts == {"rendered": 21, "kept": 1}
    assert len(shared.cache._cache) == 1


def test_a_query_that_is_padded_takes_no_room(page: str) -> None:
    publish_case(countries=[publish_place(title_en="Libya")])
    front = a_front()
    for padding in (LONGEST_ADDRESS // 2, LONGEST_ADDRESS):
        assert ask(front, f"/en/cases/?country={'+' * padding}Libya").status == 200

    assert front.counts == {"rendered": 1}


def test_what_https_shows_is_not_sent_by_http(page: str, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    front = a_front()

    assert ask(front, page, HTTP_X_FORWARDED_PROTO="https").status == 200
    assert ask(front, page, HTTP_X_FORWARDED_PROTO="http").status == 301
    assert ask(front, page).status == 301


def test_however_a_proxy_writes_the_scheme_the_page_is_kept_once(page: str, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    front = a_front()
    for said in ("https", "https, http", " https ,x", "http", "javascript", "https2, https"):
        ask(front, page, HTTP_X_FORWARDED_PROTO=said)

    assert front.counts == {"rendered": 2, "kept": 4}


def test_what_is_asked_for_least_recently_makes_room(page: str) -> None:
    others = [publish_theme().get_absolute_url() for _ in range(3)]
    front = a_front(max_bytes=4 * (OVERHEAD + 6_000))
    for address in (page, others[0], page, others[1], others[2]):
        ask(front, address, HTTP_ACCEPT_ENCODING="br")
    before = rendered(front)

    ask(front, others[2], HTTP_ACCEPT_ENCODING="br")
    assert rendered(front) == before
    ask(front, others[0], HTTP_ACCEPT_ENCODING="br")
    assert rendered(front) == before + 1
