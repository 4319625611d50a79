"""How a kept page is sent: encodings, headers, 304, HEAD."""

import gzip

import brotli
import pytest

from portal.page_cache import messages
from tests.factories import (
    publish_theme,
)
from tests.portal.fronts import a_front, ask

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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


def test_what_no_browser_says_of_encodings_is_not_remembered(page: str) -> None:
    front, remembered = a_front(), messages._accepted_encoding.cache_info().currsize
    for number in range(3):
        got = ask(front, page, HTTP_ACCEPT_ENCODING=f"br, {'x' * 300}{number}")
        assert "Content-Encoding" not in got.headers

    assert messages._accepted_encoding.cache_info().currsize == remembered


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
    assert "Content-Language" not in ask(front, address).headers


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
