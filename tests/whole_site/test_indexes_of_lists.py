"""Long lists are read along an index of the database, and count no further than they must."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Actor
from desk.finding import ListPaginator
from publishing import past
from publishing.integrity import broken_links
from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.models.names import ByTitle
from publishing.views import pages as pages_of_lists
from tests.factories import publish_actor
from tests.whole_site.reading import Document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

INDEXES = {
    "/en/": "home_latest_changes case_list_newest_first initiative_list_newest_first",
    "/ar/actors/": "list_by_title_ar",
    "/fr/sources/": "list_by_title_fr",
    "/en/changes/": "changes_page_by_class",
    "/en/changes/?change=all": "changes_page_newest_first",
    "/en/changes/?change=all&kind=case": "changes_page_by_kind",
    "/en/changes/feed.xml?change=all": "changes_page_newest_first",
    # That by which each number of an entry is given once.
    "/en/changes/?change=all&country={place}": "sqlite_autoindex_publishing_revision_2",
    "/en/changes/?change=all&entry=actor/{actor}": "sqlite_autoindex_publishing_revision_2",
    "/sitemap-entries.xml": "sitemap_by_kind_and_slug",
    "/en/admin/": "desk_home_unused desk_home_to_verify desk_home_stale",
    "/en/admin/cases/case/": "sitemap_by_kind_and_slug",
}


@pytest.mark.parametrize("address", INDEXES)
def test_each_list_is_read_along_its_index(
    address: str, administrator: Any, one_of_each: dict[str, Entry]
) -> None:
    entries = one_of_each
    named = {name: one.slug for name, one in entries.items()}
    client = Client()
    client.force_login(administrator)

    with CaptureQueriesContext(connection) as captured:
        assert client.get(address.format(**named)).status_code == 200

    used = plans([one["sql"] for one in captured.captured_queries])
    assert {index for index in INDEXES[address].split() if index not in used} == set()


@pytest.mark.parametrize(
    "address, index",
    [
        ("{theme}", "USING COVERING INDEX case_list_newest_first"),
        ("{place}", "USING COVERING INDEX case_list_newest_first"),
        ("{actor}", "USING COVERING INDEX case_list_newest_first"),
        ("{source}", "USING COVERING INDEX list_by_title_en"),
    ],
)
def test_many_are_met_along_the_index_of_the_whole_list(
    address: str, index: str, client: Client, monkeypatch: pytest.MonkeyPatch, one_of_each: dict[str, Entry]
) -> None:
    monkeypatch.setattr(pages_of_lists, "MOST_COUNTED", 0)
    entries = one_of_each
    named = {name: one.get_absolute_url() for name, one in entries.items()}

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address.format(slug=entries["theme"].slug, **named))

    assert answer.status_code == 200
    assert index in plans([one["sql"] for one in captured.captured_queries])


def test_a_list_says_more_than_it_counted_and_leads_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(60):
        publish_actor()
    monkeypatch.setattr(pages_of_lists, "MOST_COUNTED", 30)

    first, second, last = (
        client.get(f"/en/changes/?change=all&page={number}") for number in ("1", "2", "99999999999999999999")
    )

    assert "More than 30 changes" in first.content.decode()
    assert " of " not in Document.of(first.content.decode()).one("nav", class_="pages").text
    assert Document.of(first.content.decode()).one("a", rel="next")["href"].endswith("page=2")
    assert second.context["page_obj"].has_next()
    assert "60 changes" in last.content.decode()
    assert last.context["page_obj"].number == 3
    oldest = [one.pk for one in Revision.objects.order_by("created_at", "pk")[:10]]
    assert [one.pk for one in last.context["page_obj"]] == oldest[::-1]


def test_a_list_ends_where_all_are_on_the_pages_that_were_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(31):
        publish_actor()
    monkeypatch.setattr(pages_of_lists, "MOST_COUNTED", 30)

    page = client.get("/en/changes/?change=all&page=2")

    assert page.status_code == 200
    assert not page.context["page_obj"].has_next()


def test_a_revision_that_is_listed_under_another_kind_is_a_fault(client: Client) -> None:
    actor = publish_actor()
    assert [*broken_links()] == []

    actor.revisions.update(kind="case")

    assert [fault.what for fault in broken_links()] == [
        "is listed under the kind case, but is of the kind actor"
    ]


@pytest.mark.usefixtures("one_of_each")
def test_the_first_page_of_the_desk_looks_at_stale_translations_alone(administrator: Any) -> None:
    client = Client()
    client.force_login(administrator)

    with CaptureQueriesContext(connection) as captured:
        client.get("/en/admin/")

    asked = [one["sql"] for one in captured.captured_queries if 'FROM "publishing_translation"' in one["sql"]]
    assert len(asked) == 2
    assert all("desk_home_stale" in plans([one]).splitlines()[0] for one in asked)
    assert not any("JOIN" in one for one in asked)


@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize(
    "order, index", [(ByTitle(), "list_by_title_en"), ("-changed_at", "desk_list_latest_changed")]
)
def test_the_desk_sorts_along_the_index_of_its_kind(order: Any, index: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        ListPaginator(Actor.objects.order_by(order, "-pk"), 50).page(1)

    assert index in plans([one["sql"] for one in captured.captured_queries])


@pytest.mark.usefixtures("one_of_each")
def test_the_newest_publication_of_many_kinds_is_found_along_the_chain() -> None:
    newest = Revision.objects.order_by("pk").last()
    with CaptureQueriesContext(connection) as captured:
        points = [past.newest_point([*kinds()]), past.point_at(newest.pk, ["case", newest.kind])]

    assert [point.number for point in points] == [newest.pk] * 2
    assert "ORDER BY" not in plans([one["sql"] for one in captured.captured_queries])


def plans(queries: list[str]) -> str:
    """How SQLite would answer these queries."""
    with connection.cursor() as cursor:
        found = []
        for query in queries:
            if query.startswith("SELECT"):
                cursor.execute(f"EXPLAIN QUERY PLAN {query}")
                found += [row[-1] for row in cursor.fetchall()]
    return "\n".join(found)
