"""Pages fetch from us alone, run nothing inline, and set and read no cookie."""

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.whole_site.reading import Answer, Document, only_names

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("casebook")]

FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "video": "src",
           "audio": "src", "object": "data", "embed": "src", "use": "href"}  # fmt: skip
CSP = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip


def test_nothing_is_fetched_from_another_host(site: dict[str, Answer]) -> None:
    fetched = {asset for answer in site.values() for asset in _assets(answer.document)}

    assert {asset for asset in fetched if urlsplit(asset).netloc or not asset.startswith("/static/")} == set()
    assert {".css", ".svg", ".woff2"} <= {PurePosixPath(asset).suffix for asset in fetched}


def test_everything_that_pages_fetch_is_there(site: dict[str, Answer]) -> None:
    fetched = {asset for answer in site.values() for asset in _assets(answer.document)}

    missing = {asset for asset in fetched if not finders.find(unquote(asset.removeprefix("/static/")))}

    assert missing == set()


def test_what_a_drawing_uses_again_is_on_its_page(site: dict[str, Answer]) -> None:
    used = [
        (answer.document, element["href"].removeprefix("#"))
        for answer in site.values()
        for element in answer.document.elements
        if element.name == "use" and element["href"].startswith("#")
    ]

    assert used
    assert [name for document, name in used if not any(one["id"] == name for one in document.elements)] == []


def test_nothing_inline_is_styled_or_run(site: dict[str, Answer]) -> None:
    found = {(address, one) for address, answer in site.items() for one in inline(answer.document)}

    assert found == set()


@pytest.mark.parametrize(
    "html",
    ["<p style='color:red'>x", "<style>p{}</style>", "<script>x</script>", "<a onclick=x()>x</a>",
     "<a href=javascript:x()>x</a>", "<SVG ONLOAD=x()>"],
)  # fmt: skip
def test_what_is_inline_is_noticed(html: str) -> None:
    assert len(inline(Document.of(html))) == 1


def test_every_page_carries_the_content_security_policy(site: dict[str, Answer]) -> None:
    policies = {answer.headers.get("content-security-policy", "") for answer in site.values()}

    assert [set(policy.split("; ")) for policy in policies] == [CSP]


@pytest.mark.parametrize(
    "address", ["/en/nowhere/", "/robots.txt", "/sitemap.xml", "/en/admin/login/", "/en/accounts/login/", "/"]
)
def test_other_answers_carry_it_too(client: Client, address: str) -> None:
    assert set(client.get(address).headers["Content-Security-Policy"].split("; ")) == CSP


def test_public_pages_set_no_cookie_and_depend_on_none(site: dict[str, Answer]) -> None:
    with_cookies = {address for address, answer in site.items() if answer.cookies}
    depending = {
        address for address, answer in site.items() if "cookie" in answer.headers.get("vary", "").lower()
    }

    assert (with_cookies, depending) == (set(), set())


def test_public_pages_read_no_cookie(site: dict[str, Answer], editor: Any, client: Client) -> None:
    client.force_login(editor)

    for address in ("/en/", "/ar/cases/", "/fr/cases/libya-2020/"):
        assert client.get(address).content.decode() == site[address].html


def inline(document: Document) -> list[str]:
    """What a strict content security policy would stop."""
    found = []
    for element in document.elements:
        # A block of data is no script, and is run by nobody.
        is_script = element.name == "script" and element["type"] != "application/ld+json"
        if element.name == "style" or (is_script and not element["src"]):
            found.append(f"<{element.name}>")
        found += [
            f"{element.name} {name}={value[:30]}"
            for name, value in element.attributes.items()
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:")
        ]
    return found


def _assets(document: Document) -> set[str]:
    return {
        element[FETCHED[element.name]]
        for element in document.elements
        if element.name in FETCHED
        and not only_names(element)
        and not element[FETCHED[element.name]].startswith("#")
    } - {""}
