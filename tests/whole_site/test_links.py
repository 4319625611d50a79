"""From the front page on, every link leads somewhere, and no page fetches or runs what is not ours."""

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import cache
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from contributions.form.editable import editable_fields
from contributions.form.target import UnknownTarget
from publishing.languages import PAGE_LANGUAGES
from publishing.models import Revision
from publishing.models.entry import kinds
from tests.factories import publish_actor, publish_source
from tests.rendering import without_html
from tests.whole_site.following import one_language_of_each, some_of_each_question
from tests.whole_site.read_in_part import IN_PART, is_one_of_many
from tests.whole_site.reading import Answer, Document, address_of, read

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
    pytest.mark.usefixtures("casebook", "remembered"),
]

LEAVES = "nofollow noopener noreferrer"
# What every page offers of its revision, of one make everywhere: a part of it is followed.
OF_A_REVISION = re.compile(r"/cite\.\w+|\?as_of=\d+$|/history/(feed\.xml)?$")
ONE_IN = 40
ONE_IN_OF_VALUES = 4
# Of the places of the public door, all those of two cases are tried, and a part of the others.
FULLEST, ONE_IN_OF_THE_DOOR = ("lebanon-2008", "libya-2020"), 4
DEEPEST = 12


@pytest.fixture(scope="module")
def links(site: dict[str, Answer], casebook: None, django_db_blocker: DjangoDbBlocker) -> dict[str, set[str]]:
    """Every address of this host that some public page leads to, with its query: the pages that do."""
    found: dict[str, set[str]] = defaultdict(set)
    waiting, read = [*site.values()], {*site}
    while waiting:
        answer = waiting.pop()
        for target in _targets(answer):
            found[target].add(answer.address)
            if "?page=" in target and target not in read:
                read.add(target)
                with django_db_blocker.unblock():
                    waiting.append(Answer.of(target, Client().get(target)))
    return found


def test_every_page_of_the_sitemap_is_reached_from_the_front_page_by_links(
    site: dict[str, Answer], links: dict[str, set[str]], client: Client
) -> None:
    leads_to = defaultdict(set)
    for target, origins in links.items():
        for origin in origins:
            leads_to[origin].add(target)

    start = client.get("/", follow=True).redirect_chain[-1][0]
    reached, new = set(), {start}
    for _step in range(DEEPEST):
        reached |= new
        new = {target for address in new for target in leads_to[address]} - reached

    lost = set(site) - reached
    assert {address for address in lost if not _is_an_empty_place(site[address])} == set()


def test_every_link_leads_to_a_page(
    site: dict[str, Answer], links: dict[str, set[str]], client: Client
) -> None:
    lost = {}
    apart = {one for one in links if "/propose/" in one or is_set_apart(one)}
    apart |= addresses_of_many() | most_data(links)
    for target in some_of_each_question(one_language_of_each({*links} - {*site} - apart)):
        # A list is another page for each question, but not for each value: of these the answer counts.
        with without_html() if "?" in target and is_left_out(target) else nullcontext():
            status, end = _followed(client, target)
        if status != 200:
            lost[target] = (status, end, sorted(links[target])[:3])

    assert lost == {}


def is_left_out(target: str) -> bool:
    return zlib.crc32(target.encode()) % ONE_IN_OF_VALUES != 0


def is_set_apart(target: str) -> bool:
    return bool(OF_A_REVISION.search(target)) and zlib.crc32(target.encode()) % ONE_IN != 0


def most_data(links: dict[str, set[str]]) -> set[str]:
    """The data of entries, of which there are as many as pages, but for each fiftieth."""
    of_entries = sorted(one for one in links if one.endswith(".json") and one.count("/") > 2)
    return {*of_entries} - {*of_entries[::50]}


def addresses_of_many() -> set[str]:
    """The pages of all entries that readers find, of the kinds of which a part is read, in three languages."""
    found = set()
    entries = [entry for kind, _one_in in IN_PART.values() for entry in kind._default_manager.in_sight()]
    for language in PAGE_LANGUAGES:
        with override(language):
            found |= {entry.get_absolute_url() for entry in entries}
    return found


def test_every_link_to_the_public_door_names_a_place_that_it_offers(links: dict[str, set[str]]) -> None:
    lost, newest_of = set(), cache(_newest)
    for target in sorted(_to_the_door(links)):
        is_asked = zlib.crc32(target.encode()) % ONE_IN_OF_THE_DOOR == 0
        if not is_asked and not any(f"/{slug}/" in target for slug in FULLEST):
            continue
        door = resolve(target).kwargs
        slug, at = door.get("slug"), door.get("at", "")
        newest = newest_of(door["kind"], slug) if slug else None
        try:
            editable_fields(kinds()[door["kind"]], newest, at)
        except UnknownTarget:
            lost.add(target)

    assert lost == set()
    assert len([*_to_the_door(links)]) > 1000


def _newest(kind: str, slug: str) -> Revision | None:
    return Revision.objects.filter(entry__kind=kind, entry__slug=slug).first()


def _to_the_door(links: dict[str, set[str]]) -> Iterator[str]:
    """Of the many forms of the public door, those on English pages; the others stand at the same places."""
    return (target for target in links if target.startswith("/en/propose/"))


