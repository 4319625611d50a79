"""The sitemap and its parts are valid by the protocol that search engines read."""

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from lxml import etree

from portal import sitemaps
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Entry
from tests.factories import publish_one_of_each
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "sitemap.xsd")))
LOC, LASTMOD = (f"{{http://www.sitemaps.org/schemas/sitemap/0.9}}{name}" for name in ("loc", "lastmod"))


def valid(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    found = etree.fromstring(answer.content)
    assert SCHEMA.validate(found), (address, [*SCHEMA.error_log][:3])
    return found


def test_the_index_and_each_part_are_valid(client: Client) -> None:
    publish_one_of_each()

    parts = [one.text for one in valid(client, "/sitemap.xml").iter(LOC)]

    assert len(parts) >= 2
    for part in parts:
        assert len(valid(client, part)) > 2


def test_what_the_sitemap_does_not_say_the_pages_do(client: Client) -> None:
    publish_one_of_each()

    announced = [one.text for one in valid(client, "/sitemap-entries.xml").iter(LOC)]

    for address in announced:
        page = Document.of(client.get(urlsplit(address).path).content.decode())
        others = {
            one["hreflang"]: one["href"] for one in page.all("link", rel="alternate") if one["hreflang"]
        }
        assert {*others} == {*PAGE_LANGUAGES}, address
        assert urlsplit(address).path in {urlsplit(one).path for one in others.values()}
        assert {urlsplit(one).path for one in others.values()} <= {urlsplit(one).path for one in announced}


def test_each_part_says_when_one_of_its_pages_changed_last(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "ENTRIES_IN_A_PART", 5)
    publish_one_of_each()
    newest = Entry.objects.latest("changed_at").changed_at

    answer = client.get("/sitemap.xml")
    index = etree.fromstring(answer.content)

    parts = [one for one in index if "entries" in one.find(LOC).text]
    entries = Entry.objects.in_sight().exclude(kind="page", slug="home").count()
    assert len(parts) == -(-entries // 5) > 2
    assert [one.find(LOC).text.partition("?")[2] for one in parts] == [
        "",
        *(f"p={2 + n}" for n in range(len(parts) - 1)),
    ]
    assert {datetime.fromisoformat(one.find(LASTMOD).text) for one in parts} == {newest}
    assert answer.headers["X-Robots-Tag"] == "noindex, noodp, noarchive"


@pytest.mark.parametrize(
    "wrong",
    [
        "<url/>",
        "<url><loc>/en/</loc></url>",
        "<url><loc>https://sulh.example/</loc><lastmod>yesterday</lastmod></url>",
        "<url><lastmod>2026-11-30</lastmod><loc>https://sulh.example/</loc></url>",
        "<url><loc>https://sulh.example/</loc></url>" * 2,
        "",
    ],
)
def test_the_schema_finds_what_is_wrong(wrong: str) -> None:
    page = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{wrong}</urlset>'

    assert not SCHEMA.validate(etree.fromstring(page))
