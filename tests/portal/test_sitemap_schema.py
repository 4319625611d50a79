"""The sitemap and its parts are valid by the protocol that search engines read."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from tests.factories import publish_one_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "sitemap.xsd")))
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def valid(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    found = etree.fromstring(answer.content)
    assert SCHEMA.validate(found), (address, [*SCHEMA.error_log][:3])
    return found


def test_the_index_and_each_part_are_valid_and_name_the_others_languages(client: Client) -> None:
    publish_one_of_each()

    parts = [one.text for one in valid(client, "/sitemap.xml").iter(LOC)]

    assert len(parts) >= 2
    for part in parts:
        pages = valid(client, part)
        for page in pages:
            languages = [link.get("hreflang") for link in page if link.get("hreflang")]
            assert {"en", "ar", "fr"} <= {*languages}
            assert page.find(LOC).text in {link.get("href") for link in page if link.get("href")}


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