def test_no_other_language_leads_to_other_places_of_the_door(links: dict[str, set[str]]) -> None:
    places = {
        language: {target[3:] for target in links if target.startswith(f"/{language}/propose/")}
        for language in PAGE_LANGUAGES
    }

    assert places["ar"] == places["fr"] == places["en"]


def test_every_anchor_stands_on_the_page_that_it_leads_to(site: dict[str, Answer], client: Client) -> None:
    lost, elsewhere = set(), set()
    for address, answer in site.items():
        for link in answer.document.all("a"):
            target = urlsplit(urljoin(address, link["href"]))
            there = site.get(target.path)
            if not target.fragment or target.netloc or (there is None and is_one_of_many(target.path)):
                continue
            if there is None or unquote(target.fragment) not in there.document.ids:
                # It may stand where something is asked of the page: some of these are asked too.
                (elsewhere if target.query else lost).add((address, target))
    for address, target in elsewhere:
        page = target._replace(fragment="").geturl()
        is_asked = zlib.crc32(page.encode()) % ONE_IN == 0
        if is_asked and unquote(target.fragment) not in read(client, page).ids:
            lost.add((address, target))

    assert lost == set()


def test_every_label_and_description_stands_on_its_page(site: dict[str, Answer]) -> None:
    lost = {
        (address, name, one)
        for address, answer in site.items()
        for element in answer.document.elements
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        for one in element[name].split()
        if one not in answer.document.ids
    }

    assert lost == set()


def test_no_name_stands_twice_on_a_page(site: dict[str, Answer]) -> None:
    twice = {}
    for address, answer in site.items():
        names = [element["id"] for element in answer.document.elements if element["id"]]
        if again := {name for name in names if names.count(name) > 1}:
            twice[address] = again

    assert twice == {}


def test_links_to_other_hosts_are_followed_by_no_crawler_and_tell_nobody(site: dict[str, Answer]) -> None:
    careless = {
        (address, link["href"])
        for address, answer in site.items()
        for link in answer.document.all("a")
        if _leaves(link["href"]) and link["rel"] != LEAVES
    }

    assert careless == set()


@pytest.mark.parametrize("publish", [publish_actor, publish_source])
def test_whatever_an_editor_links_to_is_careful(client: Client, publish: Callable) -> None:
    there = "https://a.example/?x=1"
    fields = {"website": there} if publish is publish_actor else {"url": there, "archived_url": there}
    texts = {"description_en" if publish is publish_actor else "remark_en": f"[x]({there})"}

    entry = publish(**fields, **texts)

    document = Document.of(client.get(address_of(entry, "en")).content.decode())
    assert [link["rel"] for link in document.all("a", href=there)] == [LEAVES] * len({*fields, *texts})


def test_only_sources_actors_and_the_codebook_lead_to_other_hosts(site: dict[str, Answer]) -> None:
    leading_out = {
        address.split("/")[2]
        for address, answer in site.items()
        for link in answer.document.all("a")
        if _leaves(link["href"])
    }

    assert leading_out <= {"sources", "actors", "codebook"}


def test_links_are_of_the_web(site: dict[str, Answer]) -> None:
    schemes = {urlsplit(link["href"]).scheme for answer in site.values() for link in answer.document.all("a")}

    assert schemes <= {"", "http", "https"}


def test_no_two_pages_of_a_language_have_one_title(site: dict[str, Answer]) -> None:
    pages = defaultdict(list)
    for address, answer in site.items():
        [title] = (one for one in answer.document.all("title") if one.above[-1].name == "head")
        pages[answer.language, title.text].append(address)

    assert {title: addresses for title, addresses in pages.items() if len(addresses) > 1} == {}


def test_every_page_has_one_main_heading(site: dict[str, Answer]) -> None:
    headings = {address: len([*answer.document.all("h1")]) for address, answer in site.items()}

    assert {address for address, number in headings.items() if number != 1} == set()


def test_pages_name_themselves_by_the_sites_address_alone(site: dict[str, Answer]) -> None:
    assert {answer.document.one("link", rel="canonical")["href"] for answer in site.values()} == {
        f"{settings.SITE_URL}{address}" for address in site
    }


def _targets(answer: Answer) -> set[str]:
    hrefs = {link["href"] for link in answer.document.all("a")}
    there = {_target(answer.address if one[:1] != "/" else "", one) for one in hrefs}
    return there - {""}


@cache
def _target(address: str, href: str) -> str:
    """Where the link leads to on this host; "" of another host."""
    target = urlsplit(urljoin(address, href))
    return "" if target.netloc else target._replace(fragment="").geturl()


def _is_an_empty_place(answer: Answer) -> bool:
    """A country of which the casebook knows nothing but its name; nothing leads there yet."""
    return answer.address.split("/")[2] == "places" and not [*answer.document.all("section")]


def _leaves(href: str) -> bool:
    return bool(urlsplit(href).netloc)


def _followed(client: Client, address: str) -> tuple[int, str]:
    """The status at the end of its permanent redirects; the sign-in counts as the desk that asks for it."""
    for _step in range(4):
        response = client.get(address)
        if response.status_code == 302 and "/admin/" in address:
            return 200, address
        if response.status_code not in {301, 308}:
            return response.status_code, address
        address = response["Location"]
    return 310, address
