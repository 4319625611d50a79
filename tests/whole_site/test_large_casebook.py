"""A large casebook: no page grows with it, every list has pages, and each is read along the index made for it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Actor, Case, Place
from cases.views_of_actors import ActorList
from desk.finding import ListPaginator
from pillars.models import Theme
from portal import sitemaps
from publishing.integrity import broken_links
from publishing.models import Entry, Revision
from publishing.models.entry import kinds
from publishing.models.names import ByTitle
from publishing.views import pages as pages_of_lists
from sources.models import Source
from tests.factories import publish_actor, publish_one_of_each, publish_page
from tests.whole_site.reading import LOC, Document, parts_of_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CASES = 300
MOST_BYTES = 100_000
# Of all lists, tables and boxes that suggest names, on one page.
MOST_ROWS = 260
MOST_QUERIES = 30


@pytest.fixture
def made(settings: Any) -> Callable[[int], None]:
    """Publishes so many synthetic cases, and what they point to."""
    settings.DEVELOPMENT = True
    return lambda cases: call_command("make_cases", cases)


def busiest(kind: Any, rows: str) -> Entry:
    return max(kind.objects.all(), key=lambda one: getattr(one, rows).count())


def pages() -> list[str]:
    """Each list, and of each kind the page that most points to, in the language that takes most bytes."""
    lists = {kind.LIST_PAGE for kind in kinds().values() if kind.LIST_PAGE} | {
        "portal:home",
        "portal:changes",
    }
    actor, source = busiest(Actor, "participations"), busiest(Source, "cited_in")
    place, theme = busiest(Place, "cases"), busiest(Theme, "cases")
    asked = [f"?actor={actor.slug}&country={place.slug}", "?actor=front", "?order=title", "?role=signatory"]
    drawn = ("map", "timeline", "figures")
    return [
        *(reverse(name) for name in lists),
        *(f"{reverse('cases:cases')}{query}" for query in asked),
        *(reverse(f"cases:{view}") for view in drawn),
        f"{reverse('portal:changes')}?change=all",
        *(one.get_absolute_url() for one in (actor, source, place, theme, Case.objects.all()[0])),
    ]


def test_no_page_is_heavy_however_much_there_is(made: Callable, client: Client) -> None:
    made(CASES)
    heavy, long, asking = {}, {}, {}

    for address in [one.replace("/en/", "/ar/", 1) for one in pages()]:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        assert answer.status_code == 200, address
        document = Document.of(answer.content.decode())
        heavy[address] = len(answer.content)
        long[address] = sum(len([*document.all(tag)]) for tag in ("li", "tr", "option"))
        asking[address] = len(captured)

    assert {one: size for one, size in heavy.items() if size > MOST_BYTES} == {}
    assert {one: number for one, number in long.items() if number > MOST_ROWS} == {}
    assert {one: number for one, number in asking.items() if number > MOST_QUERIES} == {}


@pytest.mark.every_database
@pytest.mark.parametrize("most", [10, 1000], ids=["many", "few"])
def test_every_list_of_many_has_pages_and_loses_nothing(
    most: int, made: Callable, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_of_lists, "MOST_COUNTED", most)
    made(CASES)
    theme, place = busiest(Theme, "cases"), busiest(Place, "cases")
    actor, source = busiest(Actor, "participations"), busiest(Source, "cited_in")

    for entry, rows in (theme, theme.cases), (place, place.cases):
        assert on_all_pages(client, entry.get_absolute_url(), "cases") == {*rows.values_list("pk", flat=True)}
    parts = {part.pk for part in actor.participations.all()}
    assert len(parts) > 50
    assert on_all_pages(client, actor.get_absolute_url(), "parts") == parts
    assert on_all_pages(client, source.get_absolute_url(), "entries") == {
        claim.entry_id for claim in source.cited_in.all()
    }
    asked = f"{reverse('cases:cases')}?role=signatory&theme={theme.slug}"
    signed = Case.objects.filter(participations__role="signatory", themes=theme)
    assert on_all_pages(client, asked, "page_obj") == {*signed.values_list("pk", flat=True)}


def on_all_pages(client: Client, address: str, name: str) -> set[Any]:
    """The keys of the rows of that list on all pages; none stands on two of them."""
    found: list[Any] = []
    following: str | None = address
    while following:
        answer = client.get(following)
        page = answer.context[name]
        found += [row.pk for row in page]
        following = (
            f"{address}{'&' if '?' in address else '?'}page={page.next_page_number()}"
            if page.has_next()
            else None
        )
    assert len(found) == len({*found})
    return {*found}


def test_a_claim_of_a_much_cited_source_is_found_from_its_case(made: Callable, client: Client) -> None:
    made(CASES)
    claim = busiest(Source, "cited_in").cited_in.with_sources().last()

    answer = client.get(claim.get_source_url().partition("#")[0])

    assert "citing=" in claim.get_source_url()
    assert claim.anchor in Document.of(answer.content.decode()).ids
    assert claim.get_source_url() in client.get(claim.entry.get_absolute_url()).content.decode()


def test_the_sitemap_announces_every_page_once(
    made: Callable, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "ENTRIES_IN_A_PART", 50)
    made(100)
    publish_page(slug="home")

    parts = parts_of_sitemap(client)

    announced = [address for part in parts.values() for address in LOC.findall(part)]
    assert len(announced) == len({*announced})
    in_sight = Entry.objects.in_sight().exclude(slug="home").count()
    of_entries = [one for part in parts for one in LOC.findall(parts[part]) if "entries" in part]
    assert len(of_entries) == 3 * in_sight
    assert len([part for part in parts if "entries" in part]) > 2
    assert max(len(part) for part in parts.values()) <= MOST_BYTES


def test_a_name_that_several_have_leads_to_each_of_them(client: Client) -> None:
    entries = publish_one_of_each()
    actor, organisation = entries["actor"], entries["organisation"]

    page = client.get("/en/cases/?actor=actor&outcome=unknown")

    section = Document.of(page.content.decode()).one("section", class_="ambiguous")
    assert "Which of these do you mean" in section.text
    links = {link["href"] for link in Document.of(page.content.decode()).all("a")}
    assert {f"?actor={one.slug}&outcome=unknown" for one in (actor, organisation)} <= {
        "&".join(sorted(link.removeprefix("?").split("&"))).join(["?", ""]) for link in links
    }
    assert "Not understood" not in page.content.decode()


@pytest.mark.every_database
def test_a_name_that_is_typed_is_taken_and_stays_chosen(client: Client) -> None:
    actor = publish_one_of_each()["actor"]

    by_name, by_address = (
        client.get("/en/cases/", {"actor": asked}) for asked in (str(actor).upper(), actor.slug)
    )

    for page in (by_name, by_address):
        assert [one.pk for one in page.context["cases"]] == [Case.objects.get().pk]
        [box] = Document.of(page.content.decode()).all("input", name="actor", value=actor.slug)
        assert box["type"] == "checkbox"
        assert "checked" in box.attributes


def test_a_list_on_one_page_is_not_counted_and_a_longer_one_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ActorList, "paginate_by", 20)
    publish_one_of_each()
    counted = []
    for _number in (1, 2):
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/en/actors/").context["page_obj"]
        assert page.paginator.count == Entry.objects.in_sight().of_kind("actor").count()
        counted.append(any("COUNT(*)" in one["sql"] for one in captured))
        for _actor in range(20 if not counted[1:] else 0):
            publish_actor()
        Entry.objects.update(is_in_use=True)

    assert counted == [False, True]


# --- along which index each list is read ----------------------------------------------------

INDEXES = {
    "/en/": "home_latest_changes case_list_newest_first initiative_list_newest_first",
    "/ar/actors/": "list_by_title_ar",
    "/fr/sources/": "list_by_title_fr",
    "/en/changes/": "changes_page_by_class",
    "/en/changes/?change=all": "changes_page_newest_first",
    "/en/changes/?change=all&kind=case": "changes_page_by_kind",
    "/en/changes/feed.xml?change=all": "changes_page_newest_first",
    "/en/changes/?change=all&country={place}": "publishing_revision_entry_id",
    "/en/changes/?change=all&entry=actor/{actor}": "publishing_revision_entry_id",
    "/sitemap-entries.xml": "sitemap_by_kind_and_slug",
    "/en/admin/": "desk_home_unused desk_home_to_verify desk_home_stale",
    "/en/admin/cases/case/": "desk_list_latest_changed",
}


@pytest.mark.parametrize("address", INDEXES)
def test_each_list_is_read_along_its_index(address: str, administrator: Any) -> None:
    entries = publish_one_of_each()
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
        ("{theme}", "SCAN cases_case USING COVERING INDEX case_list_newest_first"),
        ("{place}", "SCAN cases_case USING COVERING INDEX case_list_newest_first"),
        ("{actor}", "SCAN cases_case USING COVERING INDEX case_list_newest_first"),
        ("{source}", "SCAN publishing_entrynames USING COVERING INDEX list_by_title_en"),
    ],
)
def test_many_are_met_along_the_index_of_the_whole_list(
    address: str, index: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_of_lists, "MOST_COUNTED", 0)
    entries = publish_one_of_each()
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


def test_the_first_page_of_the_desk_looks_at_stale_translations_alone(administrator: Any) -> None:
    publish_one_of_each()
    client = Client()
    client.force_login(administrator)

    with CaptureQueriesContext(connection) as captured:
        client.get("/en/admin/")

    asked = [one["sql"] for one in captured.captured_queries if 'FROM "publishing_translation"' in one["sql"]]
    assert len(asked) == 2
    assert all("desk_home_stale" in plans([one]).splitlines()[0] for one in asked)
    assert not any("JOIN" in one for one in asked)


def test_the_desk_sorts_by_title_along_the_index_of_its_kind(db: None) -> None:
    publish_one_of_each()

    with CaptureQueriesContext(connection) as captured:
        ListPaginator(Actor.objects.order_by(ByTitle(), "-pk"), 50).page(1)

    assert "list_by_title_en" in plans([one["sql"] for one in captured.captured_queries])


def plans(queries: list[str]) -> str:
    """How SQLite would answer these queries."""
    with connection.cursor() as cursor:
        found = []
        for query in queries:
            if query.startswith("SELECT"):
                cursor.execute(f"EXPLAIN QUERY PLAN {query}")
                found += [row[-1] for row in cursor.fetchall()]
    return "\n".join(found)
