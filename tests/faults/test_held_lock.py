"""While somebody writes and does not come to an end, every public page answers as if nobody did."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from publishing.models import Entry
from tests.factories import publish_change, publish_one_of_each
from tests.whole_site.reading import addresses_of_sitemap, parts_of_sitemap

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.every_database]

# Seconds for an answer; to wait for the lock would take sixty here.
SOON = 1
# A crowded machine may keep anything waiting, but not so often.
TRIES = 5


@contextmanager
def everything_locked() -> Iterator[None]:
    """Another connection holds the one lock of SQLite, or on PostgreSQL every table against writers."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE publishing_entry SET slug = slug")
            yield
            other.rollback()
    else:
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in apps.get_models())
        with closing(connection.copy("locking")) as other, other.cursor() as cursor:
            # It is in no list of Django's, so it cannot number what it writes.
            other.execute_wrappers.clear()
            other.set_autocommit(False)
            cursor.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
            cursor.execute("UPDATE publishing_entry SET slug = slug")
            yield
            other.rollback()


def answers_soon(client: Client, address: str) -> bool:
    for _ in range(TRIES):
        begun = time.monotonic()
        status = client.get(address).status_code
        if time.monotonic() - begun < SOON:
            return status in {200, 302}
    return False


def test_every_public_page_answers_soon(client: Client) -> None:
    entries = [*publish_one_of_each().values()]
    for entry in entries:
        publish_change(entry, title_en="Another title")
    Entry.objects.update(is_in_use=True)
    of_entries = [
        f"{entry.get_absolute_url()}{asked}"
        for entry in entries
        for asked in ("", "?as_of=1", "?as_of=2099-01-01", "history/", "history/1/")
    ]
    addresses = ["/sitemap.xml", "/robots.txt", "/en/changes/feed.xml", *of_entries]
    addresses += [*parts_of_sitemap(client), *addresses_of_sitemap(client)]

    with everything_locked():
        slow = [address for address in dict.fromkeys(addresses) if not answers_soon(client, address)]

    assert len(addresses) > 5 * len(entries)
    assert slow == []
