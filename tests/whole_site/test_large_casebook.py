"""A large casebook: no page grows with it, every list has pages, and each is read along the index made for it."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Actor, Case, Place
from cases.views_of_actors import ActorList
from pillars.models import Theme
from portal import sitemaps
from publishing.models import Entry
from publishing.models.entry import kinds
from publishing.views import pages as pages_of_lists
from sources.models import Source
from tests.factories import publish_actor, publish_page
from tests.kept import kept
from tests.whole_site.reading import LOC, Document, parts_of_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]

CASES = 300
MOST_BYTES = 100_000
# Of all lists, tables and boxes that suggest names, on one page.
MOST_ROWS = 260
# Beside the indexes of lists, which are remembered.
MOST_QUERIES = 20


@kept
def made() -> None:
    """Many synthetic cases, and what they point to."""
    with override_settings(DEVELOPMENT=True):
        call_command("make_cases", CASES)


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


def test_no_page_is_heavy_however_much_there_is(made: None, client: Client) -> None:
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
    most: int, made: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_of_lists, "MOST_COUNTED", most)
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


def test_a_claim_of_a_much_cited_source_is_found_from_its_case(made: None, client: Client) -> None:
    claim = busiest(Source, "cited_in").cited_in.with_sources().last()

    answer = client.get(claim.get_source_url().partition("#")[0])

    assert "citing=" in claim.get_source_url()
    assert claim.anchor in Document.of(answer.content.decode()).ids
    assert claim.get_source_url() in client.get(claim.entry.get_absolute_url()).content.decode()


def test_the_sitemap_announces_every_page_once(
    made: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "ENTRIES_IN_A_PART", 50)
    publish_page(slug="home")

    parts = parts_of_sitemap(client)

    announced = [address for part in parts.values() for address in LOC.findall(part)]
    assert len(announced) == len({*announced})
    in_sight = Entry.objects.in_sight().exclude(slug="home").count()
    of_entries = [one for part in parts for one in LOC.findall(parts[part]) if "entries" in part]
    assert len(of_entries) == 3 * in_sight
    assert len([part for part in parts if "entries" in part]) > 2
    assert max(len(part) for part in parts.values()) <= MOST_BYTES


def test_a_name_that_several_have_leads_to_each_of_them(
    client: Client, one_of_each: dict[str, Entry]
) -> None:
    actor, organisation = one_of_each["actor"], one_of_each["organisation"]

    page = client.get("/en/cases/?actor=actor&outcome=unknown")

    section = Document.of(page.content.decode()).one("section", class_="ambiguous")
    assert "Which of these do you mean" in section.text
    links = {link["href"] for link in Document.of(page.content.decode()).all("a")}
    assert {f"?actor={one.slug}&outcome=unknown" for one in (actor, organisation)} <= {
        "&".join(sorted(link.removeprefix("?").split("&"))).join(["?", ""]) for link in links
    }
    assert "Not understood" not in page.content.decode()


@pytest.mark.every_database
def test_a_name_that_is_typed_is_taken_and_stays_chosen(
    client: Client, one_of_each: dict[str, Entry]
) -> None:
    actor = one_of_each["actor"]

    by_name, by_address = (
        client.get("/en/cases/", {"actor": asked}) for asked in (str(actor).upper(), actor.slug)
    )

    for page in (by_name, by_address):
        assert [one.pk for one in page.context["cases"]] == [Case.objects.get().pk]
        [box] = Document.of(page.content.decode()).all("input", name="actor", value=actor.slug)
        assert box["type"] == "checkbox"
        assert "checked" in box.attributes


@pytest.mark.usefixtures("one_of_each")
def test_a_list_on_one_page_is_not_counted_and_a_longer_one_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ActorList, "paginate_by", 20)
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
