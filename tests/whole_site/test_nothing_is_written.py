"""A public page only reads: no statement of it writes or locks, so that no writer keeps it waiting."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing.actions import reviewing
from publishing.models import Entry
from tests.factories import (
    an_account,
    edited,
    newest,
    proposal_of,
    publish_case,
    publish_change,
    publish_one_of_each,
)
from tests.whole_site.reading import addresses_of_sitemap, parts_of_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

READS = {"SELECT", "WITH"}


def statements_of(client: Client, address: str) -> list[str]:
    """The SQL of all that the page asks, in capitals."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code in {200, 302}, address
    return [statement["sql"].upper() for statement in asked]


def all_addresses(client: Client, entries: list[Entry]) -> Iterator[str]:
    yield from ("/sitemap.xml", *parts_of_sitemap(client), *addresses_of_sitemap(client))
    yield from (f"/api/v1/{one}" for one in ("", "openapi.json", "cases", "actors", "claims", "changes"))
    yield "/api/v1/reconciliation/suggest/entity?prefix=a"
    for entry in entries:
        yield f"/api/v1/entries/{entry.pk}"
        for asked in ("", "?as_of=1", "?as_of=2099-01-01", "history/", "history/1/"):
            yield f"{entry.get_absolute_url()}{asked}"


def test_no_public_page_writes_or_locks(client: Client) -> None:
    entries = [*publish_one_of_each().values()]
    for entry in entries:
        publish_change(entry, title_en="Another title")
    Entry.objects.update(is_in_use=True)
    asked = 0

    for address in all_addresses(client, entries):
        for statement in statements_of(client, address):
            assert statement.split()[0] in READS, (address, statement[:200])
            assert "FOR UPDATE" not in statement, address
            asked += 1

    assert asked > len(entries)


def test_no_preview_writes_or_locks(client: Client) -> None:
    case = publish_case()
    proposal = proposal_of(edited(case, {"provision": [{}]}, finding_en="New"), base=newest(case))
    _link, token = reviewing.share_preview(proposal, by=an_account(), days=1)

    statements = statements_of(client, reverse("preview", args=[token]))

    assert statements
    assert all(statement.split()[0] in READS for statement in statements)
